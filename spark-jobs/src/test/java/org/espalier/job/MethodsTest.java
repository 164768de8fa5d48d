package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.config.ConfigSource;
import org.espalier.config.SettingsReader;
import org.espalier.config.SettingsWriter;
import org.espalier.search.Search;
import org.espalier.search.method.Method;
import org.espalier.search.method.SearchData;
import org.espalier.search.random.RandomWidthSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodsTest {
  @TempDir Path folder;

  /** Has what others have already. */
  private abstract static class Second implements Method<RandomWidthSettings> {
    @Override
    public String key() {
      return "second";
    }

    @Override
    public String title() {
      return "Second";
    }

    @Override
    public Class<RandomWidthSettings> settings() {
      return RandomWidthSettings.class;
    }

    @Override
    public Search<?, ?, ?, ?> search(RandomWidthSettings settings, SearchData data) {
      throw new UnsupportedOperationException();
    }
  }

  /** Has another's key. */
  public static final class SameKey extends Second {
    @Override
    public String key() {
      return "affineSharing";
    }
  }

  /** Has another's command. */
  public static final class SameCommand extends Second {
    @Override
    public Optional<Alias> alias() {
      return Optional.of(new Alias("width", "Once more."));
    }
  }

  @Test
  void theMethodsAreSortedByTheirKeys() {
    assertThat(Methods.all())
        .extracting(Method::key)
        .contains("affineSharing", "cells", "randomWidths")
        .isSorted();
  }

  @Test
  void aLineMakesAMethodKnownToReaderAndWriter() throws Exception {
    String yaml = "{data: {format: digits}, counting: {networks: true}}";

    String written =
        RegistryLine.with(CountingMethod.class, folder, () -> SettingsWriter.toYaml(read(yaml)));

    assertThat(written).contains("counting:\n  networks: true\n  split:\n    method: stratified");
    assertThatThrownBy(() -> read(yaml)).hasMessageContaining("unknown key 'counting'");
  }

  @Test
  void aKeyOrACommandTwiceIsAMistakeOfTheProgram() {
    assertThatThrownBy(() -> RegistryLine.with(SameKey.class, folder, Methods::all))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("both have the key 'affineSharing'");
    assertThatThrownBy(() -> RegistryLine.with(SameCommand.class, folder, Methods::all))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("both have the command 'width'");
  }

  private static SearchSettings read(String yaml) {
    return SettingsReader.read(new ConfigSource("test.yaml", yaml), SearchSettings.class);
  }
}
