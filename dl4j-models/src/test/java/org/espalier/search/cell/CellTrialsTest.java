package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.espalier.search.DataLoader;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.FinalsItem;
import org.espalier.search.finals.FinalsResult;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.finals.Stretch;
import org.espalier.search.finals.Training;
import org.espalier.search.policy.ProposerSettings;
import org.espalier.search.policy.RegressionSettings;
import org.espalier.search.policy.ReinforceSettings;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.SearchContractTest;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.trials.TrialSearch;
import org.espalier.search.trials.TrialState;
import org.junit.jupiter.api.Test;

class CellTrialsTest
    extends SearchContractTest<
        FinalsState<TrialState>,
        Optional<TrialSearch.NoView>,
        FinalsItem<Stretch>,
        FinalsResult<Training.Standing>> {
  private static final ProposerSettings REGRESSION =
      new RegressionSettings(4, List.of(0.3, 1.0), null);

  @Override
  protected FinalsSearch<TrialState, TrialSearch.NoView, Stretch, Training.Standing> search() {
    return search(TinyCellSearch.trials(0.05, REGRESSION));
  }

  @Override
  protected FinalsSearch<TrialState, TrialSearch.NoView, Stretch, Training.Standing>
      failingSearch() {
    return search(TinyCellSearch.trials(1e30, REGRESSION));
  }

  private static FinalsSearch<TrialState, TrialSearch.NoView, Stretch, Training.Standing> search(
      CellSettings settings) {
    return CellMethod.trials(settings, TinyWidthSearch.fingerprint());
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }

  private TrialState run(ProposerSettings proposer) {
    var search = search(TinyCellSearch.trials(0.05, proposer));
    var driver =
        new SearchDriver<>(
            search,
            new LocalRounds(search, worker()),
            DriverSettings.DEFAULT,
            new SearchListener<>() {});
    return driver.run(driver.start(new SearchContext(5, data()))).state().own();
  }

  @Test
  void theRegressionTriesDifferentNetworksAndExpectsSomethingOnceItHasSeenSome() {
    TrialState end = run(REGRESSION);

    List<TrialState.Trial> tried = end.tried();
    assertThat(tried).hasSize(9);
    assertThat(new HashSet<>(tried.stream().map(TrialState.Trial::picks).toList())).hasSize(9);
    assertThat(tried.subList(0, 5)).allMatch(each -> each.expected().isEmpty());
    assertThat(tried.subList(5, 9)).allMatch(each -> each.expected().size() == 1);
    assertThat(end.proposer().steps()).isEqualTo(2);
  }

  @Test
  void nothingOverBudgetIsTriedWhateverAPolicyProposes() {
    TrialState end = run(ReinforceSettings.defaults());

    assertThat(end.proposed()).isEqualTo(9);
    assertThat(end.tried())
        .hasSizeLessThan(9)
        .extracting(each -> each.training().candidate())
        .extracting(Candidate::macs)
        .allMatch(macs -> macs <= TinyCellSearch.BUDGET);
  }

  @Test
  void trialsLearnFromAShareOfTheImages() {
    TrialState start =
        search(TinyCellSearch.trials(0.05, REGRESSION)).start(new SearchContext(5, data())).own();

    assertThat(start.course().trainingSize()).isEqualTo(27); // half of 0.6 of 90
    assertThat(start.course().validationSize()).isEqualTo(18);
  }
}
