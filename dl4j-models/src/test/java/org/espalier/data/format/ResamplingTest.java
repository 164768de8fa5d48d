package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResamplingTest {
  @Test
  void halvingTakesTheMeanOfFourPixels() {
    DecodedPicture picture = new DecodedPicture(2, 4, 1, new byte[] {0, 4, 8, 8, 2, 6, 8, 9});

    DecodedPicture half = Resampling.scale(picture, 1, 2);

    // (0 + 4 + 2 + 6) / 4 = 3 and (8 + 8 + 8 + 9) / 4 = 8.25
    assertThat(half.pixels()).containsExactly(3, 8);
  }

  @Test
  void fractionsOfPixelsCountByTheirArea() {
    DecodedPicture picture = new DecodedPicture(1, 3, 1, new byte[] {30, 60, 90});

    DecodedPicture smaller = Resampling.scale(picture, 1, 2);

    // (30 + 60 / 2) / 1.5 = 40 and (60 / 2 + 90) / 1.5 = 80
    assertThat(smaller.pixels()).containsExactly(40, 80);
  }

  @Test
  void doublingRepeatsPixelsOfEachChannel() {
    DecodedPicture picture = new DecodedPicture(1, 2, 2, new byte[] {1, (byte) 200, 3, 4});

    DecodedPicture twice = Resampling.scale(picture, 2, 4);

    assertThat(twice.pixels())
        .containsExactly(1, 200, 1, 200, 3, 4, 3, 4, 1, 200, 1, 200, 3, 4, 3, 4);
  }

  @Test
  void theSameSizeChangesNothing() {
    DecodedPicture picture = new DecodedPicture(1, 2, 1, new byte[] {5, 6});

    assertThat(Resampling.scale(picture, 1, 2)).isSameAs(picture);
  }
}
