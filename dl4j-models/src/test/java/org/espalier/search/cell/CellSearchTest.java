package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.cost.NetworkCost;
import org.espalier.search.DataLoader;
import org.espalier.search.SearchContext;
import org.espalier.search.cell.CellState.Phase;
import org.espalier.search.finals.FinalsItem;
import org.espalier.search.finals.FinalsResult;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.SearchContractTest;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.supernet.Ranked;
import org.junit.jupiter.api.Test;

class CellSearchTest
    extends SearchContractTest<
        FinalsState<CellState>,
        Optional<CellView>,
        FinalsItem<CellRound.Item>,
        FinalsResult<CellRound.Result>> {
  @Override
  protected FinalsSearch<CellState, CellView, CellRound.Item, CellRound.Result> search() {
    return TinyCellSearch.search(TinyCellSearch.settings(0.05));
  }

  @Override
  protected FinalsSearch<CellState, CellView, CellRound.Item, CellRound.Result> failingSearch() {
    return TinyCellSearch.search(TinyCellSearch.settings(1e30));
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }

  @Test
  void nothingOverBudgetIsRankedTrainedOrHandedOver() {
    FinalsState<CellState> end = run(search());

    assertThat(end.own().ranking())
        .isNotEmpty()
        .allMatch(Ranked::isJudged)
        .allMatch(ranked -> ranked.candidate().macs() <= TinyCellSearch.BUDGET);
    assertThat(end.trials())
        .allMatch(training -> training.candidate().macs() <= TinyCellSearch.BUDGET);
    assertThat(search().result(end).networks())
        .allMatch(network -> NetworkCost.of(network.spec()).macs() <= TinyCellSearch.BUDGET);
  }

  @Test
  void eachStageKeepsAsManyOperationsAsItSays() {
    CellState end = run(search()).own();

    assertThat(end.pruned()).hasSize(2);
    assertThat(end.pruned().get(0).kept()).allMatch(options -> options.size() == 5);
    assertThat(end.pruned().get(0).after()).allMatch(options -> options.size() == 3);
    assertThat(end.race().kept()).allMatch(options -> options.size() == 3 || options.size() == 4);
    assertThat(end.log()).allMatch(log -> log.stage() < 2);
  }

  /** With a tolerance below every change, what was dropped comes back once. */
  @Test
  void operationsComeBackWherePruningCostTooMuch() {
    GuardSettings strict =
        new GuardSettings(100, null, 0.1, 0, 0, 0, null, 1, 0.0, 0.5, 0.5, true, null, null);
    CellState end =
        run(TinyCellSearch.search(
                TinyCellSearch.settings(0.05, SamplerSettings.defaults(), strict)))
            .own();

    CellState.Pruned first = end.pruned().get(0);
    long wider = first.after().stream().filter(options -> options.size() == 4).count();
    assertThat(wider).isEqualTo(first.restored() ? 2 : 0);
  }

  @Test
  void aBudgetUnderTheCheapestCellIsRefusedWithItsCost() {
    CellSettings settings =
        TinyCellSearch.settings(
            0.05, SamplerSettings.defaults(), TinyCellSearch.guard(), 10, List.of());

    assertThatThrownBy(() -> TinyCellSearch.search(settings).start(new SearchContext(1, data())))
        .isInstanceOf(InfeasibleBudgetException.class);
  }

  @Test
  void theEndHoldsNoSharedWeights() {
    CellState end = run(search()).own();

    assertThat(end.at().phase()).isEqualTo(Phase.DONE);
    assertThat(end.shared().values().size()).isZero();
  }

  private FinalsState<CellState> run(
      FinalsSearch<CellState, CellView, CellRound.Item, CellRound.Result> search) {
    var driver =
        new SearchDriver<>(
            search,
            new LocalRounds(search, worker()),
            DriverSettings.DEFAULT,
            new SearchListener<FinalsState<CellState>>() {});
    return driver.run(Position.start(search.start(new SearchContext(1, data())))).state();
  }
}
