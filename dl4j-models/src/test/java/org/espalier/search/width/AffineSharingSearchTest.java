package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.search.DataLoader;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchContext;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.SearchContractTest;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;
import org.junit.jupiter.api.Test;

class AffineSharingSearchTest
    extends SearchContractTest<AffineSharingState, WidthView, WidthItem, WidthResult> {
  @Override
  protected AffineSharingSearch search() {
    return TinyAffineSharing.search();
  }

  @Override
  protected AffineSharingSearch failingSearch() {
    return TinyAffineSharing.search(
        TinyAffineSharing.settings(Sharing.Transition.complete(), TinyAffineSharing.lstm(), 1e30));
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }

  @Test
  void nothingOverBudgetIsRankedTrainedOrHandedOver() {
    AffineSharingState end = finish(search());

    assertThat(end.ranking())
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
    AffineSharingState end = finish(search());

    List<Boolean> tuned = end.ranking().stream().map(Ranked::tuned).toList();
    assertThat(tuned).isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
    assertThat(tuned.stream().filter(each -> each).count()).isBetween(3L, 4L);
    assertThat(end.trials())
        .filteredOn(trial -> trial.role().equals(Contest.WINNER))
        .extracting(trial -> trial.candidate())
        .containsExactly(end.ranking().get(0).candidate(), end.ranking().get(1).candidate());
  }

  @Test
  void theUniformNetworkIsACandidateIfTheSpaceHasItWithinTheBudget() {
    AffineSharingState end = finish(search());
    List<Integer> uniform = end.uniform().widths();

    assertThat(uniform).allMatch(width -> width <= 3);
    assertThat(end.ranking())
        .filteredOn(ranked -> ranked.candidate().widths().equals(uniform))
        .hasSize(1);
    assertThat(finish(TinyAffineSharing.search(withLeastShare(0.999999))).ranking())
        .extracting(ranked -> ranked.candidate().widths())
        .doesNotContain(uniform);
  }

  @Test
  void baselinesTakeAtLeastThePlannedWorkOfTheSearch() {
    AffineSharingState end = finish(search());

    AffineSharingState.Work work = end.work();
    long feasible =
        java.util.stream.LongStream.range(0, end.space().size())
            .filter(
                number ->
                    end.space().cost(end.space().widths(end.space().picks(number))).macs()
                        <= TinyAffineSharing.BUDGET)
            .count();
    long tried =
        end.trials().stream()
            .filter(training -> training.role().equals(Contest.RANDOM_TRIAL))
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
    return new AffineSharingSettings(
        given.family(),
        given.budget(),
        given.choices(),
        given.sharing(),
        given.policy(),
        given.supernet(),
        new RankingSettings(6, 2, share, 16, 100, null, 1),
        given.baselines(),
        given.itemWork(),
        given.retrainings(),
        given.split(),
        given.trial(),
        given.retrain());
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
    long narrowest = space.cost(space.narrowest()).macs();

    AffineSharingState start = start(choices, narrowest - 1);

    assertThat(start.space().size()).isEqualTo(2);
    long cheapest = space.cost(space.widths(List.of(0, 0, 1, 0, 0, 0, 0))).macs();
    assertThatThrownBy(() -> start(choices, cheapest - 1))
        .isInstanceOfSatisfying(
            InfeasibleBudgetException.class,
            refused -> assertThat(refused.smallest()).isEqualTo(cheapest));
  }

  private AffineSharingState start(WidthChoices choices, long budget) {
    return TinyAffineSharing.search(budgeted(ReadyMade.Family.RESNET8, choices, budget))
        .start(new SearchContext(1, data()));
  }

  private static AffineSharingSettings budgeted(
      ReadyMade.Family family, WidthChoices choices, long budget) {
    return new AffineSharingSettings(
        family,
        Budget.ofMacs(budget),
        choices,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void sharingFallsFromAllToNothing() {
    AffineSharingState end = finish(search());

    assertThat(end.log()).hasSize(5);
    assertThat(end.log().get(0).normalisedLevel()).isCloseTo(1, within(1e-12));
    assertThat(end.log().get(4).normalisedLevel()).isCloseTo(0, within(1e-12));
    assertThat(end.log())
        .extracting(RoundLog::normalisedLevel)
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

    AffineSharingState end = finish(TinyAffineSharing.search(settings));

    assertThat(end.ranking()).isNotEmpty();
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

  private AffineSharingState finish(AffineSharingSearch search) {
    AffineSharingState start = search.start(new SearchContext(1, data()));
    var driver =
        new SearchDriver<>(
            search,
            new LocalRounds(search, worker()),
            DriverSettings.DEFAULT,
            new SearchListener<AffineSharingState>() {});
    return driver.run(new Position<>(0, start, "")).state();
  }
}
