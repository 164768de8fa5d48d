package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.config.ConfigSource;
import org.espalier.config.SettingsReader;
import org.espalier.config.SettingsWriter;
import org.espalier.data.format.DatasetSettings;
import org.espalier.settings.SettingException;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;

class SearchSettingsTest {
  private static final String DATA = "data: {format: digits}\n";
  private static final String METHOD = "randomWidths: {budget: {macs: 100000}}\n";
  private static final String RANDOM = DATA + METHOD;

  @Test
  void theSectionThatIsGivenIsTheMethod() {
    ChosenMethod<?> method = read(RANDOM).chosen();

    assertThat(method.method().key()).isEqualTo("randomWidths");
    assertThat(method.settings()).isEqualTo(read(RANDOM).method().settings());
    assertThat(method.describe())
        .startsWith("Random width search: ")
        .endsWith(", within 100,000 MACs");
  }

  @Test
  void theSectionStandsWhereItAlwaysStood() {
    String written = SettingsWriter.toYaml(read(RANDOM));

    assertThat(written.lines().filter(line -> !line.startsWith(" ")))
        .startsWith("seed: 1", "data:", "randomWidths:", "groups: 16");
  }

  @Test
  void severalDataSetsHaveNamesInOrder() {
    SearchSettings settings =
        read("dataSets: {b: {format: digits}, a: {format: cifar10, path: p}}\n" + METHOD);

    assertThat(settings.namedData().keySet()).containsExactly("a", "b");
    assertThat(settings.namedData().get("a")).isEqualTo(new DatasetSettings.Cifar10("p"));
    assertThat(settings.keyOf("a")).isEqualTo("dataSets.a");
    assertThat(read(SettingsWriter.toYaml(settings))).isEqualTo(settings);
  }

  @Test
  void aRecordMadeWithoutOrWithBothKindsOfDataIsRefused() {
    SearchSettings one = read(RANDOM);

    assertThatThrownBy(
            () ->
                new SearchSettings(
                    null, null, null, one.method(), null, null, null, null, null, null, null))
        .isInstanceOf(SettingException.class)
        .hasMessage("data or dataSets must be given, and not both");
  }

  @Test
  void aCommandMayInsistOnAMethod() {
    SearchSettings settings = read(RANDOM);

    settings.require("randomWidths", "search");

    assertThatThrownBy(() -> settings.require("otherMethod", "other"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "espalier other searches by otherMethod, but the configuration has the section"
                + " randomWidths; 'espalier search' takes any");
  }

  private static SearchSettings read(String yaml) {
    return SettingsReader.read(new ConfigSource("test.yaml", yaml), SearchSettings.class);
  }
}
