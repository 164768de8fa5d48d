package org.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.espalier.network.ImageShape;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  @Test
  void eachChannelHasItsOwnMeanAndDeviation() {
    ImageDatasetBuilder builder = new ImageDatasetBuilder(new ImageShape(1, 2, 2), 10, 2);
    builder.add(0, new byte[] {0, 5, 2, 5});
    builder.add(0, new byte[] {4, 5, 10, 5});
    ImageDataset data = builder.build(List.of("a"), 0);

    Normalization normalization = Normalization.of(data, new int[] {0, 1});

    // First channel 0, 2, 4, 10: mean 4, variance (16 + 4 + 0 + 36) / 4 = 14; second always 5.
    assertThat(normalization.mean()).containsExactly(0.4, 0.5);
    assertThat(normalization.deviation().get(0)).isCloseTo(Math.sqrt(14) / 10, within(1e-15));
    assertThat(normalization.deviation().get(1)).isEqualTo(1);
  }

  @Test
  void onlyTheExamplesGivenCount() {
    ImageDataset data = Samples.ofValues(255, 10, 20, 200);

    Normalization normalization = Normalization.of(data, new int[] {0, 1});

    assertThat(normalization.mean().get(0)).isCloseTo(15.0 / 255, within(1e-15));
    assertThat(normalization.deviation().get(0)).isCloseTo(5.0 / 255, within(1e-15));
  }

  @Test
  void levelsFollowTheFormula() {
    float[] levels = Normalization.constant(2, 0.5, 0.25).levels(16);

    assertThat(levels).hasSize(512);
    assertThat(levels[0]).isEqualTo(-2f);
    assertThat(levels[8]).isEqualTo(0f);
    assertThat(levels[256 + 16]).isEqualTo(2f);
  }

  @Test
  void impossibleNumbersAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Normalization.constant(1, 0, 0))
        .withMessageContaining("deviations must be above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Normalization(List.of(1.0), List.of()))
        .withMessageContaining("one deviation a channel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Normalization.of(Samples.ofValues(1, 1), new int[0]))
        .withMessageContaining("at least one example");
  }
}
