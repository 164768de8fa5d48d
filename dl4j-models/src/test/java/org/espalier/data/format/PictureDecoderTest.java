package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espalier.data.format.SampleFiles.encode;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.espalier.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PictureDecoderTest {
  /** Lossy WebP alone is not decoded to the bit: the library drifts by a level in some blocks. */
  private static final int WEBP_LEVELS = 2;

  private static final int CUTS = 24;
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

  @ParameterizedTest
  @MethodSource("org.espalier.data.format.PillowPictures#names")
  void everyKindOfFileHasThePixelsThatPillowReads(String name) {
    DecodedPicture expected = PillowPictures.expected(name);

    DecodedPicture picture = COLOUR.decode(name, PillowPictures.file(name));

    assertThat(picture.height()).isEqualTo(expected.height());
    assertThat(picture.width()).isEqualTo(expected.width());
    int allowed = name.matches("lossy.*webp") ? WEBP_LEVELS : 0;
    assertThat(farthest(picture.pixels(), expected.pixels())).isLessThanOrEqualTo(allowed);
  }

  @ParameterizedTest
  @MethodSource("org.espalier.data.format.PillowPictures#names")
  void aFileThatIsCutOffIsRefusedOrHasAllPixels(String name) {
    byte[] file = PillowPictures.file(name);
    byte[] whole = COLOUR.decode(name, file).pixels();

    for (int cut = 0; cut < CUTS; cut++) {
      // Half of the cuts are within the last bytes, where a reader may not miss them.
      int length = cut % 2 == 0 ? file.length * cut / CUTS : file.length - 1 - cut / 2;
      byte[] part = Arrays.copyOf(file, length);
      try {
        assertThat(COLOUR.decode(name, part).pixels()).as("%d bytes", length).isEqualTo(whole);
      } catch (DataException refused) {
        assertThat(refused).hasMessageStartingWith(name + ": ");
      }
    }
  }

  @Test
  void aJpegWithoutItsEndMarkerIsRefused() {
    byte[] jpeg = PillowPictures.file("progressive.jpg");

    byte[] cut = Arrays.copyOf(jpeg, jpeg.length - 2);

    assertThatThrownBy(() -> COLOUR.decode("p", cut))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cut-off");
  }

  @Test
  void theScreenOfAGifCountsAsItsSize() {
    byte[] gif = PillowPictures.file("palette.gif");
    gif[7] = (byte) 200; // 51,223 columns

    assertThatThrownBy(() -> COLOUR.decode("p", gif))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at most 1000 pixels");
  }

  private static int farthest(byte[] left, byte[] right) {
    return IntStream.range(0, right.length)
        .map(i -> Math.abs((left[i] & 255) - (right[i] & 255)))
        .max()
        .orElseThrow();
  }
}
