package org.espalier.export.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.bench.StepBenchmark;
import org.espalier.bench.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Dl4jWorkloadTest {

  @ParameterizedTest
  @EnumSource(Dl4jWorkload.class)
  void theNetworkIsTheOneOfTheStepBenchmark(Dl4jWorkload workload) {
    assertThat(Dl4jStepBenchmark.parameterCount(workload))
        .isEqualTo(StepBenchmark.parameterCount(Workload.valueOf(workload.name())));
  }
}
