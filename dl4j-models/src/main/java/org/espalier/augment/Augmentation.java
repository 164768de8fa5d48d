package org.espalier.augment;

import java.util.random.RandomGenerator;
import org.espalier.network.ImageShape;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * The standard augmentation of small images: shift with zero padding ("crop"), horizontal flip
 * (both as in He et al., CVPR 2016, section 4.2) and cutout (DeVries and Taylor, arXiv 1708.04552,
 * 2017).
 *
 * @param cropPadding largest shift up, down, left or right, in pixels; 0 for none; usually 4 for 32
 *     x 32 images; default 0
 * @param horizontalFlip whether half of the images are mirrored; default false
 * @param cutout side of the square that is set to the training mean, in pixels; 0 for none; usually
 *     16 for 32 x 32 images; default 0
 */
public record Augmentation(
    @Range(min = 0, max = Augmentation.LARGEST) Integer cropPadding,
    Boolean horizontalFlip,
    @Range(min = 0, max = Augmentation.LARGEST) Integer cutout) {
  /** Leaves images as they are. */
  public static final Augmentation NONE = new Augmentation(0, false, 0);

  /** Sides of images end here, and sums of a few such numbers never overflow. */
  private static final int LARGEST = 4096;

  public Augmentation {
    cropPadding = Checks.given(cropPadding, 0);
    horizontalFlip = Checks.given(horizontalFlip, false);
    cutout = Checks.given(cutout, 0);
    Checks.ranges(Augmentation.class, cropPadding, horizontalFlip, cutout);
  }

  /**
   * Draws what happens to one image. The square's centre is anywhere in the image, so the square
   * may stick out.
   *
   * @param shape of the image
   * @param random decides; as many numbers are drawn whatever the settings are
   */
  public Placement draw(ImageShape shape, RandomGenerator random) {
    int down = random.nextInt(-cropPadding, cropPadding + 1);
    int right = random.nextInt(-cropPadding, cropPadding + 1);
    boolean flipped = random.nextBoolean() && horizontalFlip;
    int top = random.nextInt(shape.height()) - cutout / 2;
    int left = random.nextInt(shape.width()) - cutout / 2;
    return new Placement(down, right, flipped, top, left, cutout);
  }
}
