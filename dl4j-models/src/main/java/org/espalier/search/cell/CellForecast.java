package org.espalier.search.cell;

import java.util.List;
import java.util.OptionalDouble;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.finals.Course;
import org.espalier.search.policy.Lesson;
import org.espalier.search.supernet.Ranked;
import org.espalier.search.supernet.RankingSettings;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.training.PlannedWork;

/**
 * What is ahead of a cell search: work, as far as it can be known, and bytes, as upper bounds. A
 * path that is not known yet is taken to cost what one drawn uniformly does, and a stage to last
 * all of its rounds.
 *
 * @param settings of the search
 * @param state how far it is
 * @param stages what paths of each stage compute
 */
record CellForecast(CellSettings settings, CellState state, List<StageWork> stages) {
  private static final String BEST = "best validation accuracy, percent";

  /** Bytes of an item's picks, one pick, and of a figure in text. */
  private static final long PICK = 4;

  private static final long FRAME = 4 << 10;
  private static final long FIGURE = 26;

  Progress progress() {
    OptionalDouble best =
        state.ranking().stream().filter(Ranked::isJudged).mapToDouble(Ranked::accuracy).max();
    String phase =
        switch (state.at().phase()) {
          case SUPERNET -> "stage %s".formatted(state.at().stage() + 1);
          case CHECK -> "stage %s, pruned".formatted(state.at().stage() + 1);
          case RANK -> "rank";
          case TUNE -> "tune";
          case DONE -> "done";
        };
    return new Progress(
        phase,
        state.work().all(),
        state.work().all() + ahead(),
        best.isPresent()
            ? List.of(new Progress.Measure(BEST, 100 * best.getAsDouble()))
            : List.of());
  }

  private long ahead() {
    int stage = state.at().stage();
    long later = 0;
    for (int next = stage + 1; next < settings.stages().size(); next++) {
      later += settings.rounds(next) * round(next) + looks(next, 0) + checks(next);
    }
    long ranked = ranked(settings.ranking().candidates(), false);
    long tuned = ranked(settings.ranking().tuning().candidates(), true);
    return switch (state.at().phase()) {
      case SUPERNET ->
          (settings.rounds(stage) - state.at().round()) * round(stage)
              + looks(stage, state.at().round())
              + checks(stage)
              + later
              + ranked
              + tuned;
      case CHECK ->
          (settings.guard().checkRounds() - state.at().round()) * round(stage)
              + later
              + ranked
              + tuned;
      case RANK -> ranked + tuned;
      case TUNE -> tuned;
      case DONE -> 0;
    };
  }

  private long checks(int stage) {
    return stage < settings.stages().size() - 1 ? settings.guard().checkRounds() * round(stage) : 0;
  }

  /** Looks at the eigenvalue in the rounds of a stage from one on. */
  private long looks(int stage, int from) {
    int period = settings.guard().eigenvaluePeriod();
    if (period == 0) {
      return 0;
    }
    int warmUp = settings.rounds(stage) - settings.learnings(stage);
    int before = Math.max(0, from - warmUp);
    int looks =
        Math.floorDiv(-before, period) - Math.floorDiv(warmUp - settings.rounds(stage), period);
    long images = Math.min(settings.supernet().rewardImages(), state.course().validationSize());
    return LogitCurvature.gradients()
        * looks
        * PlannedWork.training(images, stages.get(stage).whole());
  }

  private long round(int stage) {
    SupernetSettings how = settings.supernet();
    Course course = state.course();
    long macs = stages.get(stage).drawn();
    long batch = Math.min(how.batchSize(), course.trainingSize());
    long images = (long) how.itemsPerRound() * how.stepsPerItem() * batch;
    long judged = (long) how.rewards() * Math.min(how.rewardImages(), course.validationSize());
    boolean gates = settings.policy().learnsFrom() == Lesson.GATE_GRADIENTS;
    return (long) (PlannedWork.training(images, macs) * how.workFactor())
        + (gates ? PlannedWork.training(judged, macs) : PlannedWork.evaluation(judged, macs));
  }

  private long ranked(int candidates, boolean tuned) {
    RankingSettings how = settings.ranking();
    long macs = stages.get(stages.size() - 1).drawn();
    long images =
        (long) how.calibrationImages()
            + Math.min(how.validationImages(), state.course().validationSize());
    long batch = Math.min(settings.supernet().batchSize(), state.course().trainingSize());
    long steps =
        tuned
            ? (long)
                (PlannedWork.training(how.tuning().steps() * batch, macs)
                    * settings.supernet().workFactor())
            : 0;
    return candidates * (PlannedWork.evaluation(images, macs) + steps);
  }

  /**
   * Upper bounds on what the largest round moves.
   *
   * @param largest the nets of the stage with the largest shared vector
   */
  RoundBytes largestRound(StageNets largest) {
    SupernetSettings how = settings.supernet();
    long choices = largest.supernet().sizes().size();
    long options = largest.supernet().sizes().stream().mapToLong(Integer::longValue).sum();
    long items =
        how.itemsPerRound() * (FRAME + PICK * choices * how.stepsPerItem())
            + how.rewards() * (FRAME + PICK * choices)
            + (settings.guard().eigenvaluePeriod() > 0
                ? FRAME + PICK * choices + Float.BYTES * options
                : 0);
    boolean gates = settings.policy().learnsFrom() == Lesson.GATE_GRADIENTS;
    long gradients = gates ? how.rewards() * FIGURE * options : 0;
    long ranked = settings.ranking().candidates() * (FRAME + PICK * choices);
    return new RoundBytes(
        FRAME + FIGURE * 3 * options + (long) Float.BYTES * largest.layout().size(),
        Math.max(items, ranked),
        largest.layout().sums().bytes(),
        Math.max(items + gradients, ranked));
  }
}
