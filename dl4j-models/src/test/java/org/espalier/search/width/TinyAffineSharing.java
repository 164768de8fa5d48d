package org.espalier.search.width;

import java.util.List;
import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;
import org.espalier.network.ReadyMade;
import org.espalier.search.finals.Baseline;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.policy.LstmSettings;
import org.espalier.search.policy.PolicySettings;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.supernet.RankingSettings;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.search.supernet.TuningSettings;
import org.espalier.training.Optimiser;
import org.espalier.training.TrainingSettings;

/** A width search with shared weights of a second, on stripes of 6x6 pixels. */
public final class TinyAffineSharing {
  /** Between the narrowest network and the widest of the space. */
  static final long BUDGET = 3_000;

  private TinyAffineSharing() {}

  /** The search by the LSTM controller with the transition in closed form. */
  public static FinalsSearch<
          AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
      search() {
    return search(settings(Sharing.Transition.complete(), lstm(), 0.05));
  }

  static FinalsSearch<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
      search(AffineSharingSettings settings) {
    return new AffineSharingSearch(settings, TinyWidthSearch.fingerprint()).whole();
  }

  /** The same settings with another ranking. */
  static AffineSharingSettings with(RankingSettings ranking, AffineSharingSettings given) {
    return new AffineSharingSettings(
        given.family(),
        given.budget(),
        given.choices(),
        given.sharing(),
        given.policy(),
        given.supernet(),
        ranking,
        given.finals());
  }

  static PolicySettings lstm() {
    return new LstmSettings(5, 1, null, null, null, null, null, null, null);
  }

  /**
   * Settings.
   *
   * @param trialRate learning rate of the short trainings
   */
  static AffineSharingSettings settings(Sharing sharing, PolicySettings policy, double trialRate) {
    return settings(sharing, policy, trialRate, supernet(0.05), List.of(Baseline.values()), 1);
  }

  static AffineSupernetSettings supernet(double learningRate) {
    return supernet(learningRate, 16);
  }

  static AffineSupernetSettings supernet(double learningRate, int batchSize) {
    return new AffineSupernetSettings(
        0.8,
        new SupernetSettings(5, 0.4, 3, 2, batchSize, learningRate, null, null, null, 2, 12, null));
  }

  static AffineSharingSettings settings(
      Sharing sharing,
      PolicySettings policy,
      double trialRate,
      AffineSupernetSettings supernet,
      List<Baseline> baselines,
      int retrainings) {
    return new AffineSharingSettings(
        ReadyMade.Family.PLAIN3,
        Budget.ofMacs(BUDGET),
        WidthChoices.ofWidths(List.of(1, 2, 3)),
        sharing,
        policy,
        supernet,
        new RankingSettings(6, 2, null, 16, 100, new TuningSettings(3, 2, null, null), 2),
        new FinalsSettings(
            baselines,
            400_000L,
            retrainings,
            SplitSettings.of(null, 0.2, 0.2, 1L),
            training(trialRate).withEpochs(1),
            training(0.05).withEpochs(2)));
  }

  private static TrainingSettings training(double rate) {
    return TrainingSettings.defaults()
        .withBatchSize(16)
        .withOptimiser(new Optimiser.Sgd(rate, 0.9));
  }
}
