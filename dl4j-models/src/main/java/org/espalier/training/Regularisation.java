package org.espalier.training;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import org.espalier.settings.Range;

/**
 * What keeps a training from fitting too closely or running away. A component that is left out
 * takes its default.
 *
 * @param weightDecay added to the gradient as {@code weightDecay * w}, except for batch
 *     normalisation's parameters and biases; at least 0; default 5e-4, usually 1e-4 to 1e-3
 * @param labelSmoothing share of each label spread evenly over all classes (Szegedy et al., CVPR
 *     2016, section 7), in [0, 1); default 0, usually 0 to 0.1
 * @param dropPath factor on the rates of the network's drop-path layers in the last epoch; grows
 *     linearly from 0 in the first epoch (Zoph et al., CVPR 2018, scheduled drop-path); in [0, 1];
 *     default 1. A network without such layers is not touched
 * @param clipNorm a gradient whose Euclidean norm, over all parameters, is larger is scaled down to
 *     it; at least 0; default 0, which is off; usually 1 to 5
 * @param averageDecay decay of the exponential moving average of the weights, which then is what is
 *     evaluated and kept; in [0, 1); default 0, which is off; usually 0.99 to 0.9999. In step
 *     {@code t}, from 0, it is at most {@code (1 + t) / (10 + t)}, so that the average soon forgets
 *     the start
 */
public record Regularisation(
    @Range(min = 0) Double weightDecay,
    @Range(min = 0, below = 1) Double labelSmoothing,
    @Range(min = 0, max = 1) Double dropPath,
    @Range(min = 0) Double clipNorm,
    @Range(min = 0, below = 1) Double averageDecay) {
  public Regularisation {
    weightDecay = given(weightDecay, 5e-4);
    labelSmoothing = given(labelSmoothing, 0.0);
    dropPath = given(dropPath, 1.0);
    clipNorm = given(clipNorm, 0.0);
    averageDecay = given(averageDecay, 0.0);
    ranges(Regularisation.class, weightDecay, labelSmoothing, dropPath, clipNorm, averageDecay);
  }

  /** Every default. */
  public static Regularisation defaults() {
    return new Regularisation(null, null, null, null, null);
  }

  /** Nothing at all. */
  public static Regularisation none() {
    return new Regularisation(0.0, 0.0, 0.0, 0.0, 0.0);
  }

  /** The average's decay in one step, counted from 0. */
  double averageDecayAt(long step) {
    return Math.min(averageDecay, (1.0 + step) / (10.0 + step));
  }

  /** The factor on drop-path rates in one epoch, counted from 0. */
  double dropPathAt(int epoch, int epochs) {
    return dropPath * epoch / Math.max(1, epochs - 1);
  }

  /** What a gradient of this norm is multiplied by. */
  double clipFactor(double norm) {
    return clipNorm > 0 && norm > clipNorm ? clipNorm / norm : 1;
  }
}
