package org.espalier.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.network.ImageShape;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.text.InputException;

/**
 * Random changes to training images: operations of a policy, then the standard augmentation of
 * small images, which is shift with zero padding ("crop"), horizontal flip (both as in He et al.,
 * CVPR 2016, section 4.2) and cutout (DeVries and Taylor, arXiv 1708.04552, 2017).
 *
 * @param cropPadding largest shift up, down, left or right, in pixels; 0 for none; usually 4 for 32
 *     x 32 images; default 0
 * @param horizontalFlip whether half of the images are mirrored; default false
 * @param cutout side of the square that is set to the training mean, in pixels; 0 for none; usually
 *     16 for 32 x 32 images; default 0
 * @param policy which operations come first; default none
 * @param greyImages what becomes of the policy's operations of colour where images are grey;
 *     default skip
 * @param fill value of pixels that the policy's operations leave empty, from 0 (black) to 255
 *     (white) whatever the data's largest value; default 0, 128 in some programs
 */
public record Augmentation(
    @Range(min = 0, max = Augmentation.LARGEST) Integer cropPadding,
    Boolean horizontalFlip,
    @Range(min = 0, max = Augmentation.LARGEST) Integer cutout,
    Policy policy,
    GreyImages greyImages,
    @Range(min = 0, max = 255) Integer fill) {
  /** Leaves images as they are. */
  public static final Augmentation NONE = standard(0, false, 0);

  /** Sides of images end here, and sums of a few such numbers never overflow. */
  private static final int LARGEST = 4096;

  public Augmentation {
    cropPadding = Checks.given(cropPadding, 0);
    horizontalFlip = Checks.given(horizontalFlip, false);
    cutout = Checks.given(cutout, 0);
    policy = Checks.given(policy, new Policy.None());
    greyImages = Checks.given(greyImages, GreyImages.SKIP);
    fill = Checks.given(fill, 0);
    Checks.ranges(
        Augmentation.class, cropPadding, horizontalFlip, cutout, policy, greyImages, fill);
  }

  /** The standard augmentation alone, without a policy. */
  public static Augmentation standard(Integer cropPadding, Boolean horizontalFlip, Integer cutout) {
    return new Augmentation(cropPadding, horizontalFlip, cutout, null, null, null);
  }

  /** The same with another policy. */
  public Augmentation withPolicy(Policy changed) {
    return new Augmentation(cropPadding, horizontalFlip, cutout, changed, greyImages, fill);
  }

  /** Whether operations of a policy come first. */
  public boolean hasPolicy() {
    return !(policy instanceof Policy.None);
  }

  /**
   * Refuses images that the policy is not for.
   *
   * @throws InputException if it has an operation of colour, the images are grey and such are to be
   *     refused
   */
  public void checkMeantFor(ImageShape images) {
    if (greyImages == GreyImages.REFUSE && images.channels() == 1) {
      policy.repertoire().stream()
          .filter(ImageOperation::colourOnly)
          .findFirst()
          .ifPresent(
              operation -> {
                throw new InputException(
                    "the augmentation policy has the operation %s, which does nothing to grey images: take another policy, or set greyImages: skip"
                        .formatted(operation));
              });
    }
  }

  /**
   * Draws which operations change one image before its {@linkplain #draw placement}.
   *
   * @param shape of the image
   * @param random decides
   * @return for a {@link Canvas}; perhaps nothing
   */
  public List<Step> steps(ImageShape shape, RandomGenerator random) {
    return policy.draw(shape, random);
  }

  /**
   * Draws where the pixels of one image go. The square's centre is anywhere in the image, so the
   * square may stick out.
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
