package org.espalier.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions where their arguments are huge, and at corners. */
class FunctionLimitsTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  static Stream<Arguments> limits() {
    return Stream.of(Precision.values())
        .flatMap(
            precision ->
                Stream.of(
                    limit(precision, "sigmoid", Activations::sigmoid, -200, 0, 0),
                    limit(precision, "sigmoid", Activations::sigmoid, 200, 1, 0),
                    limit(precision, "tanh", Activations::tanh, -1e10, -1, 0),
                    limit(precision, "tanh", Activations::tanh, 1e10, 1, 0),
                    limit(precision, "relu", Activations::relu, 0, 0, 0),
                    limit(precision, "relu6", Activations::relu6, 0, 0, 0),
                    limit(precision, "relu6", Activations::relu6, 6, 6, 0),
                    limit(precision, "relu6", Activations::relu6, 1e10, 6, 0),
                    limit(precision, "hard-swish", Activations::hardSwish, -1e10, 0, 0),
                    limit(precision, "hard-swish", Activations::hardSwish, 1e10, 1e10, 1),
                    limit(precision, "exp", Elementwise::exp, -1000, 0, 0),
                    limit(precision, "exp", Elementwise::exp, 1000, INFINITE, INFINITE),
                    limit(precision, "log", Elementwise::log, 0, -INFINITE, INFINITE),
                    limit(precision, "log-softmax", Activations::logSoftmax, 1e10, 0, 0),
                    limit(precision, "softmax", Activations::softmax, -1e10, 1, 0)));
  }

  private static Arguments limit(
      Precision precision,
      String name,
      UnaryOperator<Variable> function,
      double x,
      double value,
      double slope) {
    return Arguments.of(precision, name, function, x, value, slope);
  }

  @ParameterizedTest(name = "{1} of {3} in {0}")
  @MethodSource("limits")
  void valueAndSlopeAreTheLimits(
      Precision precision,
      String name,
      UnaryOperator<Variable> function,
      double x,
      double value,
      double slope) {
    try (Tape tape = new Tape(Arena.create(precision))) {
      Variable input = tape.input(Shape.of(1), new double[] {x});
      Variable result = function.apply(input);
      tape.backward(result);

      assertSame(result.value().item(), value);
      assertSame(input.gradient().item(), slope);
    }
  }

  private static void assertSame(double number, double expected) {
    if (Double.isInfinite(expected)) {
      assertThat(number).isEqualTo(expected);
    } else {
      assertThat(number).isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotANumberNeverLooksLikeOne(Precision precision) {
    try (Tape tape = new Tape(Arena.create(precision))) {
      Variable x = tape.constant(Shape.of(1), new double[] {Double.NaN});

      assertThat(
              Stream.<UnaryOperator<Variable>>of(
                      Activations::hardSwish,
                      Activations::sigmoid,
                      Activations::tanh,
                      Activations::softmax,
                      Activations::logSoftmax,
                      Elementwise::exp,
                      Elementwise::log,
                      Elementwise::sine,
                      Elementwise::square)
                  .map(function -> function.apply(x).value().item()))
          .noneMatch(Double::isFinite);
    }
  }
}
