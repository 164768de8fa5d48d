package org.espalier.search.width;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.policy.Lesson;
import org.espalier.search.supernet.Ranked;
import org.espalier.search.supernet.Ranking;
import org.espalier.search.supernet.RankingSettings;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.search.supernet.SupernetSetup;
import org.espalier.training.PlannedWork;

/**
 * What is ahead of the supernet and the ranking: work, as far as it can be known, and bytes, as
 * upper bounds. Networks not known yet are taken to cost what the uniform one does; those that a
 * supernet draws, what they do on average as long as its policy has learned nothing.
 *
 * @param settings of the search
 * @param setup what is known from the start
 * @param ranking its ranking
 */
record Forecast(AffineSharingSettings settings, SupernetSetup setup, Ranking ranking) {
  private static final String BEST = "best validation accuracy, percent";

  /** Bytes of an item's picks, one pick, and of a figure in text. */
  private static final long PICK = 4;

  private static final long FRAME = 4 << 10;

  /** Bytes of a choice's names in text, beside its positions and widths. */
  private static final long NAME = 128;

  private static final long WIDTH = 8;

  /** Bytes of a double in text, at most, with what parts it from the next. */
  private static final long FIGURE = 26;

  Progress progress(AffineSharingState state) {
    OptionalDouble best =
        state.ranking().stream().filter(Ranked::isJudged).mapToDouble(Ranked::accuracy).max();
    return new Progress(
        state.phase().name().toLowerCase(Locale.ROOT),
        state.work().all(),
        state.work().all() + ahead(state),
        best.isPresent()
            ? List.of(new Progress.Measure(BEST, 100 * best.getAsDouble()))
            : List.of());
  }

  private long ahead(AffineSharingState state) {
    return switch (state.phase()) {
      case SUPERNET ->
          (settings.supernet().training().rounds() - state.round()) * round(state)
              + parting(state)
              + ranked(state)
              + tuned(state);
      case RANK -> ranked(state) + tuned(state);
      case TUNE -> ranking.untuned(state.ranking()).size() * work(state, true);
      case DONE -> 0;
    };
  }

  private long round(AffineSharingState state) {
    SupernetSettings how = settings.supernet().training();
    long batch = Math.min(how.batchSize(), state.course().trainingSize());
    long images = (long) how.itemsPerRound() * how.stepsPerItem() * batch;
    long drawn = drawn();
    long steps = (long) (PlannedWork.training(images, drawn) * how.workFactor());
    long judged =
        (long) how.rewards() * Math.min(how.rewardImages(), state.course().validationSize());
    boolean gates = settings.policy().learnsFrom() == Lesson.GATE_GRADIENTS;
    return steps
        + (gates ? PlannedWork.training(judged, drawn) : PlannedWork.evaluation(judged, drawn));
  }

  /** Of learned maps; nothing of others. */
  private long parting(AffineSharingState state) {
    double left = 1 - settings.supernet().transition(state.round());
    int steps = (int) StrictMath.ceil(left * AffineSupernetPhase.MAP_STEPS);
    return state.shared().maps().partings(steps, setup.seed()).stream()
        .mapToLong(WidthRound.Parting::plannedCost)
        .sum();
  }

  private long ranked(AffineSharingState state) {
    return (settings.ranking().candidates() + 1L) * work(state, false);
  }

  private long tuned(AffineSharingState state) {
    RankingSettings how = settings.ranking();
    return (Math.min(how.tuning().candidates(), how.candidates()) + 1L) * work(state, true);
  }

  private long work(AffineSharingState state, boolean tuned) {
    return ranking.work(state.uniform().candidate().macs(), tuned);
  }

  /** MACs of a network whose widths are drawn uniformly, on average. */
  private long drawn() {
    double[][] equal =
        setup.macs().sizes().stream()
            .map(size -> DoubleStream.generate(() -> 1.0 / size).limit(size).toArray())
            .toArray(double[][]::new);
    return (long) setup.macs().expected(equal);
  }

  /** Upper bounds on what the largest round moves. */
  RoundBytes largestRound(AffineSharingState state, MetaLayout layout) {
    SupernetSettings how = settings.supernet().training();
    long choices = state.space().choices().size();
    long steps =
        how.itemsPerRound() * (FRAME + PICK * choices * how.stepsPerItem())
            + how.rewards() * (FRAME + PICK * choices);
    // Gates are learned from by a gradient of every option, in text.
    boolean gates = settings.policy().learnsFrom() == Lesson.GATE_GRADIENTS;
    long options = setup.macs().sizes().stream().mapToLong(Integer::longValue).sum();
    long gradients = gates ? how.rewards() * FIGURE * options : 0;
    long ranked = settings.ranking().candidates() * (FRAME + PICK * choices);
    long maps =
        (long) state.shared().maps().outputs().size() + state.shared().maps().inputs().size();
    return new RoundBytes(
        space(state) + Float.BYTES * (layout.size() + maps),
        Math.max(steps, ranked) + 2 * FRAME * state.shared().maps().rows().size(),
        layout.sums().bytes(),
        Math.max(steps + gradients, ranked)
            + 2 * FRAME * state.shared().maps().rows().size()
            + Float.BYTES * maps);
  }

  private static long space(AffineSharingState state) {
    return FRAME
        + state.space().choices().stream()
            .mapToLong(
                choice ->
                    NAME + WIDTH * ((long) choice.positions().size() + choice.widths().size()))
            .sum();
  }
}
