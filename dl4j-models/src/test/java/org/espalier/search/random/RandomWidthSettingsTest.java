package org.espalier.search.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.space.WidthChoices;
import org.junit.jupiter.api.Test;

class RandomWidthSettingsTest {
  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> settings(null, null, 1, 0.1))
        .hasMessageContaining("budget is missing");
    assertThatThrownBy(() -> settings(Budget.ofMacs(1), null, 0, 0.1))
        .hasMessageContaining("candidates must be from 1 to 100000");
    assertThatThrownBy(() -> settings(Budget.ofMacs(1), null, 1, 0))
        .hasMessageContaining("validationShare must be above 0");
  }

  @Test
  void aLayerThatTheFamilyDoesNotHaveIsRefused() {
    var choices = new WidthChoices(null, null, null, null, Map.of("layer7", List.of(4)));

    assertThatThrownBy(() -> settings(Budget.ofMacs(1), choices, 1, 0.1))
        .hasMessageStartingWith(
            "choices.layers.layer7 is no layer of the family; did you mean 'layer1'? There are");
  }

  @Test
  void settingsAreDescribedInALine() {
    assertThat(settings(Budget.ofMacs(1), null, 5, 0.1).describe())
        .isEqualTo("5 networks of the family plain, drawn and trained for 3 epochs each");
  }

  private static RandomWidthSettings settings(
      Budget budget, WidthChoices choices, int candidates, double validationShare) {
    SplitSettings split = SplitSettings.of(null, validationShare, 0.1, 1L);
    return new RandomWidthSettings(
        null,
        budget,
        choices,
        candidates,
        null,
        new FinalsSettings(null, null, null, split, null, null));
  }
}
