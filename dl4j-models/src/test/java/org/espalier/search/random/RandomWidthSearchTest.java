package org.espalier.search.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ParameterSet;
import org.espalier.search.DataLoader;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.finals.FinalsItem;
import org.espalier.search.finals.FinalsResult;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.finals.ListedCandidates.Listing;
import org.espalier.search.finals.ListedCandidates.NoItem;
import org.espalier.search.finals.ListedCandidates.NoResult;
import org.espalier.search.finals.ListedCandidates.NoView;
import org.espalier.search.finals.Training;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.RoundReport;
import org.espalier.search.rounds.SearchContractTest;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.WarmCache;
import org.junit.jupiter.api.Test;

class RandomWidthSearchTest
    extends SearchContractTest<
        FinalsState<Listing>, Optional<NoView>, FinalsItem<NoItem>, FinalsResult<NoResult>> {
  @Override
  protected FinalsSearch<Listing, NoView, NoItem, NoResult> search() {
    return TinyWidthSearch.search();
  }

  @Override
  protected FinalsSearch<Listing, NoView, NoItem, NoResult> failingSearch() {
    return TinyWidthSearch.failing();
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }

  @Test
  void theBestTrialOnValidationIsRetrainedBesideTheUniformNetwork() {
    FinalsState<Listing> end = run(search(), new ArrayList<>());

    Training found = end.finals().get(0);
    Training uniform = end.finals().get(1);
    double best = end.trials().stream().mapToDouble(t -> t.trained().accuracy()).max().orElse(0);
    assertThat(end.trials())
        .filteredOn(trial -> trial.candidate().equals(found.candidate()))
        .singleElement()
        .matches(trial -> trial.trained().accuracy() == best);
    assertThat(found.label()).isEqualTo("found 0");
    assertThat(uniform.label()).isEqualTo("uniform widths 0");
    assertThat(uniform.seed()).isEqualTo(found.seed());
    assertThat(found.at().accuracies()).hasSize(3);
  }

  @Test
  void whatAnotherSearchLeftInTheProcessChangesNoBits() {
    List<FinalsSearch<Listing, NoView, NoItem, NoResult>> searches =
        List.of(
            search(),
            new RandomWidthSearch(
                    TinyWidthSearch.settings(TinyWidthSearch.BUDGET, 0.01),
                    TinyWidthSearch.fingerprint())
                .whole(),
            new RandomWidthSearch(
                    TinyWidthSearch.settings(TinyWidthSearch.BUDGET, 0.05),
                    TinyWidthSearch.otherFingerprint())
                .whole());
    try (WarmCache warm = new WarmCache(100)) {
      for (FinalsSearch<Listing, NoView, NoItem, NoResult> each : searches) {
        try (WarmCache fresh = new WarmCache(100)) {
          assertThat(run(each, warm)).isEqualTo(run(each, fresh));
        }
      }
    }
  }

  private static FinalsState<Listing> run(
      FinalsSearch<Listing, NoView, NoItem, NoResult> search, WarmCache cache) {
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
  void nothingOverBudgetIsTriedOrHandedOver() {
    FinalsState<Listing> end = run(search(), new ArrayList<>());

    SearchResult result = search().result(end);

    assertThat(end.trials())
        .hasSize(5)
        .allMatch(trial -> trial.candidate().macs() <= TinyWidthSearch.BUDGET);
    assertThat(result.networks())
        .extracting(FoundNetwork::role)
        .containsExactly("found", "uniform widths");
    for (FoundNetwork network : result.networks()) {
      assertThat(NetworkCost.of(network.spec()).macs()).isLessThanOrEqualTo(TinyWidthSearch.BUDGET);
      try (ParameterSet parameters = ParameterSet.allocate(network.spec())) {
        assertThat(network.values().size()).isEqualTo(parameters.size());
        assertThat(network.buffers().size()).isEqualTo(parameters.bufferSize());
      }
    }
  }

  @Test
  void longTrainingsAreSpreadOverRounds() {
    List<RoundReport> reports = new ArrayList<>();

    FinalsState<Listing> end = run(search(), reports);

    long longest =
        end.course().work(end.finals().get(1).settings(), end.finals().get(1).candidate().macs());
    assertThat(longest).isGreaterThan(40_000_000L);
    assertThat(reports)
        .allMatch(report -> report.plannedCost() <= report.items() * 40_000_000L)
        .hasSizeGreaterThan(3);
  }

  @Test
  void ifEveryTrialFailsOnlyTheBaselineIsRetrained() {
    FinalsState<Listing> end = run(failingSearch(), new ArrayList<>());

    assertThat(end.trials()).allMatch(trial -> trial.failure().contains("diverged"));
    assertThat(end.finals())
        .singleElement()
        .matches(training -> training.label().equals("uniform widths 0"));
    assertThat(failingSearch().result(end).networks()).isEmpty();
  }

  @Test
  void aBudgetBelowTheNarrowestNetworkIsRefusedWithItsCost() {
    RandomWidthSearch search =
        new RandomWidthSearch(TinyWidthSearch.settings(1000, 0.1), TinyWidthSearch.fingerprint());

    assertThatThrownBy(() -> search.start(new SearchContext(1, data())))
        .isInstanceOf(InfeasibleBudgetException.class)
        .hasMessageContaining("the budget of 1,000 MACs is below the smallest network");
  }

  private FinalsState<Listing> run(
      FinalsSearch<Listing, NoView, NoItem, NoResult> search, List<RoundReport> reports) {
    SearchListener<FinalsState<Listing>> listener =
        new SearchListener<>() {
          @Override
          public void roundFinished(Position<FinalsState<Listing>> after, RoundReport report) {
            reports.add(report);
          }
        };
    try (LocalRounds rounds = new LocalRounds(search, worker())) {
      var driver = new SearchDriver<>(search, rounds, DriverSettings.DEFAULT, listener);
      return driver.run(driver.start(new SearchContext(5, data()))).state();
    }
  }
}
