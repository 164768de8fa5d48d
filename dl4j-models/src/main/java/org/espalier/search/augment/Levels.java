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
  /** Further out levels round to 0 or 1, where they have no logit to draw around or derive by. */
  private static final float FARTHEST = 10;

  Levels {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(moments, "moments");
  }

  /** All of them equal. */
  static Levels start(int count, double level, AdamRule rule) {
    float[] logits = new float[count];
    Arrays.fill(logits, bounded((float) StrictMath.log(level / (1 - level))));
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
    float[] moved = stepped.values().toArray();
    for (int i = 0; i < moved.length; i++) {
      moved[i] = bounded(moved[i]);
    }
    return new Levels(Floats.of(moved), rule, stepped.moments());
  }

  private static float bounded(float logit) {
    return Math.max(-FARTHEST, Math.min(FARTHEST, logit));
  }
}
