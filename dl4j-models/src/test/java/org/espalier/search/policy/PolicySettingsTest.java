package org.espalier.search.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.storage.RecordCodec;
import org.junit.jupiter.api.Test;

class PolicySettingsTest {
  private static final RecordCodec<PolicySettings> CODEC = new RecordCodec<>(PolicySettings.class);

  @Test
  void componentsLeftOutTakeTheirDefaults() {
    assertThat(LstmSettings.defaults())
        .isEqualTo(new LstmSettings(100, 1, 0.005, 0.5, 0.999, 0.0, 0.001, 0.9, -0.1));
    assertThat(SamplerSettings.defaults())
        .isEqualTo(new SamplerSettings(0.05, 0.5, 0.999, 5.0, 0.5, 0.0, 1.0, 5));
  }

  @Test
  void decodedSettingsAreOfTheirKind() {
    PolicySettings lstm = new LstmSettings(7, 2, null, null, null, null, null, null, null);
    PolicySettings gumbel = SamplerSettings.defaults();

    assertThat(CODEC.decode(CODEC.encode(lstm))).isEqualTo(lstm);
    assertThat(CODEC.decode(CODEC.encode(gumbel))).isEqualTo(gumbel);
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
    assertThatThrownBy(() -> new SamplerSettings(null, null, null, 0.0, null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("temperature must be above 0, got 0.0");
    assertThatThrownBy(() -> new SamplerSettings(null, null, null, null, null, -1.0, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("entropyWeight must be at least 0, got -1.0");
  }
}
