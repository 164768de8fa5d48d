package org.espalier.search.cell;

import java.util.List;
import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.finals.Baseline;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.policy.PolicySettings;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.supernet.RankingSettings;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.search.supernet.TuningSettings;
import org.espalier.training.Optimiser;
import org.espalier.training.TrainingSettings;

/** A cell search of a second, on stripes of 6x6 pixels. */
final class TinyCellSearch {
  /** Between the cheapest network and the dearest of the space. */
  static final long BUDGET = 12_000;

  private TinyCellSearch() {}

  static FinalsSearch<CellState, CellView, CellRound.Item, CellRound.Result> search(
      CellSettings settings) {
    return new CellSearch(settings, TinyWidthSearch.fingerprint()).whole();
  }

  static CellSettings settings(double trialRate) {
    return settings(trialRate, SamplerSettings.defaults(), guard());
  }

  /** With every kind of feedback, so early that it acts. */
  static GuardSettings guard() {
    return new GuardSettings(1, null, 0.1, 0, 0, 1, null, 1, 0.0, 0.5, 0.5, true);
  }

  static CellSettings settings(double trialRate, PolicySettings policy, GuardSettings guard) {
    return settings(trialRate, policy, guard, BUDGET, List.of(Baseline.values()));
  }

  static CellSettings settings(
      double trialRate,
      PolicySettings policy,
      GuardSettings guard,
      long budget,
      List<Baseline> baselines) {
    return new CellSettings(
        new CellSpaceSettings.Small(),
        Budget.ofMacs(budget),
        1,
        4,
        policy,
        null,
        null,
        List.of(new Stage(1, 5, 0.3, 4), new Stage(2, 3, 0.5, 3)),
        3,
        0.2,
        new SupernetSettings(5, 0.4, 3, 2, 16, 0.05, null, null, null, 2, 12, null),
        guard,
        new RankingSettings(6, 2, null, 16, 100, new TuningSettings(2, 2, null, null), 2),
        new FinalsSettings(
            baselines,
            4_000_000L,
            1,
            new SplitSettings(null, 0.2, 0.2, 1L),
            training(trialRate).withEpochs(1),
            training(0.05).withEpochs(2)));
  }

  private static TrainingSettings training(double rate) {
    return TrainingSettings.defaults()
        .withBatchSize(16)
        .withOptimiser(new Optimiser.Sgd(rate, 0.9));
  }
}
