package org.espalier.search.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.search.policy.ReinforceSettings;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.settings.SettingException;
import org.espalier.storage.RecordCodec;
import org.junit.jupiter.api.Test;

class TrialSettingsTest {
  @Test
  void thereAreNoTrialsUnlessTheyAreAskedFor() {
    assertThat(TrialSettings.none().given()).isFalse();
    assertThat(new TrialSettings(1, null, null, null, null, null).given()).isTrue();
  }

  @Test
  void proposersThatWantGradientsOfGatesAreRefused() {
    assertThatThrownBy(
            () -> new TrialSettings(8, null, SamplerSettings.defaults(), null, null, null))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("proposer must learn from accuracies");
  }

  @Test
  void settingsSurviveTheWire() {
    RecordCodec<TrialSettings> codec = new RecordCodec<>(TrialSettings.class);
    TrialSettings policy = new TrialSettings(8, 4, ReinforceSettings.defaults(), 0.5, null, null);

    assertThat(codec.decode(codec.encode(policy))).isEqualTo(policy);
    assertThat(codec.decode(codec.encode(TrialSettings.none()))).isEqualTo(TrialSettings.none());
  }
}
