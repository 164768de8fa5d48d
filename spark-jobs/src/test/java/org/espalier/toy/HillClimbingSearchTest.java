package org.espalier.toy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;
import org.espalier.search.DataLoader;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.Baseline;
import org.espalier.search.finals.FinalsItem;
import org.espalier.search.finals.FinalsResult;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.SearchContractTest;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.space.WidthChoices;
import org.espalier.toy.HillClimbingSearch.Attempt;
import org.espalier.toy.HillClimbingSearch.Climb;
import org.espalier.toy.HillClimbingSearch.Ground;
import org.espalier.toy.HillClimbingSearch.Score;
import org.espalier.training.Optimiser;
import org.espalier.training.TrainingSettings;
import org.junit.jupiter.api.Test;

class HillClimbingSearchTest
    extends SearchContractTest<
        FinalsState<Climb>, Optional<Ground>, FinalsItem<Attempt>, FinalsResult<Score>> {
  @Override
  protected FinalsSearch<Climb, Ground, Attempt, Score> search() {
    return search(0.05);
  }

  @Override
  protected FinalsSearch<Climb, Ground, Attempt, Score> failingSearch() {
    return search(1e30);
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }

  private static FinalsSearch<Climb, Ground, Attempt, Score> search(double learningRate) {
    TrainingSettings training =
        TrainingSettings.defaults()
            .withBatchSize(16)
            .withOptimiser(new Optimiser.Sgd(learningRate, 0.9));
    HillClimbingSettings settings =
        new HillClimbingSettings(
            Budget.ofMacs(40_000),
            WidthChoices.ofShares(List.of(0.25, 0.5, 0.75)),
            3,
            3,
            new FinalsSettings(
                List.of(Baseline.UNIFORM, Baseline.RANDOM),
                null,
                1,
                SplitSettings.of(null, 0.2, 0.2, 1L),
                training.withEpochs(1),
                training.withEpochs(2)));
    return new HillClimbingSearch(settings, TinyWidthSearch.fingerprint()).whole();
  }

  @Test
  void everyNetworkIsTriedOnceAndWhatTheyAddIsKept() {
    var search = search();
    var driver =
        new SearchDriver<>(
            search,
            new LocalRounds(search, worker()),
            DriverSettings.DEFAULT,
            new SearchListener<>() {});

    Climb end = driver.run(driver.start(new SearchContext(3, data()))).state().own();

    assertThat(end.round()).isGreaterThan(1);
    assertThat(end.tried()).doesNotHaveDuplicates().hasSizeGreaterThan(3);
    assertThat(end.pull()).hasSize(3).doesNotContain(0.0);
  }
}
