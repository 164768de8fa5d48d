package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** What Maven wrote is what the project is called there. */
  @Test
  void theBuildThatRunsKnowsItsVersion() throws IOException {
    assumeTrue(Build.class.getResource("build.properties") != null, "not built by Maven");
    Matcher version =
        Pattern.compile("<version>(.*?)</version>")
            .matcher(Files.readString(Path.of("../pom.xml")));

    assertThat(version.find()).isTrue();
    assertThat(Build.here().version()).isEqualTo(version.group(1));
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
