package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.tensor.Platform;
import org.junit.jupiter.api.Test;

class ExaminationTest {
  @Test
  void everythingIsLookedAtAndEveryProblemHasAdvice() {
    List<Finding> findings = Examination.examine();

    assertThat(findings)
        .extracting(Finding::subject)
        .containsExactly(
            "java",
            "native library",
            "threads",
            "heap",
            "native memory",
            "gpu",
            "javacpp cache",
            "onnx runtime",
            "disk",
            "temporary disk");
    assertThat(findings)
        .allMatch(finding -> (finding.level() == Finding.Level.OK) == finding.advice().isEmpty());
  }

  @Test
  void slowKernelsAndManyThreadsAreWarnedOf() {
    assertThat(Examination.nativeLibrary(platform("none", 1)).text()).contains("many times slower");
    assertThat(Examination.nativeLibrary(platform("1f", 4)).advice()).contains("OMP_NUM_THREADS=1");
    assertThat(Examination.nativeLibrary(platform("1f", 1)).level()).isEqualTo(Finding.Level.OK);
    assertThat(Examination.threads(List.of("OMP_NUM_THREADS")).text()).contains("SD_MAX_THREADS");
    assertThat(Examination.heap(100L << 20).advice()).contains("ESPALIER_HEAP");
  }

  private static Platform platform(String instructions, int threads) {
    return new Platform("cpu", instructions, "by processor", "nd4j:1", threads);
  }
}
