package org.espalier.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.espalier.network.ImageShape;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final ImageShape SHAPE = new ImageShape(4, 5, 3);

  @Test
  void renderingEqualsAPixelByPixelReference() {
    SplittableRandom random = new SplittableRandom(2);
    for (int trial = 0; trial < 500; trial++) {
      ImageShape shape = new ImageShape(1 + trial % 5, 1 + trial % 7, 1 + trial % 3);
      Augmentation augmentation = Augmentation.standard(trial % 9, trial % 2 == 0, trial % 4);
      Placement placement = augmentation.draw(shape, random);
      byte[] pixels = new byte[shape.size() + 3];
      random.nextBytes(pixels);
      float[] levels = levels(shape.channels());
      float[] target = new float[shape.size() + 2];

      placement.render(pixels, 3, shape, levels, target, 1);

      assertThat(target).isEqualTo(reference(placement, pixels, shape, levels));
    }
  }

  @Test
  void everyShiftFlipAndCornerIsDrawnAndNoOther() {
    SplittableRandom random = new SplittableRandom(4);
    Augmentation augmentation = Augmentation.standard(2, true, 3);
    TreeSet<Integer> down = new TreeSet<>();
    TreeSet<Integer> right = new TreeSet<>();
    TreeSet<Integer> tops = new TreeSet<>();
    TreeSet<Integer> lefts = new TreeSet<>();
    int flips = 0;

    for (int trial = 0; trial < 2000; trial++) {
      Placement placement = augmentation.draw(SHAPE, random);
      down.add(placement.down());
      right.add(placement.right());
      tops.add(placement.holeTop());
      lefts.add(placement.holeLeft());
      flips += placement.flipped() ? 1 : 0;
    }

    assertThat(down).containsExactly(-2, -1, 0, 1, 2);
    assertThat(right).containsExactly(-2, -1, 0, 1, 2);
    assertThat(tops).containsExactly(-1, 0, 1, 2);
    assertThat(lefts).containsExactly(-1, 0, 1, 2, 3);
    // Six standard deviations are 134; the seed is fixed.
    assertThat(flips).isBetween(1000 - 134, 1000 + 134);
  }

  @Test
  void settingsDoNotShiftTheStreamOfOthers() {
    Placement plain = Augmentation.standard(2, false, 0).draw(SHAPE, new SplittableRandom(9));
    Placement more = Augmentation.standard(2, true, 2).draw(SHAPE, new SplittableRandom(9));

    assertThat(more.down()).isEqualTo(plain.down());
    assertThat(more.right()).isEqualTo(plain.right());
    assertThat(more.holeTop() + 1).isEqualTo(plain.holeTop());
  }

  @Test
  void noAugmentationLeavesTheImage() {
    Placement placement = Augmentation.NONE.draw(SHAPE, new SplittableRandom(1));
    byte[] pixels = new byte[SHAPE.size()];
    new SplittableRandom(8).nextBytes(pixels);
    float[] target = new float[SHAPE.size()];
    float[] expected = new float[SHAPE.size()];
    float[] levels = levels(3);

    placement.render(pixels, 0, SHAPE, levels, target, 0);
    Placement.IDENTITY.render(pixels, 0, SHAPE, levels, expected, 0);

    assertThat(target).isEqualTo(expected);
    assertThat(target[4]).isEqualTo(levels[256 + (pixels[4] & 255)]);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Augmentation.standard(-1, null, null))
        .withMessageContaining("cropPadding must be from 0 to 4096, got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Augmentation.standard(null, null, -2))
        .withMessageContaining("cutout must be from 0 to 4096, got -2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Augmentation.standard(Integer.MAX_VALUE, null, null))
        .withMessageContaining("cropPadding must be from 0 to 4096, got 2147483647");
    assertThat(Augmentation.standard(4096, null, 4096).cutout()).isEqualTo(4096);
    assertThat(Augmentation.standard(null, null, null)).isEqualTo(Augmentation.NONE);
  }

  /** Level {@code v} of channel {@code c} is {@code 1000 c + v + 1}, so that blank is never 0. */
  private static float[] levels(int channels) {
    float[] levels = new float[channels * 256];
    for (int channel = 0; channel < channels; channel++) {
      for (int value = 0; value < 256; value++) {
        levels[channel * 256 + value] = 1000f * channel + value + 1;
      }
    }
    return levels;
  }

  /** Looks up where each pixel comes from; the image begins at byte 3 and is written from 1 on. */
  private static float[] reference(Placement p, byte[] pixels, ImageShape shape, float[] levels) {
    float[] target = new float[shape.size() + 2];
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        for (int c = 0; c < shape.channels(); c++) {
          int fromY = y - p.down();
          int fromX = p.flipped() ? shape.width() - 1 - (x - p.right()) : x - p.right();
          boolean inside =
              fromY >= 0 && fromY < shape.height() && fromX >= 0 && fromX < shape.width();
          int value =
              inside ? pixels[3 + (fromY * shape.width() + fromX) * shape.channels() + c] & 255 : 0;
          boolean hole =
              y >= p.holeTop()
                  && y < p.holeTop() + p.holeSide()
                  && x >= p.holeLeft()
                  && x < p.holeLeft() + p.holeSide();
          target[1 + (y * shape.width() + x) * shape.channels() + c] =
              hole ? 0 : levels[c * 256 + value];
        }
      }
    }
    return target;
  }
}
