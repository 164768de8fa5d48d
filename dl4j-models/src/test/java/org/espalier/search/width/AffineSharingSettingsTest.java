package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.cost.Budget;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.policy.EnsembleSettings;
import org.espalier.search.policy.MixtureSettings;
import org.espalier.search.policy.PolicySettings;
import org.espalier.search.policy.RelaxSettings;
import org.espalier.settings.SettingException;
import org.junit.jupiter.api.Test;

class AffineSharingSettingsTest {
  @Test
  void aStudyMayEndWithItsRankingButASearchMayNot() {
    assertThatCode(() -> settings(1).checkHandsOver()).doesNotThrowAnyException();
    assertThatThrownBy(() -> settings(0).checkHandsOver())
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("retrainings must be at least 1");
  }

  @Test
  void policiesThatComputeSeveralWidthsAtOnceAreRefused() {
    for (PolicySettings policy : List.of(EnsembleSettings.defaults(), MixtureSettings.defaults())) {
      assertThatThrownBy(
              () ->
                  new AffineSharingSettings(
                      null, Budget.ofMacs(100_000), null, null, policy, null, null, null))
          .isInstanceOf(SettingException.class)
          .hasMessageStartingWith("policy must compute one option of a choice at a time");
    }
    assertThatCode(
            () ->
                new AffineSharingSettings(
                    null,
                    Budget.ofMacs(100_000),
                    null,
                    null,
                    RelaxSettings.defaults(),
                    null,
                    null,
                    null))
        .doesNotThrowAnyException();
  }

  private static AffineSharingSettings settings(int retrainings) {
    FinalsSettings finals = new FinalsSettings(null, null, retrainings, null, null, null);
    return new AffineSharingSettings(
        null, Budget.ofMacs(100_000), null, null, null, null, null, finals);
  }
}
