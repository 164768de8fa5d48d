package org.espalier.search.augment;

import java.util.List;
import java.util.Locale;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.Magnitudes;
import org.espalier.augment.Policy;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;
import org.espalier.search.finals.CandidateSettings;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.policy.Gating;
import org.espalier.search.policy.Lesson;
import org.espalier.search.policy.LstmSettings;
import org.espalier.search.policy.PolicySettings;
import org.espalier.search.policy.RelaxSettings;
import org.espalier.search.policy.RewardSettings;
import org.espalier.settings.Checks;
import org.espalier.settings.Inlined;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;

/**
 * Settings of {@link AugmentSearch}. A component that is left out takes its default.
 *
 * @param family of the network that is trained; default separable
 * @param widths of it; default the usual ones of the family
 * @param operations that a policy may have, each once; those that do nothing to the images, such as
 *     changes of colour to grey ones, are left out; default the 15 of DADA
 * @param magnitudes what levels mean; default autoAugment
 * @param pairs whether sub-policies are all pairs of operations, or each operation by itself;
 *     default false
 * @param kept sub-policies of the policy that is handed over, at least 1; default 5, or 25 of pairs
 * @param policy what learns which sub-policies are in and which operations are applied, from
 *     rewards, drawing each choice by itself; default relax with sigmoid gates: what one sub-policy
 *     gains no other has to lose. One that is given says {@code gates: sigmoid} for these itself
 * @param firstLevel at which all operations begin, above 0 and below 1; default 0.5
 * @param levelRate learning rate of Adam for levels, above 0; default 0.05
 * @param levelSlope how the derivative of rewards by a level is taken; default score
 * @param countWeight of the square of what the sum of the sub-policies' gates is off {@code kept},
 *     as a share of all, which keeps sigmoid gates from all closing or opening; without effect on
 *     others; at least 0; default 0.1
 * @param learning how the network is trained meanwhile; default its defaults
 * @param densityMatching how policies are judged by a network that learned without them; default
 *     none, then by gradients of one that learns with them. If it is given, {@code policy}, {@code
 *     firstLevel}, {@code levelRate}, {@code levelSlope}, {@code countWeight} and {@code learning}
 *     count for nothing
 * @param compared policies whose networks are trained beside that of what is found; default
 *     TrivialAugment and RandAugment
 * @param finals how networks are trained once the policy is known; {@code retrain.augmentation} and
 *     {@code trial.augmentation} are what comes on top of a policy, and have none themselves
 */
