package org.espalier.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * What every differentiable operation must fulfil, on given inputs: the result is multiplied by
 * fixed weights and summed, so that the gradient differs from element to element.
 */
final class GradientCheck {
  private static final double STEP = 1e-5;
  // Central differences err by STEP^2 times third derivatives plus rounding / STEP: about 1e-9.
  private static final double TOLERANCE = 1e-6;
  // Single precision rounds to 6e-8; the sums here have fewer than a hundred terms.
  private static final double SINGLE_TOLERANCE = 1e-5;

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

  /** Moves the numbers of one input from (-1, 1) to (low, high). */
  GradientCheck between(int input, double low, double high) {
    return with(
        input,
        Arrays.stream(values.get(input))
            .map(value -> low + (high - low) * (value + 1) / 2)
            .toArray());
  }

  /** The inputs. */
  List<Numbers> numbers() {
    return IntStream.range(0, shapes.size())
        .mapToObj(i -> new Numbers(shapes.get(i), values.get(i).clone()))
        .toList();
  }

  private static double[] distinct(Shape shape, int key) {
    var random = Seeds.generator(17, key);
    int size = (int) shape.size();
    if (size == 1) {
      return new double[] {0.7};
    }
    double[] numbers = new double[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (2.0 * i + 1) / size - 1 + 0.01 / size;
    }
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double swapped = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swapped;
    }
    return numbers;
  }

  /** Asserts that every input's gradient equals central differences in double precision. */
  void passes(Function<List<Variable>, Variable> operation) {
    passes(operation, operation);
  }

  /**
   * As {@link #passes(Function)}, for an operation whose gradient is by definition that of another.
   *
   * @param slope what the differences are taken of
   */
  void passes(
      Function<List<Variable>, Variable> operation, Function<List<Variable>, Variable> slope) {
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT64))) {
      List<double[]> gradients = run(tape, operation).gradients();
      for (int input = 0; input < shapes.size(); input++) {
        checkInput(tape, slope, input, gradients.get(input));
      }
    }
  }

  private void checkInput(
      Tape tape, Function<List<Variable>, Variable> operation, int input, double[] gradient) {
    double[] numbers = values.get(input);
    double tolerance = TOLERANCE * Math.max(1, largest(gradient));
    for (int i = 0; i < numbers.length; i++) {
      double kept = numbers[i];
      numbers[i] = kept + STEP;
      double above = evaluate(tape, operation);
      numbers[i] = kept - STEP;
      double below = evaluate(tape, operation);
      numbers[i] = kept;
      assertThat(gradient[i])
          .as("gradient of input %d at %d", input, i)
          .isCloseTo((above - below) / (2 * STEP), within(tolerance));
    }
  }

  private double evaluate(Tape tape, Function<List<Variable>, Variable> operation) {
    tape.reset();
    return weightedSum(operation.apply(inputs(tape, -1))).value().item();
  }

  /** Asserts value and shape of the result, in both precisions. */
  void matches(Function<List<Variable>, Variable> operation, Numbers expected) {
    for (Precision precision : Precision.values()) {
      double tolerance = precision == Precision.FLOAT64 ? 1e-12 : SINGLE_TOLERANCE;
      try (Tape tape = new Tape(Arena.create(precision))) {
        Variable result = operation.apply(inputs(tape, -1));
        assertThat(result.shape()).isEqualTo(expected.shape());
        assertClose(result.value().toDoubles(), expected.values(), tolerance);
      }
    }
  }

  /**
   * Asserts that single precision, which takes other native code, gives the gradients of double.
   *
   * @param tolerance relative to the largest gradient of an input, at least 1
   */
  void agreesInSinglePrecision(Function<List<Variable>, Variable> operation, double tolerance) {
    List<double[]> exact = onFreshTape(Precision.FLOAT64, operation).gradients();
    List<double[]> single = onFreshTape(Precision.FLOAT32, operation).gradients();
    for (int input = 0; input < exact.size(); input++) {
      assertClose(single.get(input), exact.get(input), tolerance);
    }
  }

  void agreesInSinglePrecision(Function<List<Variable>, Variable> operation) {
    agreesInSinglePrecision(operation, SINGLE_TOLERANCE);
  }

  /** Asserts equal bits from a fresh tape and from one whose memory is full of rubbish. */
  void repeatsBits(Function<List<Variable>, Variable> operation) {
    Run first = onFreshTape(Precision.FLOAT32, operation);
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      run(tape, operation);
      tape.reset();
      int size = Math.toIntExact(tape.arena().capacityBytes() / Float.BYTES);
      tape.arena().allocate(Shape.of(size)).fill(Double.NaN);
      tape.reset();

      assertSameBits(run(tape, operation), first);
      assertThat(tape.arena().spilledBytes()).isZero();
    }
  }

  /** Asserts that an input without gradient gets none and changes nothing for the others. */
  void sparesWhatIsNotWanted(Function<List<Variable>, Variable> operation) {
    Run all = onFreshTape(Precision.FLOAT32, operation);
    for (int constant = 0; constant < shapes.size(); constant++) {
      try (Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
        List<Variable> inputs = inputs(tape, constant);
        Variable result = operation.apply(inputs);
        tape.backward(weightedSum(result));

        assertThat(result.wantsGradient()).isEqualTo(shapes.size() > 1);
        assertThatThrownBy(inputs.get(constant)::gradient)
            .isInstanceOf(IllegalStateException.class);
        for (int i = 0; i < inputs.size(); i++) {
          if (i != constant) {
            assertThat(inputs.get(i).gradient().toDoubles()).isEqualTo(all.gradients().get(i));
          }
        }
      }
    }
  }

  /** Asserts that a parameter receives what an input would, and adds up over two steps. */
  void fillsParameters(Function<List<Variable>, Variable> operation) {
    List<double[]> once = onFreshTape(Precision.FLOAT64, operation).gradients();
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      Tensor value = Tensor.persistent(Precision.FLOAT64, shapes.get(i));
      value.set(values.get(i));
      Tensor gradient = Tensor.persistent(Precision.FLOAT64, shapes.get(i));
      gradient.fill(Double.NaN);
      parameters.add(new Parameter("p" + i, value, gradient, true));
    }
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT64))) {
      for (int step = 1; step <= 2; step++) {
        tape.reset();
        tape.backward(weightedSum(operation.apply(parameters.stream().map(tape::use).toList())));
        for (int i = 0; i < parameters.size(); i++) {
          int steps = step;
          assertClose(
              parameters.get(i).gradient().toDoubles(),
              Arrays.stream(once.get(i)).map(value -> steps * value).toArray(),
              1e-12);
        }
      }
    } finally {
      parameters.forEach(parameter -> parameter.value().close());
      parameters.forEach(parameter -> parameter.gradient().close());
    }
  }

  private record Run(Numbers value, List<double[]> gradients) {}

  private Run onFreshTape(Precision precision, Function<List<Variable>, Variable> operation) {
    try (Tape tape = new Tape(Arena.create(precision))) {
      return run(tape, operation);
    }
  }

  private Run run(Tape tape, Function<List<Variable>, Variable> operation) {
    List<Variable> inputs = inputs(tape, -1);
    Variable result = operation.apply(inputs);
    var value = new Numbers(result.shape(), result.value().toDoubles());
    tape.backward(weightedSum(result));
    for (int i = 0; i < inputs.size(); i++) {
      assertThat(inputs.get(i).value().toDoubles())
          .as("input %d after the backward pass", i)
          .containsExactly(values.get(i), within(1e-7 * Math.max(1, largest(values.get(i)))));
    }
    return new Run(value, inputs.stream().map(input -> input.gradient().toDoubles()).toList());
  }

  private List<Variable> inputs(Tape tape, int constant) {
    List<Variable> inputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      inputs.add(
          i == constant
              ? tape.constant(shapes.get(i), values.get(i)).retain()
              : tape.input(shapes.get(i), values.get(i)));
    }
    return inputs;
  }

  private static Variable weightedSum(Variable result) {
    double[] weights = distinct(result.shape(), 99);
    double[] values = result.value().toDoubles();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * weights[i];
    }
    Tensor loss = result.tape().allocate(Shape.of(1));
    loss.fill(sum);
    return result
        .tape()
        .record(loss, gradient -> result.addGradient(target -> target.set(weights)), result);
  }

  private static void assertSameBits(Run run, Run expected) {
    assertThat(run.value().values()).isEqualTo(expected.value().values());
    for (int i = 0; i < expected.gradients().size(); i++) {
      assertThat(run.gradients().get(i)).isEqualTo(expected.gradients().get(i));
    }
  }

  private static void assertClose(double[] values, double[] expected, double tolerance) {
    double room = tolerance * Math.max(1, largest(expected));
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).as("element %d", i).isCloseTo(expected[i], within(room));
    }
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }
}
