package org.espalier.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;

/** Compares the gradients of an operation with central differences in double precision. */
final class GradientCheck {
  private static final double STEP = 1e-5;
  // Central differences err by STEP^2 times third derivatives plus rounding / STEP: about 1e-9.
  private static final double TOLERANCE = 1e-6;

  private static final double SINGLE_TOLERANCE = 2e-5;

  private final List<Shape> shapes;
  private final List<double[]> values = new ArrayList<>();

  private GradientCheck(List<Shape> shapes) {
    this.shapes = shapes;
    for (int i = 0; i < shapes.size(); i++) {
      values.add(distinct(shapes.get(i), i));
    }
  }

  /** Inputs of these shapes with numbers in (-1, 1) that differ from each other and from zero. */
  static GradientCheck of(Shape... shapes) {
    return new GradientCheck(List.of(shapes));
  }

  /** Replaces the numbers of one input. */
  GradientCheck with(int input, double... numbers) {
    values.set(input, numbers.clone());
    return this;
  }

  /** The numbers of one input. */
  double[] values(int input) {
    return values.get(input).clone();
  }

  private static double[] distinct(Shape shape, int key) {
    var random = Seeds.generator(17, key);
    int size = (int) shape.size();
    double[] numbers = new double[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (2.0 * i + 1) / size - 1 + 0.001 / size;
    }
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double swapped = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swapped;
    }
    return numbers;
  }

  /**
   * Asserts that every input's gradient of a weighted sum of the result is right in double
   * precision, and that single precision, which other kernels compute, agrees.
   */
  void passes(Function<List<Variable>, Variable> operation) {
    passesInDoublePrecision(operation);
    List<double[]> exact = resultAndGradients(Precision.FLOAT64, operation);
    List<double[]> single = resultAndGradients(Precision.FLOAT32, operation);
    for (int i = 0; i < exact.size(); i++) {
      // Sums of at most some hundred products of numbers below 1, each right to about 1e-7.
      assertThat(single.get(i))
          .as(i == 0 ? "result in single precision" : "single precision gradient " + (i - 1))
          .containsExactly(exact.get(i), within(SINGLE_TOLERANCE));
    }
  }

  private List<double[]> resultAndGradients(
      Precision precision, Function<List<Variable>, Variable> operation) {
    try (Tape tape = new Tape(Arena.create(precision))) {
      List<Variable> inputs = inputs(tape);
      Variable result = operation.apply(inputs);
      List<double[]> all = new ArrayList<>(List.of(result.value().toDoubles()));
      tape.backward(weightedSum(result));
      inputs.forEach(input -> all.add(input.gradient().toDoubles()));
      return all;
    }
  }

  private void passesInDoublePrecision(Function<List<Variable>, Variable> operation) {
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT64))) {
      List<Variable> inputs = inputs(tape);
      tape.backward(weightedSum(operation.apply(inputs)));
      List<double[]> gradients =
          inputs.stream().map(input -> input.gradient().toDoubles()).toList();
      for (int input = 0; input < inputs.size(); input++) {
        checkInput(tape, operation, input, gradients.get(input));
      }
    }
  }

  private void checkInput(
      Tape tape, Function<List<Variable>, Variable> operation, int input, double[] gradient) {
    double[] numbers = values.get(input);
    for (int i = 0; i < numbers.length; i++) {
      double kept = numbers[i];
      numbers[i] = kept + STEP;
      double above = evaluate(tape, operation);
      numbers[i] = kept - STEP;
      double below = evaluate(tape, operation);
      numbers[i] = kept;
      assertThat(gradient[i])
          .as("gradient of input %d at %d", input, i)
          .isCloseTo((above - below) / (2 * STEP), within(TOLERANCE));
    }
  }

  private double evaluate(Tape tape, Function<List<Variable>, Variable> operation) {
    tape.reset();
    return weightedSum(operation.apply(inputs(tape))).value().item();
  }

  private List<Variable> inputs(Tape tape) {
    List<Variable> inputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      inputs.add(tape.input(shapes.get(i), values.get(i)));
    }
    return inputs;
  }

  /** A loss whose gradient differs from element to element. */
  private static Variable weightedSum(Variable result) {
    double[] weights = distinct(result.shape(), 99);
    double[] values = result.value().toDoubles();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * weights[i];
    }
    var loss = result.tape().allocate(Shape.of(1));
    loss.fill(sum);
    return result
        .tape()
        .record(loss, gradient -> result.addGradient(target -> target.set(weights)), result);
  }
}
