package org.espalier.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.tensor.NormalizationKernels;
import org.espalier.tensor.NormalizationKernels.Kind;
import org.espalier.tensor.NormalizationKernels.Operands;
import org.espalier.tensor.NormalizationKernels.Targets;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * Batch normalisation over all axes but the last (Ioffe and Szegedy, 2015, algorithms 1 and 2). The
 * forms with ReLU compute {@code max(normalised, 0)} in one pass over the memory.
 */
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
    return training(input, scale, shift, running, new Kind(true, false, epsilon));
  }

  /** As {@link #training(Variable, Variable, Variable, RunningStatistics, double)}, then ReLU. */
  public static Variable trainingRelu(
      Variable input, Variable scale, Variable shift, RunningStatistics running, double epsilon) {
    return training(input, scale, shift, running, new Kind(true, true, epsilon));
  }

  /** As the method with scale and shift, these being one and zero. */
  public static Variable training(Variable input, RunningStatistics running, double epsilon) {
    return training(input, fixed(input, 1), fixed(input, 0), running, epsilon);
  }

  private static Variable training(
      Variable input, Variable scale, Variable shift, RunningStatistics running, Kind kind) {
    checkSizes(input, scale, shift, running);
    Tape tape = input.tape();
    Tensor mean = tape.allocate(channels(input));
    Tensor variance = tape.allocate(channels(input));
    Operands operands = operands(kind, input, scale, shift, mean, variance);
    Tensor value = tape.allocate(input.shape());
    NormalizationKernels.forward(kind, operands, value);
    NormalizationKernels.updateRunning(
        operands, running.mean(), running.variance(), input.shape().rows(), running.momentum());
    List<Tensor> saved = new ArrayList<>(List.of(mean, variance));
    operands.mask().ifPresent(saved::add);
    return tape.recordSaving(
        value,
        gradient -> backward(kind, input, scale, shift, operands, gradient),
        saved,
        input,
        scale,
        shift);
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
    return evaluation(input, scale, shift, running, new Kind(false, false, epsilon));
  }

  /** As {@link #evaluation(Variable, Variable, Variable, RunningStatistics, double)}, then ReLU. */
  public static Variable evaluationRelu(
      Variable input, Variable scale, Variable shift, RunningStatistics running, double epsilon) {
    return evaluation(input, scale, shift, running, new Kind(false, true, epsilon));
  }

  /** As the method with scale and shift, these being one and zero. */
  public static Variable evaluation(Variable input, RunningStatistics running, double epsilon) {
    return evaluation(input, fixed(input, 1), fixed(input, 0), running, epsilon);
  }

  private static Variable evaluation(
      Variable input, Variable scale, Variable shift, RunningStatistics running, Kind kind) {
    checkSizes(input, scale, shift, running);
    Tape tape = input.tape();
    Operands operands = operands(kind, input, scale, shift, running.mean(), running.variance());
    Tensor value = tape.allocate(input.shape());
    NormalizationKernels.forward(kind, operands, value);
    return tape.recordSaving(
        value,
        gradient -> backward(kind, input, scale, shift, operands, gradient),
        operands.mask().map(List::of).orElse(List.of()),
        input,
        scale,
        shift);
  }

  /** The kernels would read beyond the end of what is too short. */
  private static void checkSizes(
      Variable input, Variable scale, Variable shift, RunningStatistics running) {
    Matrices.checkRow("scale", input.shape(), scale.shape());
    Matrices.checkRow("shift", input.shape(), shift.shape());
    Matrices.checkRow("running mean", input.shape(), running.mean().shape());
    Matrices.checkRow("running variance", input.shape(), running.variance().shape());
  }

  private static Operands operands(
      Kind kind, Variable input, Variable scale, Variable shift, Tensor mean, Tensor variance) {
    return new Operands(
        input.value(),
        scale.value(),
        shift.value(),
        mean,
        variance,
        NormalizationKernels.maskShape(kind, input.value()).map(input.tape()::allocate));
  }

  /** The kernel computes all three gradients at once; those not wanted land in spare memory. */
  private static void backward(
      Kind kind,
      Variable input,
      Variable scale,
      Variable shift,
      Operands operands,
      Tensor gradient) {
    Tape tape = input.tape();
    var targets =
        new Targets(
            tape.allocate(input.shape()),
            tape.allocate(scale.shape()),
            tape.allocate(shift.shape()));
    NormalizationKernels.backward(kind, operands, gradient, targets);
    input.takeGradient(targets.input());
    scale.takeGradient(targets.scale());
    shift.takeGradient(targets.shift());
  }

  private static Variable fixed(Variable input, double value) {
    double[] values = new double[input.shape().channels()];
    Arrays.fill(values, value);
    return input.tape().constant(channels(input), values);
  }

  private static Shape channels(Variable input) {
    return Shape.of(input.shape().channels());
  }
}
