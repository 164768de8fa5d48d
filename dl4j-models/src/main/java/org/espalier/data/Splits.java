package org.espalier.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.espalier.storage.Hashes;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;

/** Parts data sets into training, validation and test. */
public final class Splits {
  /** Unsigned 53-bit fractions of the hash. */
  private static final double HASH_UNIT = 0x1.0p-53;

  private Splits() {}

  /**
   * Parts a data set. Official parts stay as they are; the others are dealt from the rest.
   *
   * @param data to part
   * @param settings how
   * @throws InputException if a class would be left without a training example
   */
  public static Split split(LabelledData data, SplitSettings settings) {
    boolean officialValidation = data.officialValidation() > 0;
    boolean officialTest = data.officialTest() > 0;
    double validationShare = officialValidation ? 0 : settings.validationShare();
    double testShare = officialTest ? 0 : settings.testShare();
    int[][] parts =
        switch (settings.method()) {
          case STRATIFIED -> stratified(data, testShare, validationShare, settings.seed());
          case HASH -> hashed(data, testShare, validationShare, settings.seed());
        };
    Split whole =
        new Split(
            data.fingerprint(),
            settings,
            officialTest,
            parts[0],
            officialValidation ? data.officialValidationExamples() : parts[1],
            officialTest ? data.officialTestExamples() : parts[2]);
    Split split = whole.learningFrom(settings.trainingShare());
    requireAllClasses(data, split.train(), settings);
    return split;
  }

  /**
   * How many validation and test examples have the same pixels as an example of an earlier part (in
   * the order training, validation, test): a warning, since they make results look better.
   *
   * @param data that is parted
   * @param split of these data
   */
  public static int duplicatesAcrossParts(LabelledData data, Split split) {
    long[] train = hashes(data.images(), split.train());
    long[] validation = hashes(data.images(), split.validation());
    long[] test = hashes(data.images(), split.test());
    Arrays.sort(train);
    long ofTraining = LongStream.of(validation).filter(hash -> contains(train, hash)).count();
    Arrays.sort(validation);
    long ofBoth =
        LongStream.of(test)
            .filter(hash -> contains(train, hash) || contains(validation, hash))
            .count();
    return Math.toIntExact(ofTraining + ofBoth);
  }

  private static boolean contains(long[] sorted, long hash) {
    return Arrays.binarySearch(sorted, hash) >= 0;
  }

  /** 64 bits of SHA-256 each, in which no two images of any data set meet by chance. */
  private static long[] hashes(ImageDataset images, int[] examples) {
    return IntStream.of(examples).mapToLong(example -> hash(images, example)).toArray();
  }

  private static int[][] stratified(
      LabelledData data, double testShare, double validationShare, long seed) {
    ImageDataset images = data.images();
    int[] parts = new int[data.poolSize()];
    int seen = 0;
    for (int label = 0; label < images.classes().size(); label++) {
      int wanted = label;
      int[] members = Arrays.stream(data.pool()).filter(e -> images.label(e) == wanted).toArray();
      shuffle(members, Seeds.generator(seed, label));
      int test = share(testShare, seen, members.length);
      int validation = share(validationShare, seen, members.length);
      // However small a class is, one of its images is learned from.
      int dealt = Math.min(test + validation, members.length - 1);
      for (int i = 0; i < dealt; i++) {
        parts[members[i]] = i < test ? 2 : 1;
      }
      seen += members.length;
    }
    return byPart(parts);
  }

  /** How many of the next class, so that the total over the classes is the share, rounded. */
  private static int share(double share, int before, int count) {
    return (int) (StrictMath.rint(share * (before + count)) - StrictMath.rint(share * before));
  }

  private static int[][] hashed(
      LabelledData data, double testShare, double validationShare, long seed) {
    int[] parts = new int[data.poolSize()];
    for (int example = 0; example < parts.length; example++) {
      double place = (Seeds.mix(seed, hash(data.images(), example)) >>> 11) * HASH_UNIT;
      parts[example] = place < testShare ? 2 : place < testShare + validationShare ? 1 : 0;
    }
    return byPart(parts);
  }

  private static int[][] byPart(int[] parts) {
    return IntStream.range(0, 3)
        .mapToObj(p -> IntStream.range(0, parts.length).filter(e -> parts[e] == p).toArray())
        .toArray(int[][]::new);
  }

  private static void requireAllClasses(LabelledData data, int[] train, SplitSettings settings) {
    int[] counts = data.images().classCounts(train);
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] == 0) {
        throw new InputException(
            "class '%s' has no training example after the split; %s"
                .formatted(
                    data.images().classes().get(label),
                    settings.trainingShare() < 1
                        ? "raise trainingShare, %s now".formatted(settings.trainingShare())
                        : "give training a larger share or deal by 'method: stratified'"));
      }
    }
  }

  /** The order of Fisher and Yates. */
  public static void shuffle(int[] numbers, RandomGenerator random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = moved;
    }
  }

  private static long hash(ImageDataset images, int example) {
    MessageDigest digest = Hashes.sha256();
    digest.update(images.image(example));
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
