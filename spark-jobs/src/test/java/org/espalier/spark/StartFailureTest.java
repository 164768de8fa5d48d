package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;

class StartFailureTest {
  @Test
  void aHeapThatIsTooSmallForSparkIsSaidWithWhatToSet() {
    Exception refused =
        new IllegalArgumentException(
            "[INVALID_DRIVER_MEMORY] System memory 466092032 must be at least 471859200.\n"
                + "Please increase heap size using the --driver-memory option");

    RuntimeException said = StartFailure.of(refused, new SparkConf(false));

    assertThat(said)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is too small for Spark's driver")
        .hasMessageContaining("ESPALIER_HEAP=520m")
        .hasCause(refused);
  }

  @Test
  void whatElseSparkRefusesIsSaidInItsOwnWords() {
    RuntimeException said =
        StartFailure.of(new IllegalArgumentException("no such mode."), new SparkConf(false));

    assertThat(said)
        .hasMessage("Spark refuses its settings, from --conf or its own files: no such mode");
  }
}
