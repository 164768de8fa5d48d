package org.espalier.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.BitSet;
import org.espalier.storage.StableJson;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;

/**
 * Which examples of a {@link LabelledData} are for training, validation and test. No example is in
 * two parts. Immutable; can be written down as JSON.
 */
public final class Split {
  private static final JsonMapper JSON =
      JsonMapper.builder(StableJson.plain())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final long SHARE = 0x5ba4e;

  private final String fingerprint;
  private final SplitSettings settings;
  private final boolean officialTest;
  private final int[] train;
  private final int[] validation;
  private final int[] test;

  /**
   * A split with these parts.
   *
   * @param fingerprint of the {@link LabelledData} that is parted
   * @param settings by which it was parted
   * @param officialTest whether test is the official test part
   * @param train numbers of examples, at least one
   * @param validation numbers of examples
   * @param test numbers of examples
   * @throws IllegalArgumentException if an example is in two parts, or twice in one
   */
  @JsonCreator
  public Split(
      @JsonProperty(value = "fingerprint", required = true) String fingerprint,
      @JsonProperty(value = "settings", required = true) SplitSettings settings,
      @JsonProperty(value = "officialTest", required = true) boolean officialTest,
      @JsonProperty(value = "train", required = true) int[] train,
      @JsonProperty(value = "validation", required = true) int[] validation,
      @JsonProperty(value = "test", required = true) int[] test) {
    this.fingerprint = fingerprint;
    this.settings = settings;
    this.officialTest = officialTest;
    this.train = train.clone();
    this.validation = validation.clone();
    this.test = test.clone();
    if (train.length == 0) {
      throw new InputException("the training part is empty; give it a larger share");
    }
    BitSet seen = new BitSet();
    mark(seen, "train", train);
    mark(seen, "validation", validation);
    mark(seen, "test", test);
  }

  /** Reads what {@link #toJson} wrote. */
  public static Split fromJson(String json) {
    try {
      return JSON.readValue(json, Split.class);
    } catch (JsonProcessingException malformed) {
      throw new InputException("not a split: " + malformed.getOriginalMessage(), malformed);
    }
  }

  /**
   * The same with a share of the training part, at least one example; which ones follows from the
   * seed of the split.
   *
   * @param share above 0 and at most 1
   */
  public Split learningFrom(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be above 0 and at most 1, got " + share);
    }
    if (share == 1) {
      return this;
    }
    int[] shuffled = train.clone();
    Splits.shuffle(shuffled, Seeds.generator(settings.seed(), SHARE));
    int left = Math.max(1, (int) StrictMath.rint(share * train.length));
    int[] some = Arrays.copyOf(shuffled, left);
    Arrays.sort(some);
    return new Split(fingerprint, settings, officialTest, some, validation, test);
  }

  /** Fingerprint, settings and the numbers of all examples. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Fingerprint of the data that is parted. */
  @JsonProperty("fingerprint")
  public String fingerprint() {
    return fingerprint;
  }

  /** How it was parted. */
  @JsonProperty("settings")
  public SplitSettings settings() {
    return settings;
  }

  /** Whether test is the official test part of the data. */
  @JsonProperty("officialTest")
  public boolean officialTest() {
    return officialTest;
  }

  /** Numbers of the training examples. */
  @JsonProperty("train")
  public int[] train() {
    return train.clone();
  }

  /** Numbers of the validation examples. */
  @JsonProperty("validation")
  public int[] validation() {
    return validation.clone();
  }

  /** Numbers of the test examples. */
  @JsonProperty("test")
  public int[] test() {
    return test.clone();
  }

  /**
   * This split, if it is one of these data.
   *
   * @throws IllegalArgumentException if it was made for others
   */
  public Split of(LabelledData data) {
    if (!fingerprint.equals(data.fingerprint())) {
      int then = train.length + validation.length + test.length;
      int now = data.images().size();
      throw new InputException(
          "the data have changed since they were split: %s (fingerprint then %s, now %s)"
              .formatted(
                  then == now
                      ? "as many images, %s, but not the same or not of the same classes"
                          .formatted(now)
                      : "%s images then, %s now".formatted(then, now),
                  fingerprint,
                  data.fingerprint()));
    }
    int most =
        Arrays.stream(new int[][] {train, validation, test})
            .flatMapToInt(Arrays::stream)
            .max()
            .orElse(0);
    if (most >= data.images().size()) {
      throw new InputException(
          "the split names example %s of %s".formatted(most, data.images().size()));
    }
    return this;
  }

  private static void mark(BitSet seen, String part, int[] examples) {
    for (int example : examples) {
      if (example < 0) {
        throw new IllegalArgumentException(part + " names example " + example);
      }
      if (seen.get(example)) {
        throw new IllegalArgumentException(
            "example %s of %s is there twice or in two parts".formatted(example, part));
      }
      seen.set(example);
    }
  }

  @Override
  public String toString() {
    return "%s training, %s validation, %s%s test examples"
        .formatted(train.length, validation.length, test.length, officialTest ? " official" : "");
  }
}
