package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.cost.Macs;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.RoundReport;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.WarmCache;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.supernet.Ranked;
import org.espalier.search.supernet.Ranking;
import org.espalier.search.supernet.RankingSettings;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetSetup;
import org.espalier.search.supernet.TuningSettings;
import org.espalier.search.width.AffineSharingState.Phase;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final int CANDIDATES = 12;

  @Test
  void stepsThatMoveNothingChangeNothingAndOthersDo() {
    Map<List<Integer>, Ranked> plain = byPicks(end(new TuningSettings(null, null, null, null)));
    List<Ranked> still = tuned(end(new TuningSettings(4, 3, 1e-30, null)));
    List<Ranked> moved = tuned(end(new TuningSettings(4, 3, 0.05, null)));

    assertThat(still).hasSizeBetween(4, 5);
    for (Ranked ranked : still) {
      assertThat(ranked.loss()).isEqualTo(plain.get(ranked.picks()).loss());
      assertThat(ranked.accuracy()).isEqualTo(plain.get(ranked.picks()).accuracy());
    }
    assertThat(moved).hasSameSizeAs(still);
    assertThat(moved).allMatch(ranked -> ranked.loss() != plain.get(ranked.picks()).loss());
  }

  @Test
  void tuningHelpsTheNetworksThatAreTuned() {
    Map<List<Integer>, Ranked> plain = byPicks(end(new TuningSettings(null, null, null, null)));
    List<Ranked> tuned = tuned(end(new TuningSettings(CANDIDATES, 40, 0.05, null)));

    double before = mean(tuned.stream().map(ranked -> plain.get(ranked.picks())).toList());

    assertThat(mean(tuned)).isLessThan(before);
  }

  private static double mean(List<Ranked> ranking) {
    return ranking.stream().mapToDouble(Ranked::loss).average().orElseThrow();
  }

  @Test
  void theFirstOfTheRankingAndTheUniformNetworkAreTunedOnTheSameBatches() {
    List<AffineSharingState> states = states(new TuningSettings(3, 2, null, null));
    AffineSharingState before =
        states.stream().filter(state -> state.phase() == Phase.TUNE).findFirst().orElseThrow();
    AffineSharingSettings settings = settings(new TuningSettings(3, 2, null, null));
    SupernetSetup setup =
        new SupernetSetup(
            settings.supernet().training(),
            settings.ranking(),
            PricedChoices.of(before.space(), settings.budget()),
            before.space().cost(new Macs()),
            before.space().cost(new Macs())::exact,
            before.course(),
            before.seed());

    List<SupernetItem.Rank> items =
        new Ranking(setup, before.uniform().candidate())
            .plan(before.ranking(), true).stream().map(SupernetItem.Rank.class::cast).toList();

    assertThat(before.ranking()).noneMatch(Ranked::tuned);
    List<List<Integer>> expected =
        new ArrayList<>(before.ranking().subList(0, 3).stream().map(Ranked::picks).toList());
    before.ranking().stream()
        .filter(ranked -> ranked.candidate().equals(before.uniform().candidate()))
        .map(Ranked::picks)
        .filter(picks -> !expected.contains(picks))
        .forEach(expected::add);
    assertThat(items)
        .extracting(SupernetItem.Rank::picks)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(items).allMatch(SupernetItem.Rank::tuned);
    assertThat(items).extracting(SupernetItem.Rank::images).containsOnly(items.get(0).images());
    long macs = before.ranking().get(0).candidate().macs();
    long images = 16L + before.course().validationSize();
    // A step takes 16 images, forward and backward, and a fifth more to make the weights.
    assertThat(items.get(0).plannedCost())
        .isEqualTo(macs * images + (long) (3 * macs * 2 * 16 * 1.2));
  }

  @Test
  void manyAreTunedInSeveralRounds() {
    List<AffineSharingState> states = states(new TuningSettings(25, 1, null, null), 27);

    List<Long> tuned =
        states.stream()
            .filter(state -> state.phase() == Phase.TUNE)
            .map(state -> state.ranking().stream().filter(Ranked::tuned).count())
            .toList();
    List<Ranked> end = states.get(states.size() - 1).ranking();

    assertThat(tuned).containsExactly(0L, 16L);
    assertThat(end.stream().filter(Ranked::tuned).count()).isBetween(25L, 26L);
  }

  @Test
  void stepsThatRunAwayAreToldWithTheKeyThatHelps() {
    assertThatThrownBy(() -> end(new TuningSettings(3, 5, 1e30, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lower ranking.tuning.learningRate, 1.0E30 now");
  }

  @Test
  void theRateFallsFromItsFirstValueToAlmostNothing() {
    TuningSettings tuning = new TuningSettings(1, 100, 0.4, null);

    assertThat(tuning.learningRate(0)).isEqualTo(0.4);
    assertThat(tuning.learningRate(50)).isCloseTo(0.2, within(1e-12));
    assertThat(tuning.learningRate(99)).isLessThan(0.001);
  }

  @Test
  void valuesOutsideTheirRangeAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TuningSettings(-1, null, null, null))
        .withMessageContaining("candidates must be from 0 to 100000, got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TuningSettings(null, 0, null, null))
        .withMessageContaining("steps must be from 1 to 1000000, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TuningSettings(null, null, 0.0, null))
        .withMessageContaining("learningRate must be above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TuningSettings(null, null, null, 1.0))
        .withMessageContaining("momentum must be in [0, 1), got 1.0");
  }

  private static List<Ranked> tuned(AffineSharingState state) {
    return state.ranking().stream().filter(Ranked::tuned).toList();
  }

  private static Map<List<Integer>, Ranked> byPicks(AffineSharingState state) {
    Map<List<Integer>, Ranked> byPicks = new HashMap<>();
    state.ranking().forEach(ranked -> byPicks.put(ranked.picks(), ranked));
    return byPicks;
  }

  private static AffineSharingState end(TuningSettings tuning) {
    List<AffineSharingState> states = states(tuning);
    return states.get(states.size() - 1);
  }

  private static List<AffineSharingState> states(TuningSettings tuning) {
    return states(tuning, CANDIDATES);
  }

  /** After each round. */
  private static List<AffineSharingState> states(TuningSettings tuning, int candidates) {
    var search = TinyAffineSharing.search(settings(tuning, candidates));
    List<AffineSharingState> states = new ArrayList<>();
    SearchListener<FinalsState<AffineSharingState>> listener =
        new SearchListener<>() {
          @Override
          public void roundFinished(
              Position<FinalsState<AffineSharingState>> after, RoundReport report) {
            states.add(after.state().own());
          }
        };
    try (WarmCache cache = new WarmCache(2);
        LocalRounds rounds =
            new LocalRounds(search, new PlainWorker(TinyWidthSearch.data(), cache, "test"))) {
      var driver = new SearchDriver<>(search, rounds, DriverSettings.DEFAULT, listener);
      SearchContext context = new SearchContext(1, TinyWidthSearch.data());
      Position<FinalsState<AffineSharingState>> unused = driver.run(driver.start(context));
    }
    return states;
  }

  private static AffineSharingSettings settings(TuningSettings tuning) {
    return settings(tuning, CANDIDATES);
  }

  private static AffineSharingSettings settings(TuningSettings tuning, int candidates) {
    AffineSharingSettings given =
        TinyAffineSharing.settings(
            new Sharing.Ordinal(),
            TinyAffineSharing.lstm(),
            0.05,
            TinyAffineSharing.supernet(0.05),
            List.of(),
            0);
    return TinyAffineSharing.with(
        new RankingSettings(candidates, 2, null, 16, 100, tuning, 1), given);
  }
}
