package org.espalier.data;

import java.util.stream.IntStream;
import org.espalier.storage.Hashes;

/**
 * A data set as it was published: the images to learn from and, behind them, the official test
 * images if there are any. Examples are numbered through, so one set of numbers serves all parts.
 *
 * @param images all images; the official test part is at the end
 * @param officialTest how many of the last images are the official test part; 0 if there is none
 */
public record LabelledData(ImageDataset images, int officialTest) {
  public LabelledData {
    if (officialTest < 0 || officialTest >= images.size()) {
      throw new IllegalArgumentException(
          "officialTest must be in 0..%d, got %d".formatted(images.size() - 1, officialTest));
    }
  }

  /** How many images come before the official test part. */
  public int poolSize() {
    return images.size() - officialTest;
  }

  /** Numbers of the examples that training and validation are taken from. */
  public int[] pool() {
    return IntStream.range(0, poolSize()).toArray();
  }

  /** Numbers of the official test examples; empty if there are none. */
  public int[] officialTestExamples() {
    return IntStream.range(poolSize(), images.size()).toArray();
  }

  /**
   * SHA-256, as 64 hexadecimal digits, over the images' own fingerprint and the size of the
   * official test part.
   */
  public String fingerprint() {
    return Hashes.hex(images.fingerprint() + ' ' + officialTest);
  }
}
