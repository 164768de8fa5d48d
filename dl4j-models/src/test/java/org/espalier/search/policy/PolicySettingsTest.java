package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class PolicySettingsTest {
  private static final RecordCodec<PolicySettings> CODEC = new RecordCodec<>(PolicySettings.class);

  @Test
  void componentsLeftOutTakeTheirDefaults() {
    assertThat(LstmSettings.defaults())
        .isEqualTo(new LstmSettings(100, 1, 0.005, 0.5, 0.999, 0.0, 0.001, 0.9, -0.1));
    assertThat(SamplerSettings.defaults())
        .isEqualTo(
            new SamplerSettings(
                5.0,
                0.5,
                new GateSettings(
                    Gating.SOFTMAX,
                    0.05,
                    0.5,
                    0.999,
                    0.0,
                    new PenaltySettings.AugmentedLagrangian(1.0, 5))));
    assertThat(EnsembleSettings.defaults())
        .isEqualTo(new EnsembleSettings(2, 5.0, 1.0, GateSettings.defaults()));
    assertThat(MixtureSettings.defaults()).isEqualTo(new MixtureSettings(GateSettings.defaults()));
    assertThat(ReinforceSettings.defaults())
        .isEqualTo(
            new ReinforceSettings(
                new RewardSettings(Gating.SOFTMAX, 0.05, 0.5, 0.999, 0.0, 0.9, -0.1)));
    assertThat(RelaxSettings.defaults())
        .isEqualTo(new RelaxSettings(0.5, 32, 0.01, RewardSettings.defaults()));
    assertThat(NaturalGradientSettings.defaults())
        .isEqualTo(new NaturalGradientSettings(1.0, -0.1));
  }

  @Test
  void decodedSettingsAreOfTheirKind() {
    for (PolicySettings settings : all()) {
      assertThat(CODEC.decode(CODEC.encode(settings))).isEqualTo(settings);
    }
  }

  private static List<PolicySettings> all() {
    return List.of(
        new LstmSettings(7, 2, null, null, null, null, null, null, null),
        SamplerSettings.defaults(),
        new SamplerSettings(
            null,
            null,
            new GateSettings(null, null, null, null, null, new PenaltySettings.Hard(0.5, null))),
        EnsembleSettings.defaults(),
        MixtureSettings.defaults(),
        ReinforceSettings.defaults(),
        RelaxSettings.defaults(),
        NaturalGradientSettings.defaults());
  }

  @Test
  void policiesDoWhatTheirSettingsSay() {
    PricedChoices choices = new PricedChoices(List.of(3, 2), List.of());

    for (PolicySettings settings : all()) {
      Policy policy = settings.start(choices, 5, Seeds.generator(1));
      List<List<Integer>> paths = policy.paths(choices, 20, Seeds.generator(2));

      assertThat(policy.learnsFrom()).isEqualTo(settings.learnsFrom());
      assertThat(paths.equals(policy.sample(choices, 20, Seeds.generator(2))))
          .isEqualTo(!settings.computesSeveral());
      double sum = 0;
      for (List<Integer> picks : Enumerated.all(choices.sizes())) {
        sum += Math.exp(policy.logProbability(choices, picks));
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void valuesOutsideTheirRangeAreRefusedByName() {
    assertThatThrownBy(() -> new LstmSettings(0, null, null, null, null, null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hidden must be from 1 to 10000, got 0");
    assertThatThrownBy(() -> new LstmSettings(null, 3, null, null, null, null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layers must be from 1 to 2, got 3");
    assertThatThrownBy(() -> new LstmSettings(null, null, null, 1.0, null, null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beta1 must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> new LstmSettings(null, null, null, null, null, null, null, null, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("costExponent must be at most 0, got 0.1");
    assertThatThrownBy(() -> new SamplerSettings(0.0, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("temperature must be above 0, got 0.0");
    assertThatThrownBy(() -> new GateSettings(null, null, null, null, -1.0, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("entropyWeight must be at least 0, got -1.0");
  }
}
