package org.espalier.data;

import java.util.stream.IntStream;
import org.espalier.storage.Hashes;

/**
 * A data set as it was published: the images to learn from and, behind them, the official
 * validation and test images if there are any. Examples are numbered through, so one set of numbers
 * serves all parts.
 *
 * @param images all images; the official validation part and then the official test part are at the
 *     end
 * @param officialValidation how many images before the official test part are for validation; 0 if
 *     that part is dealt from those to learn from
 * @param officialTest how many of the last images are the official test part; 0 if there is none
 */
public record LabelledData(ImageDataset images, int officialValidation, int officialTest) {
  public LabelledData {
    if (officialTest < 0 || officialTest >= images.size()) {
      throw new IllegalArgumentException(
          "officialTest must be in 0..%s, got %s".formatted(images.size() - 1, officialTest));
    }
    if (officialValidation < 0 || officialValidation >= images.size() - officialTest) {
      throw new IllegalArgumentException(
          "officialValidation must be in 0..%s, got %s"
              .formatted(images.size() - officialTest - 1, officialValidation));
    }
  }

  /** Data without an official validation part. */
  public LabelledData(ImageDataset images, int officialTest) {
    this(images, 0, officialTest);
  }

  /** How many images come before the official parts. */
  public int poolSize() {
    return images.size() - officialValidation - officialTest;
  }

  /** Numbers of the examples that training, and what is no official part, are taken from. */
  public int[] pool() {
    return IntStream.range(0, poolSize()).toArray();
  }

  /** Numbers of the official validation examples; empty if there are none. */
  public int[] officialValidationExamples() {
    return IntStream.range(poolSize(), images.size() - officialTest).toArray();
  }

  /** Numbers of the official test examples; empty if there are none. */
  public int[] officialTestExamples() {
    return IntStream.range(images.size() - officialTest, images.size()).toArray();
  }

  /**
   * SHA-256, as 64 hexadecimal digits, over the images' own fingerprint and the sizes of the
   * official parts.
   */
  public String fingerprint() {
    String validation = officialValidation == 0 ? "" : officialValidation + " ";
    return Hashes.hex(images.fingerprint() + ' ' + validation + officialTest);
  }
}
