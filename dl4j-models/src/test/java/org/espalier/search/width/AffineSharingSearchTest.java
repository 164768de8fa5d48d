package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.search.DataLoader;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.FinalsItem;
import org.espalier.search.finals.FinalsResult;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.SearchContractTest;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.WarmCache;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.Ranked;
import org.espalier.search.supernet.RankingSettings;
import org.junit.jupiter.api.Test;

class AffineSharingSearchTest
    extends SearchContractTest<
        FinalsState<AffineSharingState>,
        Optional<WidthRound.View>,
        FinalsItem<WidthRound.Item>,
        FinalsResult<WidthRound.Result>> {
  @Override
  protected FinalsSearch<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
      search() {
    return TinyAffineSharing.search();
  }

  @Override
  protected FinalsSearch<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
      failingSearch() {
    return TinyAffineSharing.search(
        TinyAffineSharing.settings(Sharing.Transition.complete(), TinyAffineSharing.lstm(), 1e30));
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }

  @Test
  void whatAnotherSearchLeftInTheProcessChangesNoBits() {
    AffineSharingSettings larger =
        TinyAffineSharing.settings(
            Sharing.Transition.complete(),
            TinyAffineSharing.lstm(),
            0.05,
            TinyAffineSharing.supernet(0.05, 24),
            List.of(),
            0);
    List<FinalsSearch<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>>
        searches =
            List.of(
                search(),
                TinyAffineSharing.search(larger),
                new AffineSharingSearch(larger, TinyWidthSearch.otherFingerprint()).whole());
    try (WarmCache warm = new WarmCache(100)) {
      for (FinalsSearch<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
          each : searches) {
        try (WarmCache fresh = new WarmCache(100)) {
          assertThat(finish(each, warm)).isEqualTo(finish(each, fresh));
        }
      }
    }
  }

  private static FinalsState<AffineSharingState> finish(
      FinalsSearch<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result> search,
      WarmCache cache) {
    var worker = new PlainWorker(TinyWidthSearch.data(), cache, "one");
    var driver =
        new SearchDriver<>(
            search,
            new LocalRounds(search, worker),
            new DriverSettings(2, true),
            new SearchListener<>() {});
    return driver.run(driver.start(new SearchContext(3, TinyWidthSearch.data()))).state();
  }

  @Test
  void nothingOverBudgetIsRankedTrainedOrHandedOver() {
    FinalsState<AffineSharingState> end = run(search());

    assertThat(end.own().ranking())
        .isNotEmpty()
        .allMatch(ranked -> ranked.candidate().macs() <= TinyAffineSharing.BUDGET);
    assertThat(end.trials())
        .hasSizeGreaterThan(2)
        .allMatch(training -> training.candidate().macs() <= TinyAffineSharing.BUDGET);
    assertThat(search().result(end).networks())
        .allMatch(network -> NetworkCost.of(network.spec()).macs() <= TinyAffineSharing.BUDGET)
        .extracting(FoundNetwork::role)
        .containsExactly(
            "found", "uniform widths", "uniform widths, trained longer", "random search");
  }

  @Test
  void candidatesAreRankedByValidationAccuracy() {
    AffineSharingState end = finish(search());

    assertThat(end.ranking()).allMatch(Ranked::isJudged);
    for (boolean tuned : new boolean[] {true, false}) {
      assertThat(end.ranking())
          .filteredOn(ranked -> ranked.tuned() == tuned)
          .isNotEmpty()
          .isSortedAccordingTo((a, b) -> Double.compare(b.accuracy(), a.accuracy()));
    }
  }

  @Test
  void theFirstAreTunedAndComeBeforeTheOthers() {
    FinalsState<AffineSharingState> end = run(search());

    List<Ranked> ranking = end.own().ranking();
    List<Boolean> tuned = ranking.stream().map(Ranked::tuned).toList();
    assertThat(tuned).isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
    assertThat(tuned.stream().filter(each -> each).count()).isBetween(3L, 4L);
    assertThat(end.trials())
        .filteredOn(trial -> trial.role().name().equals("candidate"))
        .extracting(trial -> trial.candidate())
        .containsExactly(ranking.get(0).candidate(), ranking.get(1).candidate());
  }

  @Test
  void theUniformNetworkIsACandidateIfTheSpaceHasItWithinTheBudget() {
    AffineSharingState end = finish(search());
    Candidate uniform = end.uniform().candidate();

    assertThat(end.ranking()).filteredOn(ranked -> ranked.candidate().equals(uniform)).hasSize(1);
    assertThat(finish(TinyAffineSharing.search(withLeastShare(0.999999))).ranking())
        .extracting(Ranked::candidate)
        .doesNotContain(uniform);
  }

  @Test
  void baselinesTakeAtLeastThePlannedWorkOfTheSearch() {
    FinalsState<AffineSharingState> end = run(search());

    FinalsState.Work work = end.work();
    WidthSpace space = end.own().space();
    long feasible =
        LongStream.range(0, space.size())
            .filter(
                number ->
                    NetworkCost.of(space.network(space.picks(number))).macs()
                        <= TinyAffineSharing.BUDGET)
            .count();
    long tried =
        end.trials().stream()
            .filter(training -> training.role().name().equals("random candidate"))
            .count();
    assertThat(work.random() >= work.search() || tried == feasible).isTrue();
    FoundNetwork uniform = search().result(end).networks().get(1);
    FoundNetwork longer = search().result(end).networks().get(2);
    assertThat(longer.work().training())
        .isGreaterThanOrEqualTo(uniform.work().training() + work.search());
    assertThat(longer.spec()).isEqualTo(uniform.spec());
  }

  @Test
  void candidatesThatUseTooLittleOfTheBudgetAreNotRankedUnlessThereAreNoOthers() {
    AffineSharingState half = finish(TinyAffineSharing.search(withLeastShare(0.5)));
    AffineSharingState none = finish(TinyAffineSharing.search(withLeastShare(0.999999)));

    assertThat(half.ranking())
        .isNotEmpty()
        .allMatch(ranked -> ranked.candidate().macs() >= TinyAffineSharing.BUDGET / 2);
    assertThat(none.ranking()).isNotEmpty();
  }

  private static AffineSharingSettings withLeastShare(double share) {
    AffineSharingSettings given =
        TinyAffineSharing.settings(
            Sharing.Transition.complete(),
            TinyAffineSharing.lstm(),
            0.05,
            TinyAffineSharing.supernet(0.05),
            List.of(),
            0);
    return TinyAffineSharing.with(new RankingSettings(6, 2, share, 16, 100, null, 1), given);
  }

  /** An identity in place of a shortcut of 20 x 19 weights is cheaper than a channel less. */
  @Test
  void aBudgetThatOnlyWiderNetworksKeepIsNotRefused() {
    Map<String, List<Integer>> layers = new HashMap<>();
    List.of("block1/1", "block2/1", "block2/2", "block3/1", "block3/2")
        .forEach(layer -> layers.put(layer, List.of(1)));
    layers.put("stem", List.of(20));
    layers.put("block1/2", List.of(19, 20));
    WidthChoices choices = new WidthChoices(null, null, null, null, layers);
    WidthSpace space = WidthSpace.of(ReadyMade.Family.RESNET8, new ImageShape(6, 6, 1), 3, choices);
    long narrowest = space.costOf(space.narrowest()).macs();

    AffineSharingState start = start(choices, narrowest - 1);

    assertThat(start.space().size()).isEqualTo(2);
    long cheapest = NetworkCost.of(space.network(List.of(0, 0, 1, 0, 0, 0, 0))).macs();
    assertThatThrownBy(() -> start(choices, cheapest - 1))
        .isInstanceOfSatisfying(
            InfeasibleBudgetException.class,
            refused -> assertThat(refused.smallest()).isEqualTo(cheapest));
  }

  private AffineSharingState start(WidthChoices choices, long budget) {
    return TinyAffineSharing.search(budgeted(ReadyMade.Family.RESNET8, choices, budget))
        .start(new SearchContext(1, data()))
        .own();
  }

  private static AffineSharingSettings budgeted(
      ReadyMade.Family family, WidthChoices choices, long budget) {
    return new AffineSharingSettings(
        family, Budget.ofMacs(budget), choices, null, null, null, null, null);
  }

  @Test
  void sharingFallsFromAllToNothing() {
    AffineSharingState end = finish(search());

    assertThat(end.log()).hasSize(5);
    assertThat(end.log().get(0).level().normalised()).isCloseTo(1, within(1e-12));
    assertThat(end.log().get(4).level().normalised()).isCloseTo(0, within(1e-12));
    assertThat(end.log())
        .extracting(log -> log.level().normalised())
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void sharedWeightsAreLetGoAfterTheRanking() {
    AffineSharingState end = finish(search());

    assertThat(end.shared().values().size()).isZero();
    assertThat(end.shared().velocity().size()).isZero();
  }

  @Test
  void withoutRetrainingsItEndsWithTheRanking() {
    AffineSharingSettings settings =
        TinyAffineSharing.settings(
            new Sharing.Ordinal(),
            TinyAffineSharing.lstm(),
            0.05,
            TinyAffineSharing.supernet(0.05),
            List.of(),
            0);

    FinalsState<AffineSharingState> end = run(TinyAffineSharing.search(settings));

    assertThat(end.own().ranking()).isNotEmpty();
    assertThat(search().result(end).networks()).isEmpty();
  }

  @Test
  void weightsThatRunAwayStopTheSearchWithAdvice() {
    AffineSharingSettings settings =
        TinyAffineSharing.settings(
            new Sharing.Ordinal(),
            TinyAffineSharing.lstm(),
            0.05,
            TinyAffineSharing.supernet(1e30),
            List.of(),
            1);

    assertThatThrownBy(() -> finish(TinyAffineSharing.search(settings)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lower supernet.learningRate, 1.0E30 now");
  }

  @Test
  void aBudgetBelowTheNarrowestNetworkIsInfeasible() {
    AffineSharingSettings given =
        TinyAffineSharing.settings(new Sharing.Ordinal(), TinyAffineSharing.lstm(), 0.05);
    AffineSharingSettings settings = budgeted(given.family(), given.choices(), 10);

    assertThatThrownBy(() -> TinyAffineSharing.search(settings).start(new SearchContext(1, data())))
        .isInstanceOf(InfeasibleBudgetException.class)
        .hasMessageContaining("MACs");
  }

  private AffineSharingState finish(
      FinalsSearch<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
          search) {
    return run(search).own();
  }

  private FinalsState<AffineSharingState> run(
      FinalsSearch<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
          search) {
    FinalsState<AffineSharingState> start = search.start(new SearchContext(1, data()));
    var driver =
        new SearchDriver<>(
            search,
            new LocalRounds(search, worker()),
            DriverSettings.DEFAULT,
            new SearchListener<FinalsState<AffineSharingState>>() {});
    return driver.run(Position.start(start)).state();
  }
}
