package org.espalier.autograd;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every differentiable operation against the same demands. */
class OperationTest {
  static Stream<OperationCase> cases() {
    return Stream.of(
            LayerCases.all(), ArithmeticCases.all(), MatrixCases.all(), RecurrenceCases.all())
        .flatMap(cases -> cases);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valueIsWhatPlainLoopsGive(OperationCase given) {
    given.inputs().matches(given.operation(), given.loops().apply(given.inputs().numbers()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreCentralDifferences(OperationCase given) {
    given.inputs().passes(given.operation());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void singlePrecisionAgreesWithDouble(OperationCase given) {
    given.inputs().agreesInSinglePrecision(given.operation());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twoRunsHaveEqualBits(OperationCase given) {
    given.inputs().repeatsBits(given.operation());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void onlyWantedGradientsAreComputed(OperationCase given) {
    given.inputs().sparesWhatIsNotWanted(given.operation());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void parametersReceiveGradientsAndAddThemUp(OperationCase given) {
    given.inputs().fillsParameters(given.operation());
  }
}
