package org.espalier.tensor;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalisation of {@code [..., channels]} over all axes but the last (Ioffe and Szegedy,
 * 2015).
 */
public final class NormalizationKernels {
  private NormalizationKernels() {}

  /** Overwrites {@code mean} and {@code variance} (divided by the rows, not one less). */
  public static void moments(Tensor input, Tensor mean, Tensor variance) {
    INDArray matrix = input.matrix();
    mean.array().assign(matrix.mean(0));
    INDArray centred = matrix.subRowVector(mean.array());
    variance.array().assign(centred.muli(centred).mean(0));
  }

  /**
   * Overwrites {@code output} with {@code scale (input - mean) / sqrt(variance + epsilon) + shift}.
   */
  public static void normalize(
      Tensor input, Statistics statistics, Tensor scale, Tensor shift, Tensor output) {
    INDArray factor = statistics.inverseDeviation().muli(scale.array());
    INDArray centred = input.matrix().subRowVector(statistics.mean().array());
    output.matrix().assign(centred.muliRowVector(factor).addiRowVector(shift.array()));
  }

  /**
   * Mean and variance per channel.
   *
   * @param mean {@code [channels]}
   * @param variance {@code [channels]}
   * @param epsilon added to the variance
   */
  public record Statistics(Tensor mean, Tensor variance, double epsilon) {
    private INDArray inverseDeviation() {
      return Transforms.sqrt(variance.array().add(epsilon), false).rdivi(1);
    }
  }

  /** Overwrites the gradients of scale and shift. */
  public static void affineGradient(
      Tensor input, Statistics statistics, Tensor gradient, Tensor toScale, Tensor toShift) {
    INDArray normalized =
        input
            .matrix()
            .subRowVector(statistics.mean().array())
            .muliRowVector(statistics.inverseDeviation());
    toShift.array().assign(gradient.matrix().sum(0));
    toScale.array().assign(normalized.muli(gradient.matrix()).sum(0));
  }

  /**
   * Overwrites {@code target} with the gradient of an input normalised by its own statistics.
   *
   * @param toScale sum of gradient times normalised input, as {@link #affineGradient} gives
   * @param toShift sum of gradient
   */
  public static void trainingInputGradient(
      Tensor input,
      Statistics statistics,
      Tensor scale,
      Tensor gradient,
      Tensor toScale,
      Tensor toShift,
      Tensor target) {
    double rows = input.shape().rows();
    INDArray inverse = statistics.inverseDeviation();
    INDArray normalized =
        input.matrix().subRowVector(statistics.mean().array()).muliRowVector(inverse);
    INDArray result =
        gradient
            .matrix()
            .sub(normalized.muliRowVector(toScale.array().div(rows)))
            .subiRowVector(toShift.array().div(rows))
            .muliRowVector(inverse.mul(scale.array()));
    target.matrix().assign(result);
  }

  /** Overwrites {@code target} with the gradient of an input normalised by fixed statistics. */
  public static void evaluationInputGradient(
      Statistics statistics, Tensor scale, Tensor gradient, Tensor target) {
    INDArray factor = statistics.inverseDeviation().muli(scale.array());
    target.matrix().assign(gradient.matrix().mulRowVector(factor));
  }

  /**
   * Moves running statistics towards those of a batch; the variance counts as an estimate from
   * {@code rows} samples and is divided by one less.
   */
  public static void updateRunning(
      Statistics batch, Tensor mean, Tensor variance, long rows, double momentum) {
    double unbiased = rows > 1 ? rows / (rows - 1.0) : 1;
    mean.array().muli(1 - momentum).addi(batch.mean().array().mul(momentum));
    variance.array().muli(1 - momentum).addi(batch.variance().array().mul(momentum * unbiased));
  }
}
