package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.config.ConfigSource;
import org.espalier.config.SettingsReader;
import org.junit.jupiter.api.Test;

class SearchSettingsTest {
  private static final String DATA = "data: {format: digits}\n";
  private static final String RANDOM = DATA + "randomWidths: {budget: {macs: 100000}}\n";

  @Test
  void theSectionThatIsGivenIsTheMethod() {
    ChosenMethod<?> method = read(RANDOM).method();

    assertThat(method.method().key()).isEqualTo("randomWidths");
    assertThat(method.settings()).isEqualTo(read(RANDOM).randomWidths());
  }

  @Test
  void aConfigurationWithoutAMethodIsRefusedWithTheChoices() {
    assertThatThrownBy(() -> read(DATA))
        .hasMessageContaining("exactly one of " + Methods.keys() + " must be given");
    assertThat(Methods.keys()).contains("randomWidths");
  }

  @Test
  void aSearchWithoutANetworkToHandOverIsRefused() {
    String affine = DATA + "affineSharing: {budget: {macs: 100000}, retrainings: %d}\n";

    assertThat(read(affine.formatted(1)).affineSharing().retrainings()).isEqualTo(1);
    assertThatThrownBy(() -> read(affine.formatted(0)))
        .hasMessageContaining("affineSharing.retrainings must be at least 1")
        .hasMessageContaining("no network to hand over");
  }

  @Test
  void aCommandMayInsistOnAMethod() {
    SearchSettings settings = read(RANDOM);

    settings.require("randomWidths", "search");

    assertThatThrownBy(() -> settings.require("otherMethod", "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "espalier other searches by otherMethod, but the configuration has the section"
                + " randomWidths; 'espalier search' takes any");
  }

  private static SearchSettings read(String yaml) {
    return SettingsReader.read(new ConfigSource("test.yaml", yaml), SearchSettings.class);
  }
}
