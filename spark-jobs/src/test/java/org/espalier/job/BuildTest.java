package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BuildTest {
  @Test
  void aBuildOutsideAClonedRepositoryHasNoCommit() {
    Properties properties = new Properties();
    properties.setProperty("version", "1.2.3");
    properties.setProperty("commit", "");

    assertThat(Build.of(properties)).isEqualTo(new Build("1.2.3", Optional.empty()));
    properties.setProperty("commit", "abc-dirty");
    assertThat(Build.of(properties).commit()).contains("abc-dirty");
  }

  @Test
  void aPageSaysWhereAndWhenItWasMade() {
    Circumstances circumstances =
        new Circumstances(
            new Build("1.2.3", Optional.of("abc")),
            Optional.of("4.2.0, master local[*]"),
            "any",
            Instant.parse("2026-11-30T18:05:59Z"));

    assertThat(circumstances.rows())
        .contains(
            List.of("version", "1.2.3"),
            List.of("commit", "abc"),
            List.of("Spark", "4.2.0, master local[*]"),
            List.of("arithmetic", "any"),
            List.of("date", "2026-11-30 18:05 UTC"))
        .extracting(row -> row.get(0))
        .contains("Java", "machine");
  }
}
