package org.espalier.autograd;

import java.util.List;
import org.espalier.tensor.NormalizationKernels;
import org.espalier.tensor.NormalizationKernels.Statistics;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Batch normalisation over all axes but the last (Ioffe and Szegedy, 2015, algorithms 1, 2). */
public final class Normalizations {
  private Normalizations() {}

  /**
   * Normalises by the statistics of the batch and moves the running ones; the running variance is
   * the unbiased one.
   *
   * @param input {@code [..., channels]}
   * @param scale {@code [channels]}
   * @param shift {@code [channels]}
   * @param running moved by its momentum
   * @param epsilon added to the variance
   */
  public static Variable training(
      Variable input, Variable scale, Variable shift, RunningStatistics running, double epsilon) {
    Tape tape = input.tape();
    Tensor mean = tape.allocate(channels(input));
    Tensor variance = tape.allocate(channels(input));
    var statistics = new Statistics(mean, variance, epsilon);
    NormalizationKernels.moments(input.value(), mean, variance);
    NormalizationKernels.updateRunning(
        statistics, running.mean(), running.variance(), input.shape().rows(), running.momentum());
    Tensor value = tape.allocate(input.shape());
    NormalizationKernels.normalize(input.value(), statistics, scale.value(), shift.value(), value);
    return tape.recordSaving(
        value,
        gradient -> trainingBackward(input, scale, shift, statistics, gradient),
        List.of(mean, variance),
        input,
        scale,
        shift);
  }

  private static void trainingBackward(
      Variable input, Variable scale, Variable shift, Statistics statistics, Tensor gradient) {
    Tape tape = input.tape();
    Tensor toScale = tape.allocate(scale.shape());
    Tensor toShift = tape.allocate(shift.shape());
    NormalizationKernels.affineGradient(input.value(), statistics, gradient, toScale, toShift);
    scale.passGradient(toScale);
    shift.passGradient(toShift);
    input.addGradient(
        target ->
            NormalizationKernels.trainingInputGradient(
                input.value(), statistics, scale.value(), gradient, toScale, toShift, target));
    tape.arena().release(toScale);
    tape.arena().release(toShift);
  }

  /** As the method with scale and shift, these being one and zero. */
  public static Variable training(Variable input, RunningStatistics running, double epsilon) {
    return training(input, fixed(input, 1), fixed(input, 0), running, epsilon);
  }

  /**
   * Normalises by the running statistics.
   *
   * @param input {@code [..., channels]}
   * @param scale {@code [channels]}
   * @param shift {@code [channels]}
   * @param running read only
   * @param epsilon added to the variance
   */
  public static Variable evaluation(
      Variable input, Variable scale, Variable shift, RunningStatistics running, double epsilon) {
    Tape tape = input.tape();
    var statistics = new Statistics(running.mean(), running.variance(), epsilon);
    Tensor value = tape.allocate(input.shape());
    NormalizationKernels.normalize(input.value(), statistics, scale.value(), shift.value(), value);
    return tape.record(
        value,
        gradient -> {
          Tensor toScale = tape.allocate(scale.shape());
          Tensor toShift = tape.allocate(shift.shape());
          if (scale.wantsGradient() || shift.wantsGradient()) {
            NormalizationKernels.affineGradient(
                input.value(), statistics, gradient, toScale, toShift);
            scale.passGradient(toScale);
            shift.passGradient(toShift);
          }
          tape.arena().release(toScale);
          tape.arena().release(toShift);
          input.addGradient(
              target ->
                  NormalizationKernels.evaluationInputGradient(
                      statistics, scale.value(), gradient, target));
        },
        input,
        scale,
        shift);
  }

  /** As the method with scale and shift, these being one and zero. */
  public static Variable evaluation(Variable input, RunningStatistics running, double epsilon) {
    return evaluation(input, fixed(input, 1), fixed(input, 0), running, epsilon);
  }

  private static Variable fixed(Variable input, double value) {
    double[] values = new double[input.shape().channels()];
    java.util.Arrays.fill(values, value);
    return input.tape().constant(channels(input), values);
  }

  private static Shape channels(Variable input) {
    return Shape.of(input.shape().channels());
  }
}
