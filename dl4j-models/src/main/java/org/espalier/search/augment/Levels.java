package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.espalier.search.policy.AdamMoments;
import org.espalier.search.policy.AdamRule;
import org.espalier.storage.Floats;

/**
 * How strong each operation is: levels in (0, 1), as sigmoids of what Adam moves.
 *
 * @param logits of the levels
 * @param rule by which they are moved
 * @param moments of the rule
 */
record Levels(Floats logits, AdamRule rule, AdamMoments moments) {
  Levels {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(moments, "moments");
  }

  /** All of them equal. */
  static Levels start(int count, double level, AdamRule rule) {
    float[] logits = new float[count];
    Arrays.fill(logits, (float) StrictMath.log(level / (1 - level)));
    return new Levels(Floats.of(logits), rule, AdamMoments.zeros(count));
  }

  /** One an operation. */
  List<Double> values() {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < logits.size(); i++) {
      values.add(1 / (1 + StrictMath.exp(-logits.get(i))));
    }
    return values;
  }

  /**
   * After a step up.
   *
   * @param slopes derivative of what shall grow by each level
   */
  Levels climbed(double[] slopes) {
    List<Double> values = values();
    double[] gradient = new double[slopes.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = -slopes[i] * values.get(i) * (1 - values.get(i));
    }
    AdamRule.Stepped stepped = rule.step(logits, moments, gradient);
    return new Levels(stepped.values(), rule, stepped.moments());
  }
}
