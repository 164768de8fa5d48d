package org.espalier.search.cell;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.espalier.data.Batch;
import org.espalier.search.ItemContext;
import org.espalier.search.policy.Categoricals;
import org.espalier.search.policy.GradientPolicy;
import org.espalier.search.policy.IndependentChoices;
import org.espalier.search.policy.Policy;
import org.espalier.search.supernet.StepOutcome;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;

/**
 * The largest eigenvalue of the Hessian of a mixture's loss by the logits of its gates, on one
 * batch.
 *
 * @param supernet of the mixture
 * @param view with the shared weights
 * @param item what is asked
 * @param batch the images
 * @param context of the item
 */
record LogitCurvature(
    CellSupernet supernet,
    CellView view,
    CellRound.Curvature item,
    Batch batch,
    ItemContext context) {
  /**
   * The loss has kinks where units of ReLU turn on, which would make up the whole difference of
   * gradients at near points; over this distance what there is of the smooth part prevails.
   */
  private static final Lanczos LANCZOS = new Lanczos(8, 0.2);

  /** A probability of 0 has no logit. */
  private static final double LEAST = 1e-6;

  /** How many gradients are computed. */
  static long gradients() {
    return 2L * LANCZOS.iterations();
  }

  /**
   * The logits of a policy; where it has none of independent choices, those of its marginals.
   *
   * @param marginals probability of each option
   */
  static IndependentChoices logits(Policy policy, double[][] marginals) {
    if (policy instanceof GradientPolicy gradient
        && gradient.distribution() instanceof IndependentChoices independent) {
      return independent;
    }
    double[] logits =
        Arrays.stream(marginals)
            .flatMapToDouble(Arrays::stream)
            .map(probability -> StrictMath.log(Math.max(LEAST, probability)))
            .toArray();
    return new Categoricals(
        Arrays.stream(marginals).map(row -> row.length).toList(), floats(logits));
  }

  /**
   * The largest eigenvalue.
   *
   * @throws ArithmeticException if loss or gradients are not finite
   */
  double largest() {
    Floats values = item.logits().values();
    double[] at = IntStream.range(0, values.size()).mapToDouble(values::get).toArray();
    UnaryOperator<double[]> gradient = this::gradient;
    return LANCZOS.largest(gradient, at, Seeds.generator(item.judge().images()));
  }

  private double[] gradient(double[] at) {
    context.checkCancelled();
    IndependentChoices logits = item.logits().with(floats(at));
    List<Integer> path = item.judge().picks();
    supernet.load(view.mixing(logits.gates()));
    StepOutcome outcome = supernet.net().gradients(path, batch, Seeds.generator(item.seed()));
    if (!outcome.sound()) {
      throw new ArithmeticException("loss or gradients were not finite");
    }
    return Arrays.stream(logits.gatesBackward(StageNets.rows(supernet.gates(path))))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private static Floats floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Floats.owning(floats);
  }
}
