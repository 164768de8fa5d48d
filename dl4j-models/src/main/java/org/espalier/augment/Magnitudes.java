package org.espalier.augment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.espalier.network.ImageShape;

/**
 * What levels from 0 to 1 mean as values of operations: a table for each family of papers. A row is
 * the value at level 0 and at level 1; between them it is linear.
 */
public enum Magnitudes {
  /**
   * Cubuk et al., "AutoAugment", CVPR 2019, table 6, as DADA (Li et al., ECCV 2020) and Fast
   * AutoAugment (Lim et al., NeurIPS 2019) have it: factors rise with the level, so 0.5 is the
   * image itself.
   */
  @JsonProperty("autoAugment")
  AUTO_AUGMENT,
  /**
   * The same, but factors go away from 1, up or down: with one level for all operations, as in
   * Cubuk et al., "RandAugment", NeurIPS 2020, a higher one is then stronger for each.
   */
  @JsonProperty("randAugment")
  RAND_AUGMENT,
  /** Müller and Hutter, "TrivialAugment", ICCV 2021, table 2, the wide ranges. */
  @JsonProperty("trivialAugment")
  TRIVIAL_AUGMENT;

  private static final Map<Magnitudes, Map<ImageOperation, Scale>> TABLES =
      Map.of(
          AUTO_AUGMENT, table(narrow(), factors(Scale.plain(0.1, 1.9))),
          RAND_AUGMENT, table(narrow(), factors(Scale.mirrored(1, 1.9))),
          TRIVIAL_AUGMENT, table(wide(), factors(Scale.plain(0.01, 2))));

  private static Map<ImageOperation, Scale> narrow() {
    return Map.of(
        ImageOperation.SHEAR_X, Scale.mirrored(0, 0.3),
        ImageOperation.SHEAR_Y, Scale.mirrored(0, 0.3),
        ImageOperation.TRANSLATE_X, new Scale(0, 0.45, true, Unit.WIDTH),
        ImageOperation.TRANSLATE_Y, new Scale(0, 0.45, true, Unit.HEIGHT),
        ImageOperation.ROTATE, Scale.mirrored(0, 30),
        ImageOperation.SOLARIZE, Scale.plain(256, 0),
        ImageOperation.POSTERIZE, Scale.plain(8, 4),
        ImageOperation.CUTOUT, new Scale(0, 0.2, false, Unit.WIDTH));
  }

  private static Map<ImageOperation, Scale> wide() {
    return Map.of(
        ImageOperation.SHEAR_X, Scale.mirrored(0, 0.99),
        ImageOperation.SHEAR_Y, Scale.mirrored(0, 0.99),
        ImageOperation.TRANSLATE_X, new Scale(0, 32, true, Unit.PIXELS_OF_WIDTH),
        ImageOperation.TRANSLATE_Y, new Scale(0, 32, true, Unit.PIXELS_OF_HEIGHT),
        ImageOperation.ROTATE, Scale.mirrored(0, 135),
        ImageOperation.SOLARIZE, Scale.plain(256, 0),
        ImageOperation.POSTERIZE, Scale.plain(8, 2),
        ImageOperation.CUTOUT, new Scale(0, 0.6, false, Unit.WIDTH));
  }

  private static Map<ImageOperation, Scale> factors(Scale scale) {
    return Map.of(
        ImageOperation.CONTRAST, scale,
        ImageOperation.COLOR, scale,
        ImageOperation.BRIGHTNESS, scale,
        ImageOperation.SHARPNESS, scale);
  }

  /** Operations without a row have no value. */
  private static Map<ImageOperation, Scale> table(
      Map<ImageOperation, Scale> rows, Map<ImageOperation, Scale> more) {
    Map<ImageOperation, Scale> table = new EnumMap<>(ImageOperation.class);
    for (ImageOperation operation : ImageOperation.values()) {
      table.put(operation, Scale.plain(0, 0));
    }
    table.putAll(rows);
    table.putAll(more);
    return table;
  }

  /**
   * The value of an operation, without its sign.
   *
   * @param level from 0 to 1
   * @param shape of the images
   */
  public double value(ImageOperation operation, double level, ImageShape shape) {
    return scale(operation).value(level, shape);
  }

  /** Whether the value is mirrored at that of the identity for half of the images. */
  public boolean mirrored(ImageOperation operation) {
    return scale(operation).mirrored();
  }

  /** The level at which an operation leaves images as they are; empty if there is none. */
  public OptionalDouble identityLevel(ImageOperation operation) {
    OptionalDouble identity = operation.identity();
    return identity.isPresent()
        ? OptionalDouble.of(scale(operation).level(identity.getAsDouble()))
        : identity;
  }

  /**
   * An operation at a level as it is applied to one image.
   *
   * @param level from 0 to 1
   * @param shape of the image
   * @param random decides on the sign and on the place of a square
   */
  public Step draw(
      ImageOperation operation, double level, ImageShape shape, RandomGenerator random) {
    double value = value(operation, level, shape);
    if (mirrored(operation) && random.nextBoolean()) {
      value = 2 * operation.identity().orElse(0) - value;
    }
    return operation == ImageOperation.CUTOUT
        ? new Step(operation, value, random.nextInt(shape.height()), random.nextInt(shape.width()))
        : Step.of(operation, value);
  }

  private Scale scale(ImageOperation operation) {
    return TABLES.get(this).get(operation);
  }

  /** What the numbers of a row count. */
  private enum Unit {
    ONE,
    WIDTH,
    HEIGHT,
    /** Pixels, at most all of them: the papers' figures are for images that are large enough. */
    PIXELS_OF_WIDTH,
    PIXELS_OF_HEIGHT;

    double of(double number, ImageShape shape) {
      return switch (this) {
        case ONE -> number;
        case WIDTH -> number * shape.width();
        case HEIGHT -> number * shape.height();
        case PIXELS_OF_WIDTH -> Math.min(number, shape.width());
        case PIXELS_OF_HEIGHT -> Math.min(number, shape.height());
      };
    }
  }

  private record Scale(double first, double last, boolean mirrored, Unit unit) {
    static Scale plain(double first, double last) {
      return new Scale(first, last, false, Unit.ONE);
    }

    static Scale mirrored(double first, double last) {
      return new Scale(first, last, true, Unit.ONE);
    }

    double value(double level, ImageShape shape) {
      double start = unit.of(first, shape);
      return start + level * (unit.of(last, shape) - start);
    }

    double level(double value) {
      return (value - first) / (last - first);
    }
  }
}
