package org.espalier.search.supernet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.search.Assessment;
import org.espalier.search.Outcome;
import org.espalier.search.RoundResult;
import org.espalier.search.finals.Candidate;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;
import org.espalier.training.PlannedWork;
import org.espalier.training.Score;

/**
 * Ranks candidates on the validation part: all of them with shared weights, then the first ones
 * again after tuning.
 *
 * @param setup what is known from the start
 * @param reference what one would take without a search; it is tuned too if it was ranked
 */
public record Ranking(SupernetSetup setup, Candidate reference) {
  private static final long RANK = 33;
  private static final long TUNE = 34;

  private static final String SHARED_PHASE = "shared weights";
  private static final String TUNED_PHASE = "shared weights, tuned";

  /** Candidates tuned in one round, after which a checkpoint can be written. */
  private static final int TUNED = 16;

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble((Ranked ranked) -> -ranked.accuracy())
          .thenComparingDouble(Ranked::loss);

  /**
   * The items of a round.
   *
   * @param ranking all candidates
   * @param tunes whether those that are still to be tuned are tuned and judged, or all are judged
   *     as they are
   */
  public List<SupernetItem> plan(List<Ranked> ranking, boolean tunes) {
    List<Ranked> asked = tunes ? untuned(ranking).stream().limit(TUNED).toList() : ranking;
    List<SupernetItem> items = new ArrayList<>();
    for (Ranked ranked : asked) {
      int number = ranking.indexOf(ranked);
      items.add(
          new SupernetItem.Rank(
              Seeds.mix(setup.seed(), tunes ? TUNE : RANK, number),
              work(setup.macs().exact(ranked.picks()), tunes),
              "candidate %s%s".formatted(number + 1, tunes ? ", tuned" : ""),
              ranked.picks(),
              Seeds.mix(setup.seed(), TUNE),
              tunes));
    }
    return items;
  }

  /** Those that are still to be tuned: the first of the ranking, and the reference. */
  public List<Ranked> untuned(List<Ranked> ranking) {
    long missing = setup.ranking().tuning().candidates();
    List<Ranked> untuned = new ArrayList<>();
    for (Ranked ranked : ranking) {
      boolean extra = ranked.candidate().equals(reference);
      if (ranked.tuned()) {
        missing -= extra ? 0 : 1;
      }
    }
    for (Ranked ranked : ranking) {
      boolean extra = ranked.candidate().equals(reference);
      if (!ranked.tuned() && (extra || missing > 0)) {
        untuned.add(ranked);
        missing -= extra ? 0 : 1;
      }
    }
    return untuned;
  }

  /**
   * Planned work of judging a candidate.
   *
   * @param macs of it
   */
  public long work(long macs, boolean tuned) {
    RankingSettings ranking = setup.ranking();
    long images =
        (long) ranking.calibrationImages()
            + Math.min(ranking.validationImages(), setup.course().validationSize());
    long judging = PlannedWork.evaluation(images, macs);
    long batch = Math.min(setup.how().batchSize(), setup.course().trainingSize());
    long steps = PlannedWork.training(ranking.tuning().steps() * batch, macs);
    return tuned ? judging + (long) (steps * setup.how().workFactor()) : judging;
  }

  /**
   * The candidates after a round, those that were asked judged anew, the rest as before; those that
   * could not be judged are left out.
   */
  public static List<Ranked> after(
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
   * As {@link #after}, refusing a search that has nothing left.
   *
   * @param tuned whether the round has tuned candidates
   * @throws InputException if no candidate could be judged
   */
  public List<Ranked> judged(
      List<Ranked> candidates, RoundResult<SupernetItem, SupernetResult> round, boolean tuned) {
    List<Ranked> judged = after(candidates, round);
    if (tuned ? judged.stream().noneMatch(Ranked::tuned) : judged.isEmpty()) {
      throw new InputException(
          "no candidate could be judged, as nothing stayed finite: lower %s, %s now"
              .formatted(
                  tuned ? "ranking.tuning.learningRate" : "supernet.learningRate",
                  tuned ? setup.ranking().tuning().learningRate() : setup.how().learningRate()));
    }
    return judged;
  }

  /** The candidates that were judged, in their order, each as it was judged last. */
  public List<Assessment> assessed(List<Ranked> ranking) {
    List<Assessment> assessed = new ArrayList<>();
    for (Ranked ranked : ranking) {
      if (ranked.isJudged()) {
        assessed.add(
            new Assessment(
                ranked.tuned() ? TUNED_PHASE : SHARED_PHASE,
                "candidate " + (assessed.size() + 1),
                ranked.candidate().description(),
                ranked.candidate().network(),
                Optional.of(new Score(ranked.loss(), ranked.accuracy())),
                work(ranked.candidate().macs(), ranked.tuned()),
                "",
                false));
      }
    }
    return assessed;
  }

  /**
   * The best first; tuned ones, if there are any, before the others, whose accuracies are not
   * comparable with theirs. Of equals the more probable one stays the first.
   */
  public static List<Ranked> sorted(List<Ranked> judged) {
    return Stream.of(true, false)
        .flatMap(tuned -> judged.stream().filter(each -> each.tuned() == tuned).sorted(BEST_FIRST))
        .toList();
  }
}
