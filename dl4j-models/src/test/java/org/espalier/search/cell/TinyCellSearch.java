package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.finals.Baseline;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.policy.Feedback;
import org.espalier.search.policy.Policy;
import org.espalier.search.policy.PolicySettings;
import org.espalier.search.policy.ProposerSettings;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.supernet.RankingSettings;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.search.supernet.TuningSettings;
import org.espalier.search.trials.TrialSettings;
import org.espalier.tensor.Seeds;
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
    return new GuardSettings(1, null, 0.1, 0, 0, 2, null, 1, 0.0, 0.5, 0.5, true, null, null);
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
        null,
        null,
        1,
        4,
        null,
        policy,
        null,
        null,
        List.of(new Stage(1, 5, 0.3, 4), new Stage(2, 3, 0.5, 3)),
        3,
        0.2,
        new SupernetSettings(5, 0.4, 3, 2, 16, 0.05, null, null, null, 2, 12, null),
        guard,
        new RankingSettings(6, 2, null, 16, 100, new TuningSettings(2, 2, null, null), 2),
        null,
        new FinalsSettings(
            baselines,
            4_000_000L,
            1,
            SplitSettings.of(null, 0.2, 0.2, 1L),
            training(trialRate).withEpochs(1),
            training(0.05).withEpochs(2)));
  }

  /** The same within shares of the budget as well. */
  static CellSettings withShares(CellSettings settings, List<Double> shares) {
    return with(settings, shares, settings.fillsBudget());
  }

  /** The same without networks wider than {@code channels}. */
  static CellSettings withoutFilling(CellSettings settings) {
    return with(settings, settings.budgetShares(), false);
  }

  private static CellSettings with(CellSettings settings, List<Double> shares, boolean fills) {
    return new CellSettings(
        settings.space(),
        settings.budget(),
        shares,
        null,
        settings.cells(),
        settings.channels(),
        fills,
        settings.policy(),
        settings.order(),
        settings.plan(),
        settings.stages(),
        settings.supernetChannels(),
        settings.auxiliarySkip(),
        settings.supernet(),
        settings.guard(),
        settings.ranking(),
        settings.trials(),
        settings.finals());
  }

  /** Of networks alone, two batches of them. */
  static CellSettings trials(double trialRate, ProposerSettings proposer) {
    CellSettings stages = settings(trialRate);
    return new CellSettings(
        stages.space(),
        stages.budget(),
        null,
        null,
        stages.cells(),
        stages.channels(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new TrialSettings(9, 5, proposer, 0.5, training(trialRate).withEpochs(1), 2),
        stages.finals());
  }

  /** The same with gradients of the second order. */
  static CellSettings secondOrder() {
    CellSettings first = settings(0.05);
    return new CellSettings(
        first.space(),
        first.budget(),
        first.budgetShares(),
        null,
        first.cells(),
        first.channels(),
        first.fillsBudget(),
        first.policy(),
        Order.SECOND,
        first.plan(),
        first.stages(),
        first.supernetChannels(),
        first.auxiliarySkip(),
        first.supernet(),
        first.guard(),
        first.ranking(),
        first.trials(),
        first.finals());
  }

  /** A policy after steps for which every skip connection was good. */
  static Policy drawnToSkips(Policy policy, PricedChoices choices, int steps) {
    return drawnTo(1, policy, choices, steps);
  }

  /** A policy after steps for which one operation was good wherever it was. */
  static Policy drawnTo(int operation, Policy policy, PricedChoices choices, int steps) {
    Policy drawn = policy;
    for (int step = 0; step < steps; step++) {
      List<Optional<Feedback>> feedback = new ArrayList<>();
      for (List<Integer> path : drawn.paths(choices, 4, Seeds.generator(step))) {
        List<List<Double>> gates = new ArrayList<>();
        for (int option : path) {
          List<Double> slopes = new ArrayList<>(Collections.nCopies(5, 0.0));
          slopes.set(operation, option == operation ? -1.0 : 0.0);
          gates.add(slopes);
        }
        feedback.add(Optional.of(new Feedback(path, 0.5, gates)));
      }
      drawn = drawn.learn(choices, feedback, Seeds.generator(step));
    }
    return drawn;
  }

  private static TrainingSettings training(double rate) {
    return TrainingSettings.defaults()
        .withBatchSize(16)
        .withOptimiser(new Optimiser.Sgd(rate, 0.9));
  }
}
