package org.espalier.augment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.OptionalDouble;
import org.espalier.network.ImageShape;
import org.espalier.text.InputException;

/**
 * A change of an image that usually keeps its class. Each is what Pillow does, to the last bit:
 * geometric ones are its affine transformation with the nearest pixel, the others are those of its
 * {@code ImageOps} and {@code ImageEnhance}. The set is that of Cubuk et al., "AutoAugment:
 * Learning Augmentation Strategies from Data", CVPR 2019, table 6, with the flip in place of sample
 * pairing, which needs a second image.
 */
public enum ImageOperation {
  /** Nothing. */
  IDENTITY("identity") {
    @Override
    void apply(Canvas canvas, Step step) {}
  },
  /** Moves each row by the value times its number. */
  SHEAR_X("shearX", -Most.SHEAR, Most.SHEAR, 0) {
    @Override
    void apply(Canvas canvas, Step step) {
      new Affine(1, step.value(), 0, 0, 1, 0).paint(canvas);
    }
  },
  /** Moves each column by the value times its number. */
  SHEAR_Y("shearY", -Most.SHEAR, Most.SHEAR, 0) {
    @Override
    void apply(Canvas canvas, Step step) {
      new Affine(1, 0, 0, step.value(), 1, 0).paint(canvas);
    }
  },
  /** Moves the image to the left by some pixels. */
  TRANSLATE_X("translateX", -Most.SIDE, Most.SIDE, 0) {
    @Override
    void apply(Canvas canvas, Step step) {
      checkInside(step.value(), canvas.shape().width(), "wide");
      new Affine(1, 0, step.value(), 0, 1, 0).paint(canvas);
    }
  },
  /** Moves the image up by some pixels. */
  TRANSLATE_Y("translateY", -Most.SIDE, Most.SIDE, 0) {
    @Override
    void apply(Canvas canvas, Step step) {
      checkInside(step.value(), canvas.shape().height(), "high");
      new Affine(1, 0, 0, 0, 1, step.value()).paint(canvas);
    }
  },
  /** Turns the image around its centre by some degrees, counter-clockwise. */
  ROTATE("rotate", -360, 360, 0) {
    @Override
    void apply(Canvas canvas, Step step) {
      Affine.rotation(canvas.shape(), step.value()).paint(canvas);
    }
  },
  /** Stretches each channel so that its darkest value is black and its lightest white. */
  AUTO_CONTRAST("autoContrast") {
    @Override
    void apply(Canvas canvas, Step step) {
      Tones.autoContrast(canvas);
    }
  },
  /** Exchanges black and white. */
  INVERT("invert") {
    @Override
    void apply(Canvas canvas, Step step) {
      Tones.invert(canvas);
    }
  },
  /** Makes all values of each channel about equally frequent. */
  EQUALIZE("equalize") {
    @Override
    void apply(Canvas canvas, Step step) {
      Tones.equalize(canvas);
    }
  },
  /** Inverts the pixels from a value on. */
  SOLARIZE("solarize", 0, 256, 256) {
    @Override
    void apply(Canvas canvas, Step step) {
      Tones.solarize(canvas, step.value());
    }
  },
  /** Keeps some bits of each value, the higher ones. */
  POSTERIZE("posterize", 1, 8, 8) {
    @Override
    void apply(Canvas canvas, Step step) {
      Tones.posterize(canvas, (int) step.value());
    }
  },
  /** Moves values away from the image's mean by a factor. */
  CONTRAST("contrast", 0, Most.FACTOR, 1) {
    @Override
    void apply(Canvas canvas, Step step) {
      Enhancements.contrast(canvas, (float) step.value());
    }
  },
  /** Moves values away from the pixel's grey by a factor. */
  COLOR("color", 0, Most.FACTOR, 1) {
    @Override
    void apply(Canvas canvas, Step step) {
      Enhancements.color(canvas, (float) step.value());
    }
  },
  /** Moves values away from black by a factor. */
  BRIGHTNESS("brightness", 0, Most.FACTOR, 1) {
    @Override
    void apply(Canvas canvas, Step step) {
      Enhancements.brightness(canvas, (float) step.value());
    }
  },
  /** Moves values away from those of the smoothed image by a factor. */
  SHARPNESS("sharpness", 0, Most.FACTOR, 1) {
    @Override
    void apply(Canvas canvas, Step step) {
      Enhancements.sharpness(canvas, (float) step.value());
    }
  },
  /** Fills a square of some pixels a side. */
  CUTOUT("cutout", 0, Most.SIDE, 0) {
    @Override
    void apply(Canvas canvas, Step step) {
      canvas.fillSquare(step.row(), step.column(), (int) step.value());
    }
  },
  /** Exchanges left and right. */
  HORIZONTAL_FLIP("horizontalFlip") {
    @Override
    void apply(Canvas canvas, Step step) {
      canvas.flip();
    }
  };

  private final String word;
  private final double least;
  private final double most;
  private final double identity;

  /** An operation without a value. */
  ImageOperation(String word) {
    this(word, 0, 0, Double.NaN);
  }

  ImageOperation(String word, double least, double most, double identity) {
    this.word = word;
    this.least = least;
    this.most = most;
    this.identity = identity;
  }

  /** Changes the image on a canvas. */
  abstract void apply(Canvas canvas, Step step);

  /** What it is called in configurations and files. */
  @JsonValue
  @Override
  public String toString() {
    return word;
  }

  /**
   * Whether it leaves grey images, which have one channel, as they are whatever its value is.
   * Nothing else than colour is changed by it.
   */
  public boolean colourOnly() {
    return this == COLOR;
  }

  /** Whether it does something to images of a shape. */
  public boolean changes(ImageShape shape) {
    return this != IDENTITY && !(colourOnly() && shape.channels() == 1);
  }

  /** The value that leaves every image as it is; empty if there is none. */
  public OptionalDouble identity() {
    return Double.isNaN(identity) ? OptionalDouble.empty() : OptionalDouble.of(identity);
  }

  /** Refuses a value out of range. */
  void check(double value) {
    if (!(value >= least && value <= most)) {
      throw new InputException(
          "the value of %s must be from %s to %s, got %s".formatted(word, least, most, value));
    }
  }

  void checkInside(double pixels, int side, String how) {
    if (Math.abs(pixels) > side) {
      throw new InputException(
          "%s moves by %s pixels, and the images are %s %s: nothing would be left of them"
              .formatted(word, Math.abs(pixels), side, how));
    }
  }

  /** The largest values there may be; far above every use. */
  private static final class Most {
    private static final double SHEAR = 4;
    private static final double SIDE = 4096;
    private static final double FACTOR = 100;
  }
}
