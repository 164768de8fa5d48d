package org.espalier.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {

  /** Counted by PyTorch on the networks of the same names. */
  @ParameterizedTest
  @CsvSource({
    "MIXTURE, 10927",
    "SAMPLED, 830426",
    "RESNET20, 272474",
    "NARROW, 27095",
    "SEPARABLE, 15866",
    "TINY, 4183",
    "APS, 5864878"
  })
  void theNetworksHaveAsManyParametersAsTheirPeers(Workload workload, long count) {
    assertThat(StepBenchmark.parameterCount(workload)).isEqualTo(count);
  }

  /** Every edge has a 1x1 and a 3x3 convolution, of which a sample has at most one. */
  @Test
  void supernetsShareTheWeightsOfAllPaths() {
    long pairs = 15 * 6 * 10L * (16 * 16 + 32 * 32 + 64 * 64) / 3;

    assertThat(StepBenchmark.parameterCount(Workload.CELLS))
        .isEqualTo(StepBenchmark.parameterCount(Workload.CELLS_MIXTURE))
        .isBetween(pairs, pairs + 100_000);
  }

  @Test
  void aRunSpillsNothingAndPrintsItsColumns() {
    var result = StepBenchmark.run(Workload.TINY, 2, 3);

    assertThat(result.spilledBytes()).isZero();
    assertThat(result.cpuMillis()).isPositive();
    assertThat(result.csv()).matches("tiny,\\d+\\.\\d\\d,\\d+\\.\\d\\d,0");
  }

  @Test
  void stepsAreNeeded() {
    assertThatThrownBy(() -> StepBenchmark.run(Workload.TINY, 2, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
