package org.espalier.meta;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.bench.StepBenchmark;
import org.junit.jupiter.api.Test;

class MetaStepsTest {
  /** Counted by PyTorch on the network of its peer. */
  @Test
  void theNetworkHasAsManyParametersAsItsPeer() {
    try (MetaSteps steps = new MetaSteps()) {
      assertThat(steps.parameterCount()).isEqualTo(9 * 64 + 3 * 9 * 64 * 64 + 8 * 64 + 65 * 5);
    }
  }

  @Test
  void aStepSpillsNothing() {
    try (MetaSteps steps = new MetaSteps()) {
      assertThat(StepBenchmark.run(MetaSteps.LABEL, steps, 2, 1).csv())
          .matches("meta,\\d+\\.\\d\\d,\\d+\\.\\d\\d,0");
    }
  }
}
