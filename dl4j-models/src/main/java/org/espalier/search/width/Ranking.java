package org.espalier.search.width;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.search.Outcome;
import org.espalier.search.RoundResult;
import org.espalier.search.finals.Course;
import org.espalier.search.space.CostModel;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.tensor.Seeds;
import org.espalier.training.PlannedWork;

/**
 * Ranks candidates on the validation part: all of them with shared weights, then the first ones
 * again after tuning.
 *
 * @param settings of the search
 * @param macs of every network
 */
record Ranking(AffineSharingSettings settings, CostModel macs) {
  private static final long RANK = 33;
  private static final long TUNE = 34;

  /** Candidates tuned in one round, after which a checkpoint can be written. */
  private static final int TUNED = 16;

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble((Ranked ranked) -> -ranked.accuracy())
          .thenComparingDouble(Ranked::loss);

  List<SupernetItem> plan(AffineSharingState state) {
    boolean tunes = state.phase() == AffineSharingState.Phase.TUNE;
    List<Ranked> asked = tunes ? untuned(state).stream().limit(TUNED).toList() : state.ranking();
    List<SupernetItem> items = new ArrayList<>();
    for (Ranked ranked : asked) {
      int number = state.ranking().indexOf(ranked);
      items.add(
          new SupernetItem.Rank(
              Seeds.mix(state.seed(), tunes ? TUNE : RANK, number),
              work(state.course(), macs.exact(ranked.picks()), tunes),
              "candidate %d%s".formatted(number + 1, tunes ? ", tuned" : ""),
              ranked.picks(),
              Seeds.mix(state.seed(), TUNE),
              tunes));
    }
    return items;
  }

  /** Those that are still to be tuned: the first of the ranking, and the uniform network. */
  List<Ranked> untuned(AffineSharingState state) {
    long missing = settings.ranking().tuning().candidates();
    List<Ranked> untuned = new ArrayList<>();
    for (Ranked ranked : state.ranking()) {
      boolean uniform = ranked.candidate().equals(state.uniform().candidate());
      if (ranked.tuned()) {
        missing -= uniform ? 0 : 1;
      }
    }
    for (Ranked ranked : state.ranking()) {
      boolean uniform = ranked.candidate().equals(state.uniform().candidate());
      if (!ranked.tuned() && (uniform || missing > 0)) {
        untuned.add(ranked);
        missing -= uniform ? 0 : 1;
      }
    }
    return untuned;
  }

  /** Planned work of judging a candidate of so many MACs. */
  long work(Course course, long cost, boolean tuned) {
    long images =
        (long) settings.ranking().calibrationImages()
            + Math.min(settings.ranking().validationImages(), course.validationSize());
    long judging = PlannedWork.evaluation(images, cost);
    SupernetSettings supernet = settings.supernet().training();
    long batch = Math.min(supernet.batchSize(), course.trainingSize());
    long steps = PlannedWork.training(settings.ranking().tuning().steps() * batch, cost);
    return tuned ? judging + (long) (steps * supernet.workFactor()) : judging;
  }

  /**
   * The candidates after a round, those that were asked judged anew, the rest as before; those that
   * could not be judged are left out.
   */
  static List<Ranked> after(
      List<Ranked> candidates, RoundResult<SupernetItem, SupernetResult> round) {
    Map<List<Integer>, Outcome<SupernetResult>> outcomes = new HashMap<>();
    for (RoundResult.Performed<SupernetItem, SupernetResult> each : round.items()) {
      outcomes.put(((SupernetItem.Rank) each.item()).picks(), each.outcome());
    }
    boolean tuned =
        round.items().stream().allMatch(each -> ((SupernetItem.Rank) each.item()).tuned());
    List<Ranked> after = new ArrayList<>();
    for (Ranked candidate : candidates) {
      if (!outcomes.containsKey(candidate.picks())) {
        after.add(candidate);
      } else if (outcomes.get(candidate.picks()) instanceof Outcome.Value<SupernetResult> value) {
        SupernetResult.Judged judged = (SupernetResult.Judged) value.value();
        after.add(candidate.judged(judged.accuracy(), judged.loss(), tuned));
      }
    }
    return List.copyOf(after);
  }

  /**
   * The best first; tuned ones, if there are any, before the others, whose accuracies are not
   * comparable with theirs. Of equals the more probable one stays the first.
   */
  static List<Ranked> sorted(List<Ranked> judged) {
    return Stream.of(true, false)
        .flatMap(tuned -> judged.stream().filter(each -> each.tuned() == tuned).sorted(BEST_FIRST))
        .toList();
  }
}
