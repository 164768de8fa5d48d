package org.espalier.search.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.LearnedPolicy;
import org.espalier.augment.Policy;
import org.espalier.data.SplitSettings;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.report.Chart;
import org.espalier.report.ParallelAxes;
import org.espalier.search.DataLoader;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.finals.Baseline;
import org.espalier.search.finals.FinalsItem;
import org.espalier.search.finals.FinalsResult;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.policy.AdamRule;
import org.espalier.search.policy.LstmSettings;
import org.espalier.search.policy.PolicySettings;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.SearchContractTest;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.settings.SettingException;
import org.espalier.training.Optimiser;
import org.espalier.training.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentSearchTest
    extends SearchContractTest<
        FinalsState<AugmentState>,
        Optional<AugmentView>,
        FinalsItem<AugmentItem>,
        FinalsResult<AugmentResult>> {
  static AugmentSettings settings(double learningRate, boolean pairs) {
    return settings(learningRate, pairs, null);
  }

  static AugmentSettings settings(double learningRate, boolean pairs, DensitySettings density) {
    TrainingSettings training =
        TrainingSettings.defaults()
            .withBatchSize(16)
            .withOptimiser(new Optimiser.Sgd(learningRate, 0.9));
    return new AugmentSettings(
        ReadyMade.Family.PLAIN3,
        List.of(4, 4, 4),
        pairs
            ? List.of(ImageOperation.ROTATE, ImageOperation.CONTRAST, ImageOperation.INVERT)
            : null,
        null,
        pairs,
        2,
        null,
        null,
        null,
        LevelSlope.DIFFERENCE,
        null,
        new LearningSettings(4, 1, 3, 2, 16, 4, 12, 0.05, null, null),
        density,
        List.of(new Policy.TrivialAugment()),
        new FinalsSettings(
            List.of(Baseline.UNIFORM, Baseline.RANDOM),
            40_000_000L,
            1,
            SplitSettings.of(null, 0.2, 0.2, 1L),
            training.withEpochs(1),
            training.withEpochs(2)));
  }

  private static FinalsSearch<AugmentState, AugmentView, AugmentItem, AugmentResult> search(
      AugmentSettings settings) {
    return new AugmentSearch(settings, TinyWidthSearch.fingerprint()).whole();
  }

  @Override
  protected FinalsSearch<AugmentState, AugmentView, AugmentItem, AugmentResult> search() {
    return search(settings(0.05, true));
  }

  @Override
  protected FinalsSearch<AugmentState, AugmentView, AugmentItem, AugmentResult> failingSearch() {
    return search(settings(1e30, false));
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }

  private FinalsState<AugmentState> run(
      FinalsSearch<AugmentState, AugmentView, AugmentItem, AugmentResult> search) {
    var driver =
        new SearchDriver<>(
            search,
            new LocalRounds(search, worker()),
            DriverSettings.DEFAULT,
            new SearchListener<FinalsState<AugmentState>>() {});
    return driver.run(Position.start(search.start(new SearchContext(1, data())))).state();
  }

  @Test
  void eachRoleIsTrainedWithItsOwnPolicy() {
    FinalsState<AugmentState> end = run(search());

    assertThat(end.finals())
        .extracting(each -> each.role().name() + ": " + policy(each.settings()))
        .containsExactly(
            FoundNetwork.FOUND + ": File",
            "without a policy: None",
            "trivialAugment: TrivialAugment",
            "random search: File");
    SearchResult result = search().result(end);
    assertThat(result.artefacts()).hasSize(1);
    String json =
        new String(
            result.artefacts().get(0).files().get("policy.json").toArray(), StandardCharsets.UTF_8);
    LearnedPolicy found = LearnedPolicy.fromJson(json, "policy.json");
    assertThat(found.subPolicies()).hasSize(2).allMatch(steps -> steps.size() == 2);
    assertThat(Policy.of(found)).isEqualTo(end.finals().get(0).settings().augmentation().policy());
    // Random policies are tried for about the work of the search, not less.
    assertThat(end.work().random()).isGreaterThanOrEqualTo(end.work().search());
  }

  private static String policy(TrainingSettings settings) {
    return settings.augmentation().policy().getClass().getSimpleName();
  }

  @Test
  void thePolicyLearnsOnlyAfterTheWarmUp() {
    AugmentState end = run(search()).own();

    assertThat(end.log()).hasSize(4);
    assertThat(end.log().get(0).deviation()).isZero();
    assertThat(end.log().get(0).in()).allMatch(each -> each == 0.5);
    assertThat(end.log().get(0).levels()).allMatch(each -> each == 0.5);
    for (AugmentState.Log log : end.log().subList(1, 4)) {
      assertThat(log.deviation()).isPositive();
    }
    assertThat(end.log().get(3).in()).noneMatch(each -> each == 0.5);
    // All pairs have two operations, of which inverting has no level.
    PolicyForm form = settings(0.05, true).form(new ImageShape(6, 6, 1));
    for (int operation = 0; operation < form.operations(); operation++) {
      boolean moves = form.operation(operation) != ImageOperation.INVERT;
      assertThat(end.log().get(3).levels().get(operation) != 0.5)
          .as(form.operation(operation).toString())
          .isEqualTo(moves);
    }
  }

  static List<PolicySettings> otherPolicies() {
    return List.of(SamplerSettings.defaults(), LstmSettings.defaults());
  }

  /** They differ in their policies alone, so there is no cost to compare them by. */
  @Test
  void onlyTrainingsWithTheFoundPolicyAreOfWhatWasChosen() {
    SearchResult result = search().result(run(search()));

    assertThat(result.candidates())
        .filteredOn(each -> !each.phase().equals("search"))
        .allMatch(each -> each.chosen() == each.label().startsWith(FoundNetwork.FOUND));
    assertThat(result.sections())
        .noneMatch(each -> each instanceof ParallelAxes)
        .noneMatch(each -> each instanceof Chart chart && chart.title().endsWith("over cost"));
  }

  @Test
  void levelsStayWhereTheyCanBeDerivedBy() {
    AdamRule fast = new AdamRule(1e6, 0.5, 0.999, 1e-8, 0);

    Levels end = Levels.start(2, 1e-12, fast).climbed(new double[] {-1, 1});

    assertThat(end.values()).allMatch(level -> level > 1e-5 && level < 1 - 1e-5);
    assertThat(end.values().get(1)).isGreaterThan(0.99);
  }

  /** Alone in its batch, it is all that it is compared with. */
  @Test
  void aSingleDrawIsRefused() {
    assertThatThrownBy(
            () -> new LearningSettings(null, null, null, null, null, 1, null, null, null, null))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("draws");
  }

  @Test
  void whatDoesNothingToGreyImagesIsLeftOut() {
    AugmentSettings settings = settings(0.05, false);

    assertThat(settings.form(new ImageShape(6, 6, 1)).operations()).isEqualTo(14);
    assertThat(settings.form(new ImageShape(6, 6, 3)).operations()).isEqualTo(15);
  }

  @ParameterizedTest
  @MethodSource("otherPolicies")
  void policiesThatNeedGatesOrChooseOneAfterAnotherAreRefused(PolicySettings policy) {
    AugmentSettings usual = settings(0.05, false);

    assertThatThrownBy(
            () ->
                new AugmentSettings(
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    policy,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    usual.finals()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("must learn from rewards and draw each choice by itself");
  }
}
