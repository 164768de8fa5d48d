package org.espalier.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.espalier.network.ImageShape;
import org.espalier.storage.RecordCodec;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {
  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);
  private static final LearnedPolicy LEARNED =
      new LearnedPolicy(
          Magnitudes.AUTO_AUGMENT,
          List.of(
              List.of(new PolicyStep(ImageOperation.ROTATE, 0.25, 0.5)),
              List.of(
                  new PolicyStep(ImageOperation.COLOR, 1.0, 0.125),
                  new PolicyStep(ImageOperation.CUTOUT, 0.5, 1.0))));

  static Stream<Policy> policies() {
    return Stream.of(
        new Policy.None(),
        new Policy.RandAugment(3, 14),
        new Policy.TrivialAugment(),
        new Policy.AutoAugment(PublishedPolicy.SVHN),
        Policy.of(LEARNED));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void whatIsDrawnIsAFunctionOfTheSeed(Policy policy) {
    List<List<Step>> first = drawn(policy, 200, 6);

    assertThat(drawn(policy, 200, 6)).isEqualTo(first);
    if (!(policy instanceof Policy.None)) {
      assertThat(drawn(policy, 200, 7)).isNotEqualTo(first);
    }
    assertThat(first.stream().flatMap(List::stream).map(Step::operation))
        .allMatch(policy.repertoire()::contains);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void policiesTravelAsBytes(Policy policy) {
    RecordCodec<Augmentation> codec = new RecordCodec<>(Augmentation.class);
    Augmentation augmentation = Augmentation.standard(1, true, 2).withPolicy(policy);

    assertThat(codec.decode(codec.encode(augmentation))).isEqualTo(augmentation);
  }

  @Test
  void randAugmentDrawsSomeOfFourteenOperationsAtOneLevel() {
    List<List<Step>> drawn = drawn(new Policy.RandAugment(2, 15), 1000, 1);

    assertThat(drawn).allMatch(steps -> steps.size() == 2);
    assertThat(counts(drawn)).hasSize(14);
    // 2000 / 14 is 143; six standard deviations are 69.
    assertThat(counts(drawn).values()).allMatch(count -> count > 74 && count < 212);
    assertThat(
            drawn.stream()
                .flatMap(List::stream)
                .filter(step -> step.operation() == ImageOperation.BRIGHTNESS))
        .allMatch(step -> Math.abs(Math.abs(step.value() - 1) - 0.45) < 1e-12);
  }

  @Test
  void trivialAugmentDrawsOneOfFourteenOperationsAtAnyOf31Levels() {
    List<List<Step>> drawn = drawn(new Policy.TrivialAugment(), 14 * 1000, 2);

    assertThat(drawn).allMatch(steps -> steps.size() == 1);
    // 1000 each; six standard deviations are 183.
    assertThat(counts(drawn)).hasSize(14);
    assertThat(counts(drawn).values()).allMatch(count -> count > 817 && count < 1183);
    assertThat(
            drawn.stream()
                .map(steps -> steps.get(0))
                .filter(step -> step.operation() == ImageOperation.CONTRAST)
                .map(Step::value)
                .distinct())
        .hasSize(31);
  }

  @Test
  void stepsOfALearnedPolicyComeWithTheirProbability() {
    Map<ImageOperation, Integer> counts = counts(drawn(Policy.of(LEARNED), 4000, 3));

    // Half of the images each; six standard deviations are at most 190.
    assertThat(counts.get(ImageOperation.COLOR)).isBetween(1810, 2190);
    assertThat(counts.get(ImageOperation.CUTOUT)).isBetween(835, 1165);
    assertThat(counts.get(ImageOperation.ROTATE)).isBetween(374, 626);
  }

  @ParameterizedTest
  @EnumSource
  void publishedPoliciesAreTwentyFivePairs(PublishedPolicy published) {
    LearnedPolicy policy = published.policy();

    assertThat(policy.magnitudes()).isEqualTo(Magnitudes.AUTO_AUGMENT);
    assertThat(policy.subPolicies()).hasSize(25).allMatch(steps -> steps.size() == 2);
  }

  @ParameterizedTest
  @CsvSource({
    // Sums of probabilities and of levels over the 50 steps of each table of the paper.
    "CIFAR10, 26.5, 26.7",
    "SVHN, 32.9, 23.1",
    "IMAGE_NET, 31.0, 28.7"
  })
  void publishedPoliciesHaveTheFiguresOfThePaper(
      PublishedPolicy published, double probabilities, double levels) {
    List<PolicyStep> steps =
        published.policy().subPolicies().stream().flatMap(List::stream).toList();

    assertThat(steps.stream().mapToDouble(PolicyStep::probability).sum())
        .isEqualTo(probabilities, within(1e-9));
    assertThat(steps.stream().mapToDouble(PolicyStep::level).sum()).isEqualTo(levels, within(1e-9));
  }

  @Test
  void aFileIsReadOnceAndNotNeededAfterwards(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("policy.json");
    Files.writeString(file, LEARNED.toJson());

    Policy.File policy = new Policy.File(file.toString(), null);
    Files.delete(file);

    assertThat(policy.learned()).isEqualTo(LEARNED);
    assertThat(new Policy.File(file.toString(), LEARNED)).isEqualTo(policy);
    assertThat(LearnedPolicy.fromJson(LEARNED.toJson(), "p").toJson()).isEqualTo(LEARNED.toJson());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\" : 1 | \"version\" : 2 | augmentation policy of version 2, this program reads version 1",
        "augmentationPolicy | genotype | holds something of the kind 'genotype', expected 'augmentationPolicy'",
        "rotate | rotat | line 6, column 19: subPolicies[0][0].operation: unknown value 'rotat'; did you mean 'rotate'?",
        "autoAugment | autoaugment | magnitudes: unknown value 'autoaugment'; did you mean 'autoAugment'?",
        "0.25 | 1.25 | subPolicies[0][0]: probability must be in [0, 1], got 1.25",
        "0.125 | -0.125 | subPolicies[1][0]: level must be in [0, 1], got -0.125",
        "0.125 | high | Unrecognized token 'high'",
        "\"level\" : 0.125, | '' | subPolicies[1][0].level: the field 'level' is missing",
        "\"magnitudes\" | \"magnitude\" | magnitudes: the field 'magnitudes' is missing",
        "\"subPolicies\" : [ | \"subPolicies\" : [ [], | subPolicies must have one or two steps each, got 0",
      })
  void brokenFilesAreRefusedWithThePlace(String right, String wrong, String message) {
    String json = LEARNED.toJson();
    assertThat(json).contains(right);

    assertThatThrownBy(() -> LearnedPolicy.fromJson(json.replace(right, wrong), "policy.json"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("policy.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> new Policy.File("/none/policy.json", null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "the augmentation policy '/none/policy.json' cannot be read: File"
                + " file:/none/policy.json does not exist");
    assertThatThrownBy(() -> new Policy.File(null, null)).hasMessage("path must not be empty");
  }

  @Test
  void operationsOfColourAreRefusedOnGreyImagesIfAsked() {
    Augmentation refusing =
        new Augmentation(0, false, 0, new Policy.TrivialAugment(), GreyImages.REFUSE, 0);
    ImageShape grey = new ImageShape(28, 28, 1);

    refusing.checkMeantFor(CIFAR);
    Augmentation.NONE.withPolicy(new Policy.TrivialAugment()).checkMeantFor(grey);
    new Augmentation(0, false, 0, svhn(), GreyImages.REFUSE, 0).checkMeantFor(grey);
    assertThatThrownBy(() -> refusing.checkMeantFor(grey))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the augmentation policy has the operation color, which does nothing to grey images:"
                + " take another policy, or set greyImages: skip");
  }

  private static Policy svhn() {
    return new Policy.AutoAugment(PublishedPolicy.SVHN);
  }

  private static List<List<Step>> drawn(Policy policy, int images, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Step>> drawn = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      drawn.add(policy.draw(CIFAR, random));
    }
    return drawn;
  }

  private static Map<ImageOperation, Integer> counts(List<List<Step>> drawn) {
    Map<ImageOperation, Integer> counts = new EnumMap<>(ImageOperation.class);
    drawn.stream()
        .flatMap(List::stream)
        .forEach(step -> counts.merge(step.operation(), 1, Integer::sum));
    return counts;
  }
}
