package org.espalier.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.espalier.network.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MagnitudesTest {
  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);

  @ParameterizedTest
  @CsvSource({
    "AUTO_AUGMENT, SHEAR_X, 0, 0.3, true",
    "AUTO_AUGMENT, TRANSLATE_Y, 0, 14.4, true",
    "AUTO_AUGMENT, ROTATE, 0, 30, true",
    "AUTO_AUGMENT, SOLARIZE, 256, 0, false",
    "AUTO_AUGMENT, POSTERIZE, 8, 4, false",
    "AUTO_AUGMENT, COLOR, 0.1, 1.9, false",
    "AUTO_AUGMENT, CUTOUT, 0, 6.4, false",
    "AUTO_AUGMENT, EQUALIZE, 0, 0, false",
    "RAND_AUGMENT, SHARPNESS, 1, 1.9, true",
    "RAND_AUGMENT, ROTATE, 0, 30, true",
    "TRIVIAL_AUGMENT, SHEAR_Y, 0, 0.99, true",
    "TRIVIAL_AUGMENT, TRANSLATE_X, 0, 32, true",
    "TRIVIAL_AUGMENT, ROTATE, 0, 135, true",
    "TRIVIAL_AUGMENT, POSTERIZE, 8, 2, false",
    "TRIVIAL_AUGMENT, BRIGHTNESS, 0.01, 2, false",
    "TRIVIAL_AUGMENT, CUTOUT, 0, 19.2, false"
  })
  void theTablesSayWhatThePapersSay(
      Magnitudes magnitudes,
      ImageOperation operation,
      double first,
      double last,
      boolean mirrored) {
    assertThat(magnitudes.value(operation, 0, CIFAR)).isEqualTo(first);
    assertThat(magnitudes.value(operation, 1, CIFAR)).isEqualTo(last, within(1e-12));
    assertThat(magnitudes.value(operation, 0.5, CIFAR))
        .isEqualTo((first + last) / 2, within(1e-12));
    assertThat(magnitudes.mirrored(operation)).isEqualTo(mirrored);
  }

  @Test
  void pixelsOfThePapersAreNoMoreThanThereAre() {
    ImageShape small = new ImageShape(8, 28, 1);

    assertThat(Magnitudes.TRIVIAL_AUGMENT.value(ImageOperation.TRANSLATE_X, 0.5, small))
        .isEqualTo(14);
    assertThat(Magnitudes.TRIVIAL_AUGMENT.value(ImageOperation.TRANSLATE_Y, 1, small)).isEqualTo(8);
    assertThat(
            Magnitudes.TRIVIAL_AUGMENT.value(
                ImageOperation.TRANSLATE_X, 1, new ImageShape(224, 224, 3)))
        .isEqualTo(32);
  }

  @ParameterizedTest
  @EnumSource
  void atTheIdentityLevelNothingHappens(Magnitudes magnitudes) {
    SplittableRandom random = new SplittableRandom(3);
    byte[] image = new byte[CIFAR.size()];
    random.nextBytes(image);
    Canvas canvas = new Canvas(CIFAR, 255, 0);

    for (ImageOperation operation : ImageOperation.values()) {
      magnitudes
          .identityLevel(operation)
          .ifPresent(
              level -> {
                canvas.load(image);
                canvas.apply(List.of(magnitudes.draw(operation, level, CIFAR, random)));
                assertThat(canvas.pixels()).as("%s", operation).isEqualTo(image);
              });
    }
    assertThat(Magnitudes.AUTO_AUGMENT.identityLevel(ImageOperation.COLOR).getAsDouble())
        .isEqualTo(0.5, within(1e-12));
    assertThat(magnitudes.identityLevel(ImageOperation.INVERT)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyOperationCanBeDrawnAtEveryLevel(Magnitudes magnitudes) {
    SplittableRandom random = new SplittableRandom(4);
    Canvas canvas = new Canvas(CIFAR, 255, 128);
    byte[] image = new byte[CIFAR.size()];

    for (ImageOperation operation : ImageOperation.values()) {
      TreeSet<Double> values = new TreeSet<>();
      for (int i = 0; i <= 30; i++) {
        random.nextBytes(image);
        canvas.load(image);
        Step step = magnitudes.draw(operation, i / 30.0, CIFAR, random);
        canvas.apply(List.of(step));
        values.add(step.value());
      }
      double identity = operation.identity().orElse(0);
      if (magnitudes.mirrored(operation)) {
        assertThat(values.first()).isLessThan(identity);
        assertThat(values.last()).isGreaterThan(identity);
      }
    }
  }

  @Test
  void bothSignsAreEquallyLikely() {
    SplittableRandom random = new SplittableRandom(5);
    int right = 0;

    for (int i = 0; i < 1000; i++) {
      Step step = Magnitudes.AUTO_AUGMENT.draw(ImageOperation.ROTATE, 0.5, CIFAR, random);
      right += step.value() < 0 ? 1 : 0;
      assertThat(Math.abs(step.value())).isEqualTo(15);
    }

    // Six standard deviations are 95; the seed is fixed.
    assertThat(right).isBetween(405, 595);
  }
}
