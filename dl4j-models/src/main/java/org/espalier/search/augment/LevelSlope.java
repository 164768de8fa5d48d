package org.espalier.search.augment;

import java.util.Set;
import org.espalier.augment.ImageOperation;

/** How the derivative of rewards by the level of an operation is taken. */
public enum LevelSlope {
  /**
   * Through pixels, whose derivative is taken as 1 for each operation (Li et al., "DADA", ECCV
   * 2020, section 3.3).
   */
  STRAIGHT_THROUGH {
    @Override
    boolean byDifference(ImageOperation operation) {
      return false;
    }
  },
  /**
   * Through pixels: where they are linear in the level, as of contrast, colour, brightness and
   * sharpness, by what they are at two levels; straight through elsewhere.
   */
  EXACT {
    @Override
    boolean byDifference(ImageOperation operation) {
      return LINEAR.contains(operation);
    }
  },
  /**
   * Through pixels: of all operations with a level by what they are at two levels, one a little
   * higher.
   */
  DIFFERENCE {
    @Override
    boolean byDifference(ImageOperation operation) {
      return true;
    }
  },
  /**
   * Not through pixels: levels are drawn around their mean, with a normal deviation of 1 of their
   * logits, and the slope is that of the rewards by what was drawn (REINFORCE, Williams, 1992).
   */
  SCORE {
    @Override
    boolean byDifference(ImageOperation operation) {
      return false;
    }

    @Override
    double spread() {
      return 1;
    }
  };

  private static final Set<ImageOperation> LINEAR =
      Set.of(
          ImageOperation.CONTRAST,
          ImageOperation.COLOR,
          ImageOperation.BRIGHTNESS,
          ImageOperation.SHARPNESS);

  /** Whether a pixel's derivative is taken from what it is at two levels. */
  abstract boolean byDifference(ImageOperation operation);

  /** Whether it needs derivatives by pixels. */
  boolean throughPixels() {
    return spread() == 0;
  }

  /** Deviation of the logits of levels while images are changed; 0 if levels are as they are. */
  double spread() {
    return 0;
  }
}
