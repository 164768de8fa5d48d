package org.espalier.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.espalier.network.ImageShape;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageOperationTest {
  private static final List<ImageShape> SHAPES =
      List.of(
          new ImageShape(28, 28, 1),
          new ImageShape(17, 20, 1),
          new ImageShape(32, 32, 3),
          new ImageShape(19, 16, 3),
          new ImageShape(1, 2, 3));

  @ParameterizedTest
  @EnumSource
  void theIdentityValueLeavesImages(ImageOperation operation) {
    for (ImageShape shape : SHAPES) {
      byte[] image = image(shape, new SplittableRandom(1));

      operation
          .identity()
          .ifPresent(
              value ->
                  assertThat(changed(image, shape, Step.of(operation, value))).isEqualTo(image));
    }
  }

  @Test
  void operationsThatScaleHaveTheIdentityOfTheirScale() {
    assertThat(ImageOperation.ROTATE.identity()).hasValue(0);
    assertThat(ImageOperation.SHEAR_Y.identity()).hasValue(0);
    assertThat(ImageOperation.TRANSLATE_X.identity()).hasValue(0);
    assertThat(ImageOperation.CUTOUT.identity()).hasValue(0);
    assertThat(ImageOperation.SOLARIZE.identity()).hasValue(256);
    assertThat(ImageOperation.POSTERIZE.identity()).hasValue(8);
    assertThat(ImageOperation.SHARPNESS.identity()).hasValue(1);
    assertThat(ImageOperation.EQUALIZE.identity()).isEmpty();
  }

  @Test
  void invertingAndMirroringTwiceLeavesImages() {
    for (ImageShape shape : SHAPES) {
      byte[] image = image(shape, new SplittableRandom(2));
      Step invert = Step.of(ImageOperation.INVERT, 0);
      Step flip = Step.of(ImageOperation.HORIZONTAL_FLIP, 0);

      assertThat(changed(image, shape, invert, invert)).isEqualTo(image);
      assertThat(changed(image, shape, flip, flip)).isEqualTo(image);
      assertThat(changed(image, shape, invert)).isNotEqualTo(image);
    }
  }

  @Test
  void thereAndBackAgainIsTheImageWhereNothingLeftIt() {
    ImageShape shape = new ImageShape(20, 20, 3);
    byte[] image = new byte[shape.size()];
    image[(10 * 20 + 10) * 3] = 50;

    for (ImageOperation operation :
        List.of(
            ImageOperation.TRANSLATE_X,
            ImageOperation.TRANSLATE_Y,
            ImageOperation.SHEAR_X,
            ImageOperation.SHEAR_Y)) {
      double value = operation.toString().startsWith("shear") ? 0.4 : 4;
      assertThat(changed(image, shape, Step.of(operation, value), Step.of(operation, -value)))
          .isEqualTo(image);
    }
  }

  @Test
  void fourQuarterTurnsAreNone() {
    ImageShape shape = new ImageShape(9, 9, 1);
    byte[] image = image(shape, new SplittableRandom(3));
    Step quarter = Step.of(ImageOperation.ROTATE, 90);

    assertThat(changed(image, shape, quarter, quarter, quarter, quarter)).isEqualTo(image);
    assertThat(changed(image, shape, quarter, quarter))
        .isEqualTo(changed(image, shape, Step.of(ImageOperation.ROTATE, 180)));
  }

  @Test
  void equalizingAUniformHistogramChangesValuesByOneAtMost() {
    ImageShape shape = new ImageShape(32, 32, 1);
    byte[] image = new byte[shape.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) i;
    }

    byte[] equalized = changed(image, shape, Step.of(ImageOperation.EQUALIZE, 0));

    for (int i = 0; i < image.length; i++) {
      assertThat((equalized[i] & 255) - (image[i] & 255)).isBetween(-1, 1);
    }
  }

  @Test
  void stretchingContrastTwiceIsStretchingItOnce() {
    for (ImageShape shape : SHAPES) {
      byte[] image = image(shape, new SplittableRandom(4));
      Step stretch = Step.of(ImageOperation.AUTO_CONTRAST, 0);

      assertThat(changed(image, shape, stretch, stretch)).isEqualTo(changed(image, shape, stretch));
    }
  }

  @Test
  void colorLeavesGreyImages() {
    ImageShape grey = new ImageShape(5, 4, 1);
    byte[] image = image(grey, new SplittableRandom(5));

    assertThat(changed(image, grey, Step.of(ImageOperation.COLOR, 0.1))).isEqualTo(image);
    assertThat(ImageOperation.COLOR.colourOnly()).isTrue();
    assertThat(ImageOperation.COLOR.changes(grey)).isFalse();
    assertThat(ImageOperation.COLOR.changes(new ImageShape(5, 4, 3))).isTrue();
    assertThat(
            Arrays.stream(ImageOperation.values())
                .filter(operation -> !operation.changes(new ImageShape(5, 4, 3))))
        .containsExactly(ImageOperation.IDENTITY);
  }

  @Test
  void whatIsLeftEmptyIsFilled() {
    ImageShape shape = new ImageShape(4, 4, 3);
    Canvas canvas = new Canvas(shape, 255, 200);

    canvas.apply(List.of(Step.of(ImageOperation.TRANSLATE_X, -3)));

    assertThat(canvas.pixels()).startsWith(-56, -56, -56, -56, -56, -56, -56, -56, -56, 0);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> Step.of(ImageOperation.POSTERIZE, 0))
        .isInstanceOf(InputException.class)
        .hasMessage("the value of posterize must be from 1.0 to 8.0, got 0.0");
    assertThatThrownBy(() -> Step.of(ImageOperation.ROTATE, Double.NaN))
        .hasMessageContaining("got NaN");
    Canvas canvas = new Canvas(new ImageShape(8, 9, 1), 255, 0);
    assertThatThrownBy(() -> canvas.apply(List.of(Step.of(ImageOperation.TRANSLATE_Y, -10))))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "translateY moves by 10.0 pixels, and the images are 8 high: nothing would be left of"
                + " them");
  }

  private static byte[] changed(byte[] image, ImageShape shape, Step... steps) {
    Canvas canvas = new Canvas(shape, 255, 0);
    canvas.load(image);
    canvas.apply(List.of(steps));
    return canvas.pixels().clone();
  }

  private static byte[] image(ImageShape shape, RandomGenerator random) {
    byte[] image = new byte[shape.size()];
    random.nextBytes(image);
    return image;
  }
}
