package org.espalier.search.supernet;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How the first networks of a ranking are compared once more. Each is trained by itself for some
 * steps from the shared weights, and judged again: what a network loses by sharing no longer counts
 * against it. All take the same batches from the same beginning, so that chance has little part in
 * the comparison. A component that is left out takes its default.
 *
 * @param candidates the first of the ranking, at least 0; default 0, which leaves the ranking as it
 *     is; usually 16 to 64. The method's reference is tuned on top of them if it was ranked
 * @param steps that each takes, at least 1; default 300, usually 200 to 1000
 * @param learningRate of the first step, above 0; falls along half a cosine to 0; default 0.05,
 *     usually 0.02 to 0.1
 * @param momentum of Nesterov's kind, in [0, 1); default 0.9, usually 0 or 0.9
 */
public record TuningSettings(
    @Range(min = 0, max = 100_000) Integer candidates,
    @Range(min = 1, max = Range.MANY) Integer steps,
    @Range(above = 0) Double learningRate,
    @Range(min = 0, below = 1) Double momentum) {
  /** No tuning. */
  public static final TuningSettings NONE = new TuningSettings(null, null, null, null);

  public TuningSettings {
    candidates = Checks.given(candidates, 0);
    steps = Checks.given(steps, 300);
    learningRate = Checks.given(learningRate, 0.05);
    momentum = Checks.given(momentum, 0.9);
    Checks.ranges(TuningSettings.class, candidates, steps, learningRate, momentum);
  }

  /** Learning rate of a step. */
  public double learningRate(int step) {
    return learningRate * (1 + StrictMath.cos(StrictMath.PI * step / steps)) / 2;
  }
}
