package org.espalier.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;

/**
 * How a data set is parted into training, validation and test. Parts that come with the data stay
 * as they are; a setting that only concerns these is refused.
 *
 * @param method how examples are dealt; default stratified
 * @param validationShare share of the pool (what is in no part by publication) that becomes
 *     validation if there is no official validation part, in [0, 1); usually 0.1; default 0.1
 * @param testShare share of the pool that becomes test if there is no official test part, in [0,
 *     1); default 0.25
 * @param trainingShare share of the training part that is learned from, above 0 and at most 1:
 *     fewer images for a look at what is possible, drawn by the seed whatever their classes;
 *     default 1
 * @param seed of the dealing; kept apart from a run's seed, so that runs of different seeds share
 *     one test part; default 1
 */
public record SplitSettings(
    Dealing method,
    @Range(min = 0, below = 1) Double validationShare,
    @Range(min = 0, below = 1) Double testShare,
    @Range(above = 0, max = 1) Double trainingShare,
    Long seed) {
  /** How examples are dealt. */
  public enum Dealing {
    /**
     * Shuffled by the seed, with equal shares of each class, up to one example; each class keeps at
     * least one to learn from.
     */
    @JsonProperty("stratified")
    STRATIFIED,
    /**
     * By a hash of seed and pixels: an image keeps its part when others come or go, and equal
     * images are never in two parts; shares are met only roughly.
     */
    @JsonProperty("hash")
    HASH
  }

  /** All defaults. */
  public static final SplitSettings STANDARD = new SplitSettings(null, null, null, null, null);

  public SplitSettings {
    method = Checks.given(method, Dealing.STRATIFIED);
    validationShare = Checks.given(validationShare, 0.1);
    testShare = Checks.given(testShare, 0.25);
    trainingShare = Checks.given(trainingShare, 1.0);
    seed = Checks.given(seed, 1L);
    Checks.ranges(SplitSettings.class, method, validationShare, testShare, trainingShare, seed);
    if (validationShare + testShare >= 1) {
      throw new SettingException(
          "validationShare",
          "+ testShare must be below 1, got %s + %s".formatted(validationShare, testShare));
    }
  }

  /** All of the training part is learned from. */
  public static SplitSettings of(
      Dealing method, Double validationShare, Double testShare, Long seed) {
    return new SplitSettings(method, validationShare, testShare, null, seed);
  }
}