public record AugmentSettings(
    ReadyMade.Family family,
    List<@Range(min = 1, max = ReadyMade.WIDEST) Integer> widths,
    List<ImageOperation> operations,
    Magnitudes magnitudes,
    Boolean pairs,
    @Range(min = 1, max = 1000) Integer kept,
    PolicySettings policy,
    @Range(above = 0, below = 1) Double firstLevel,
    @Range(above = 0) Double levelRate,
    LevelSlope levelSlope,
    @Range(min = 0) Double countWeight,
    LearningSettings learning,
    DensitySettings densityMatching,
    List<Policy> compared,
    @Inlined FinalsSettings finals)
    implements CandidateSettings {
  /** The operations of DADA (Li et al., ECCV 2020, section 4). */
  static final List<ImageOperation> USUAL =
      List.of(
          ImageOperation.SHEAR_X,
          ImageOperation.SHEAR_Y,
          ImageOperation.TRANSLATE_X,
          ImageOperation.TRANSLATE_Y,
          ImageOperation.ROTATE,
          ImageOperation.AUTO_CONTRAST,
          ImageOperation.INVERT,
          ImageOperation.EQUALIZE,
          ImageOperation.SOLARIZE,
          ImageOperation.POSTERIZE,
          ImageOperation.CONTRAST,
          ImageOperation.COLOR,
          ImageOperation.BRIGHTNESS,
          ImageOperation.SHARPNESS,
          ImageOperation.CUTOUT);

  /** RELAX with a gate for each sub-policy. */
  private static final PolicySettings RELAX =
      new RelaxSettings(
          null, null, null, new RewardSettings(Gating.SIGMOID, null, null, null, null, null, null));

  public AugmentSettings {
    family = Checks.given(family, ReadyMade.Family.SEPARABLE);
    widths = List.copyOf(Checks.given(widths, family.usualWidths()));
    operations = List.copyOf(Checks.given(operations, USUAL));
    magnitudes = Checks.given(magnitudes, Magnitudes.AUTO_AUGMENT);
    pairs = Checks.given(pairs, false);
    kept = Checks.given(kept, pairs ? 25 : 5);
    policy = Checks.given(policy, RELAX);
    firstLevel = Checks.given(firstLevel, 0.5);
    levelRate = Checks.given(levelRate, 0.05);
    levelSlope = Checks.given(levelSlope, LevelSlope.SCORE);
    countWeight = Checks.given(countWeight, 0.1);
    learning = Checks.given(learning, LearningSettings.STANDARD);
    densityMatching = Checks.given(densityMatching, DensitySettings.none());
    compared =
        List.copyOf(
            Checks.given(
                compared,
                List.of(new Policy.TrivialAugment(), new Policy.RandAugment(null, null))));
    finals = Checks.given(finals, FinalsSettings.defaults());
    Checks.ranges(
        AugmentSettings.class,
        family,
        widths,
        operations,
        magnitudes,
        pairs,
        kept,
        policy,
        firstLevel,
        levelRate,
        levelSlope,
        countWeight,
        learning,
        densityMatching,
        compared,
        finals);
    if (operations.stream().distinct().count() < operations.size() || operations.isEmpty()) {
      throw new SettingException(
          "operations", "must name each once, at least one, got " + operations);
    }
    if (compared.contains(new Policy.None())) {
      throw new SettingException(
          "compared", "must not have none: the network without a policy is always trained beside");
    }
    if (compared.stream().map(AugmentSettings::name).distinct().count() < compared.size()) {
      throw new SettingException("compared", "must name each once, got " + compared);
    }
    if (policy.learnsFrom() != Lesson.REWARDS || policy instanceof LstmSettings) {
      throw new SettingException(
          "policy",
          "must learn from rewards and draw each choice by itself: relax, reinforce or asng");
    }
    if (finals.trial().augmentation().hasPolicy() || finals.retrain().augmentation().hasPolicy()) {
      throw new SettingException(
          "retrain.augmentation.policy",
          "must be left out, in trial.augmentation too: policies are what is compared");
    }
  }

  /**
   * What a policy for some images can be made of.
   *
   * @throws SettingException if no operation does anything to them, or there are fewer than two for
   *     pairs
   */
  PolicyForm form(ImageShape images) {
    List<ImageOperation> changing =
        operations.stream().filter(operation -> operation.changes(images)).toList();
    if (changing.size() < (pairs ? 2 : 1)) {
      throw new SettingException(
          "operations",
          "must have at least %s that change images %s, got %s"
              .formatted(pairs ? 2 : 1, images, operations));
    }
    return pairs
        ? PolicyForm.ofPairs(magnitudes, changing)
        : PolicyForm.ofSingles(magnitudes, changing);
  }

  /**
   * Policies for some images, of {@code kept} sub-policies, with some probabilities and levels.
   *
   * @throws SettingException as {@link #form}
   */
  PolicyChoices choices(ImageShape images, List<Double> probabilities, List<Double> levels) {
    return new PolicyChoices(magnitudes, form(images).subPolicies(), probabilities, levels, kept);
  }

  /** The network for some images. */
  NetworkSpec network(ImageShape images, int classes) {
    return family.build(images, classes, widths);
  }

  /** What a policy that is compared is called. */
  static String name(Policy policy) {
    if (policy instanceof Policy.RandAugment rand) {
      return "randAugment(%s, %s)".formatted(rand.operations(), rand.magnitude());
    }
    if (policy instanceof Policy.AutoAugment auto) {
      return "autoAugment(%s)".formatted(auto.learnedOn());
    }
    if (policy instanceof Policy.File file) {
      return file.path().isEmpty() ? "policy" : file.path();
    }
    return policy instanceof Policy.TrivialAugment ? "trivialAugment" : "no policy";
  }

  @Override
  public String describe() {
    return "a policy of %s operations for a network of the family %s"
        .formatted(
            pairs ? "pairs of" : "single", family.name().toLowerCase(Locale.ROOT).replace("_", ""));
  }
}
