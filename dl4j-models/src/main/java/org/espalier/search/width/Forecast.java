package org.espalier.search.width;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.Retraining;
import org.espalier.search.finals.Training;
import org.espalier.search.finals.TrainingBytes;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.training.PlannedWork;

/**
 * What is ahead of a search: work, as far as it can be known, and bytes, as upper bounds.
 *
 * @param settings of the search
 * @param contest its trainings
 * @param ranking its ranking
 * @param drawn MACs of a network whose widths are drawn uniformly, on average
 */
record Forecast(AffineSharingSettings settings, Contest contest, Ranking ranking, long drawn) {
  private static final String ACCURACY = "validation accuracy, percent";

  /** Bytes of an item's picks, one pick, and of a figure in text. */
  private static final long PICK = 4;

  private static final long FRAME = 4 << 10;

  Progress progress(AffineSharingState state) {
    long done = state.work().all();
    List<Progress.Measure> measures = new ArrayList<>();
    best(state)
        .ifPresent(best -> measures.add(new Progress.Measure("best " + ACCURACY, 100 * best)));
    return new Progress(
        state.phase().name().toLowerCase(Locale.ROOT), done, done + ahead(state), measures);
  }

  private static OptionalDouble best(AffineSharingState state) {
    Stream<Training> trained =
        Stream.concat(state.trials().stream(), state.retrainings().stream())
            .filter(Training::finished);
    OptionalDouble alone = trained.mapToDouble(training -> training.trained().accuracy()).max();
    return alone.isPresent()
        ? alone
        : state.ranking().stream().filter(Ranked::isJudged).mapToDouble(Ranked::accuracy).max();
  }

  /**
   * Networks not known yet are taken to cost what the uniform one does; those that a supernet
   * draws, what they do on average as long as its policy has learned nothing.
   */
  private long ahead(AffineSharingState state) {
    return switch (state.phase()) {
      case SUPERNET -> {
        int left = settings.supernet().rounds() - state.round();
        yield left * round(state) + afterSupernet(state, search(state));
      }
      case RANK -> judging(state) + afterSupernet(state, search(state));
      case TUNE -> tuning(state) + afterSupernet(state, search(state));
      case TRIAL -> trainings(state, state.trials()) + finals(state, state.work().search());
      case RETRAIN -> trainings(state, state.retrainings());
      case DONE -> 0;
    };
  }

  /** Planned work of the whole search, without baselines and final trainings. */
  private long search(AffineSharingState state) {
    int left = settings.supernet().rounds() - state.log().size();
    return state.work().supernet() + left * round(state) + judging(state) + winners(state);
  }

  private static long macs(AffineSharingState state) {
    return state.uniform().macs();
  }

  private long round(AffineSharingState state) {
    SupernetSettings how = settings.supernet();
    long batch = Math.min(how.batchSize(), state.course().trainingSize());
    long images = (long) how.itemsPerRound() * how.stepsPerItem() * batch;
    long steps = (long) (PlannedWork.training(images, drawn) * how.workFactor());
    long judged =
        (long) how.rewards() * Math.min(how.rewardImages(), state.course().validationSize());
    boolean gates = settings.policy() instanceof SamplerSettings;
    long judging =
        gates ? PlannedWork.training(judged, drawn) : PlannedWork.evaluation(judged, drawn);
    return steps + judging;
  }

  private long judging(AffineSharingState state) {
    return settings.ranking().candidates() * ranking.work(state.course(), macs(state), false)
        + tuning(state);
  }

  private long tuning(AffineSharingState state) {
    int count =
        state.phase() == AffineSharingState.Phase.TUNE
            ? ranking.untuned(state).size()
            : Math.min(settings.ranking().tuning().candidates(), settings.ranking().candidates());
    return count * ranking.work(state.course(), macs(state), true);
  }

  /** A ranking of which one is taken needs no contest. */
  private long winners(AffineSharingState state) {
    int count = settings.ranking().winners();
    return count > 1 ? count * state.course().work(settings.trial(), macs(state)) : 0;
  }

  private long afterSupernet(AffineSharingState state, long search) {
    long trials = winners(state) + (settings.baselines().contains(Baseline.RANDOM) ? search : 0);
    return (state.phase() == AffineSharingState.Phase.SUPERNET ? judging(state) : 0)
        + trials
        + finals(state, search);
  }

  private long finals(AffineSharingState state, long search) {
    Course course = state.course();
    int roles = 1 + settings.baselines().size();
    long each = course.work(settings.retrain(), macs(state));
    return roles * settings.retrainings() * each
        + (settings.baselines().contains(Baseline.UNIFORM_LONGER) ? search : 0);
  }

  private long trainings(AffineSharingState state, List<Training> trainings) {
    int longer = contest.longerEpochs(state);
    return Retraining.workAhead(
        state.course(), trainings, training -> contest.how(training, longer));
  }

  /**
   * Upper bounds on what the largest round moves.
   *
   * @param mostTrainings in one round
   */
  RoundBytes largestRound(AffineSharingState state, MetaLayout layout, int mostTrainings) {
    int choices = state.space().choices().size();
    SupernetSettings how = settings.supernet();
    long steps =
        how.itemsPerRound() * (FRAME + PICK * choices * how.stepsPerItem())
            + how.rewards() * (FRAME + PICK * choices);
    long ranked = settings.ranking().candidates() * (FRAME + PICK * choices);
    // A family's network with parameters within the budget has no more than the widest one.
    long parameters = widestParameters(state);
    int epochs = Math.max(settings.trial().epochs(), settings.retrain().epochs()) + longest(state);
    long trainings =
        mostTrainings * TrainingBytes.of(parameters, state.uniform().widths().size(), epochs);
    long maps =
        Float.BYTES
            * ((long) state.shared().maps().outputs().size()
                + state.shared().maps().inputs().size());
    return new RoundBytes(
        TrainingBytes.of(state.space()) + (long) Float.BYTES * layout.size() + maps,
        Math.max(trainings, Math.max(steps, ranked)),
        layout.sums().bytes(),
        Math.max(trainings, Math.max(steps, ranked)));
  }

  private static long widestParameters(AffineSharingState state) {
    List<Integer> widest =
        state.space().choices().stream().map(choice -> choice.widths().size() - 1).toList();
    return Math.max(
        state.uniform().parameters(),
        state.space().cost(state.space().widths(widest)).parameters());
  }

  /** Epochs that longer trainings may take on top, estimated generously. */
  private int longest(AffineSharingState state) {
    long epoch = state.course().work(settings.retrain().withEpochs(1), macs(state));
    return Math.toIntExact(2 * search(state) / Math.max(1, settings.retrainings()) / epoch + 1);
  }
}
