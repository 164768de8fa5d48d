package org.espalier.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsWriterTest {
  private static final ToySettings SETTINGS =
      new ToySettings(
          7,
          ToySettings.Kind.SLOW_AND_SURE,
          1e-7,
          List.of(1, 2),
          new ToySettings.Form.Square(2, "yes: # no"),
          Map.of("spark.ui.enabled", "false"),
          null);

  @Test
  void whatIsWrittenReadsBackEqual() {
    String yaml = SettingsWriter.toYaml(SETTINGS);

    assertThat(SettingsReader.read(new ConfigSource("written", yaml), ToySettings.class))
        .isEqualTo(SETTINGS);
  }

  @Test
  void defaultsAreWrittenOut() {
    var settings = new ToySettings(7, ToySettings.Kind.QUICK, null, null, null, null, null);

    assertThat(SettingsWriter.toYaml(settings))
        .contains("rate: 0.1", "fast: false", "type: round", "radius: 1.0");
  }

  @Test
  void secretsAreHidden() {
    var settings =
        new ToySettings(
            7,
            ToySettings.Kind.QUICK,
            null,
            null,
            null,
            Map.of("fs.s3a.secret.key", "hunter2", "fs.accessToken", "hunter3"),
            null);

    assertThat(
            SettingsWriter.toYaml(
                new ToySettings(
                    7,
                    ToySettings.Kind.QUICK,
                    null,
                    null,
                    new ToySettings.Form.Square(2, "http://bob:hunter4@host/x"),
                    null,
                    null)))
        .contains("http://bob:(hidden)@host/x");
    assertThat(SettingsWriter.toYaml(settings))
        .doesNotContain("hunter")
        .contains("fs.s3a.secret.key: " + Redaction.HIDDEN);
  }
}
