package org.espalier.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunResultTest {
  @Test
  void theFingerprintLeavesOutCircumstances() {
    RunResult one = new RunResult(Map.of("a", 1, "b", List.of(2)), Map.of("host", "x"));
    RunResult same = new RunResult(Map.of("b", List.of(2), "a", 1), Map.of("host", "y"));
    RunResult other = new RunResult(Map.of("a", 1, "b", List.of(3)), Map.of("host", "x"));

    assertThat(one.fingerprint()).isEqualTo(same.fingerprint()).isNotEqualTo(other.fingerprint());
  }

  /** JDK 18 and older give this number other digits. */
  @Test
  void theFingerprintIsTheSameOnEveryVirtualMachine() {
    RunResult result = new RunResult(Map.of("loss", 0x1p60), Map.of());

    assertThat(result.toJson()).contains("\"loss\" : 1.152921504606847E18");
    assertThat(result.fingerprint())
        .isEqualTo(Manifest.sha256("{\"loss\":1.152921504606847E18}".getBytes(UTF_8)));
  }
}
