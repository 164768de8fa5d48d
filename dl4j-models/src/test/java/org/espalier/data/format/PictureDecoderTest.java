package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espalier.data.format.SampleFiles.encode;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PictureDecoderTest {
  private static final PictureDecoder GREY = new PictureDecoder(1, 1000);
  private static final PictureDecoder COLOUR = new PictureDecoder(3, 1000);

  @Test
  void greyValuesAreTakenAsStored() {
    BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int value = 0; value < 256; value++) {
      image.getRaster().setSample(value, 0, 0, value);
    }

    DecodedPicture picture = GREY.decode("p", encode(image, "png"));

    for (int value = 0; value < 256; value++) {
      assertThat(picture.value(0, value, 0)).isEqualTo(value);
    }
  }

  @Test
  void sixteenBitsAreReducedToEight() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 0xabcd);

    DecodedPicture picture = COLOUR.decode("p", encode(image, "png"));

    assertThat(picture.pixels()).containsExactly(0xab, 0xab, 0xab);
  }

  @Test
  void colourBecomesGreyByTheWeightsOfBt601() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x64c832);

    DecodedPicture picture = GREY.decode("p", encode(image, "png"));

    // 0.299 * 100 + 0.587 * 200 + 0.114 * 50 = 153.0
    assertThat(picture.value(0, 0, 0)).isEqualTo(153);
    assertThat(COLOUR.decode("p", encode(image, "png")).pixels()).containsExactly(0x64, 0xc8, 0x32);
  }

  @Test
  void whatIsTransparentIsLaidOnWhite() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00123456);
    image.setRGB(1, 0, 0x80000000);

    DecodedPicture picture = COLOUR.decode("p", encode(image, "png"));

    assertThat(picture.pixels()).containsExactly(255, 255, 255, 127, 127, 127);
  }
}
