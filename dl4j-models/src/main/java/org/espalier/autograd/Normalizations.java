package org.espalier.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
    return byBatch(
        kind,
        input,
        scale,
        shift,
        batch ->
            NormalizationKernels.updateRunning(
                batch,
                running.mean(),
                running.variance(),
                input.shape().rows(),
                running.momentum()));
  }

  /**
   * By the statistics of the whole batch.
   *
   * @param reader of these, before their memory may be given back
   */
  private static Variable byBatch(
      Kind kind, Variable input, Variable scale, Variable shift, Consumer<Operands> reader) {
    Operands operands = ownStatistics(kind, input, scale, shift);
    Tensor value = input.tape().allocate(input.shape());
    NormalizationKernels.forward(kind, operands, value);
    reader.accept(operands);
    return input
        .tape()
        .recordSaving(
            value,
            gradient -> backward(kind, input, scale, shift, operands, gradient),
            saved(operands),
            input,
            scale,
            shift);
  }

  /**
   * Normalises all images by the statistics of the first ones, so that no other image has any
   * influence on what becomes of an image. Gradients flow through the statistics too, into the
   * first images. Where these are all, it is what training computes.
   *
   * @param input {@code [batch, ..., channels]}
   * @param scale {@code [channels]}
   * @param shift {@code [channels]}
   * @param count of the images whose mean and variance (the biased one, as in training) are taken,
   *     from 1 to the batch
   * @param epsilon added to the variance
   */
  public static Variable reference(
      Variable input, Variable scale, Variable shift, int count, double epsilon) {
    return reference(input, scale, shift, count, new Kind(false, false, epsilon));
  }

  /** As {@link #reference(Variable, Variable, Variable, int, double)}, then ReLU. */
  public static Variable referenceRelu(
      Variable input, Variable scale, Variable shift, int count, double epsilon) {
    return reference(input, scale, shift, count, new Kind(false, true, epsilon));
  }

  /** As the method with scale and shift, these being one and zero. */
  public static Variable reference(Variable input, int count, double epsilon) {
    return reference(input, fixed(input, 1), fixed(input, 0), count, epsilon);
  }

  private static Variable reference(
      Variable input, Variable scale, Variable shift, int count, Kind given) {
    checkSizes(input, scale, shift);
    Shape first = firstImages(input.shape(), count);
    if (first.equals(input.shape())) {
      Kind kind = new Kind(true, given.relu(), given.epsilon());
      return byBatch(kind, input, scale, shift, statistics -> {});
    }
    Tape tape = input.tape();
    Tensor value = tape.allocate(input.shape());
    Operands all = ownStatistics(given, input, scale, shift);
    Operands reference = all.of(input.value().slice(0, first));
    // Only the statistics count; what it writes beside them is overwritten.
    NormalizationKernels.forward(
        new Kind(true, false, given.epsilon()), reference, value.slice(0, first));
    NormalizationKernels.forward(given, all, value);
    return tape.recordSaving(
        value,
        gradient -> {
          Targets targets = targets(input, scale, shift);
          NormalizationKernels.backward(given, all, gradient, targets);
          addWhatStatisticsPassOn(tape, given.epsilon(), reference, targets);
          take(targets, input, scale, shift);
        },
        saved(all),
        input,
        scale,
        shift);
  }

  private static void addWhatStatisticsPassOn(
      Tape tape, double epsilon, Operands reference, Targets to) {
    Targets spare =
        new Targets(
            tape.allocate(reference.input().shape()),
            tape.allocate(to.scale().shape()),
            tape.allocate(to.shift().shape()));
    NormalizationKernels.addWhatStatisticsPassOn(epsilon, reference, to, spare);
    Stream.of(spare.input(), spare.scale(), spare.shift()).forEach(tape.arena()::release);
  }

  private static Shape firstImages(Shape all, int count) {
    if (count < 1 || count > all.dimension(0)) {
      throw new IllegalArgumentException(
          "statistics must be of 1 to %s images of %s, got count %s"
              .formatted(all.dimension(0), all, count));
    }
    int[] sizes = all.dimensions();
    sizes[0] = count;
    return Shape.of(sizes);
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
    checkSizes(input, scale, shift);
    Matrices.checkRow("running mean", input.shape(), running.mean().shape());
    Matrices.checkRow("running variance", input.shape(), running.variance().shape());
  }

  private static void checkSizes(Variable input, Variable scale, Variable shift) {
    Matrices.checkRow("scale", input.shape(), scale.shape());
    Matrices.checkRow("shift", input.shape(), shift.shape());
  }

  /** With new memory for the statistics. */
  private static Operands ownStatistics(Kind kind, Variable input, Variable scale, Variable shift) {
    Tape tape = input.tape();
    Tensor mean = tape.allocate(channels(input));
    return operands(kind, input, scale, shift, mean, tape.allocate(channels(input)));
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

  /** What the backward pass needs of own statistics beside the inputs. */
  private static List<Tensor> saved(Operands operands) {
    List<Tensor> saved = new ArrayList<>(List.of(operands.mean(), operands.variance()));
    operands.mask().ifPresent(saved::add);
    return saved;
  }

  private static void backward(
      Kind kind,
      Variable input,
      Variable scale,
      Variable shift,
      Operands operands,
      Tensor gradient) {
    Targets targets = targets(input, scale, shift);
    NormalizationKernels.backward(kind, operands, gradient, targets);
    take(targets, input, scale, shift);
  }

  /** The kernel computes all three gradients at once; those not wanted land in spare memory. */
  private static Targets targets(Variable input, Variable scale, Variable shift) {
    Tape tape = input.tape();
    return new Targets(
        tape.allocate(input.shape()), tape.allocate(scale.shape()), tape.allocate(shift.shape()));
  }

  private static void take(Targets targets, Variable input, Variable scale, Variable shift) {
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
