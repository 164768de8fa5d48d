package org.espalier.search.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.search.policy.Feedback;
import org.espalier.search.policy.Proposer;
import org.espalier.search.space.PricedChoices;
import org.espalier.tensor.Seeds;

/**
 * Plays searches on a table. A network that is over a limit is not asked for, as costs are known;
 * each that is asked for is a query, the same one again too. What is found is the network with the
 * highest seen accuracy among those asked for.
 *
 * @param contest that searches are in
 */
public record TableGame(Contest contest) {
  private static final long START = 1;
  private static final long DRAW = 2;

  /** Candidates drawn at once to find some within the limits; then the search is given up. */
  private static final int MOST_DRAWN = 1 << 14;

  /** What a search found. */
  private static final class Score {
    private final List<OptionalInt> found = new ArrayList<>();
    private int best = -1;
    private int asked;
  }

  /**
   * Plays one search.
   *
   * @param queries after how many to look, rising
   * @return for each the number of the network found, if any was within the limits; the last one
   *     again where a search found no more to ask for
   */
  public List<OptionalInt> play(Entrant entrant, long seed, List<Integer> queries) {
    PricedChoices choices = contest.choices();
    int most = queries.get(queries.size() - 1);
    Proposer proposer =
        entrant.settings().start(choices, most / entrant.batch() + 1, Seeds.generator(seed, START));
    Score score = new Score();
    boolean more = true;
    for (int round = 0; more && score.asked < most; round++) {
      int wanted = Math.min(entrant.batch(score.asked), most - score.asked);
      long drawn = Seeds.mix(seed, DRAW, round);
      List<Optional<Feedback>> feedback = ask(proposer, wanted, drawn);
      int before = score.asked;
      feedback.forEach(each -> each.ifPresent(judged -> count(score, judged, queries)));
      more = score.asked > before;
      proposer = proposer.learn(choices, feedback, Seeds.generator(drawn));
    }
    while (score.found.size() < queries.size()) {
      score.found.add(score.best < 0 ? OptionalInt.empty() : OptionalInt.of(score.best));
    }
    return score.found;
  }

  private void count(Score score, Feedback judged, List<Integer> queries) {
    NetworkTable table = contest.table();
    int number = table.number(judged.picks());
    if (score.best < 0 || table.seen(number) > table.seen(score.best)) {
      score.best = number;
    }
    score.asked++;
    if (score.found.size() < queries.size() && queries.get(score.found.size()) == score.asked) {
      score.found.add(OptionalInt.of(score.best));
    }
  }

  /** Draws until so many are within the limits, and says what is seen of these. */
  private List<Optional<Feedback>> ask(Proposer proposer, int wanted, long seed) {
    PricedChoices choices = contest.choices();
    NetworkTable table = contest.table();
    int count = wanted;
    List<List<Integer>> drawn = proposer.sample(choices, count, Seeds.generator(seed));
    while (allowed(drawn) < wanted && drawn.size() == count && count < MOST_DRAWN) {
      count *= 2;
      drawn = proposer.sample(choices, count, Seeds.generator(seed));
    }
    List<Optional<Feedback>> feedback = new ArrayList<>();
    int left = wanted;
    for (List<Integer> picks : drawn) {
      boolean judged = left > 0 && choices.allows(picks);
      left -= judged ? 1 : 0;
      feedback.add(
          judged
              ? Optional.of(Feedback.of(picks, table.seen(table.number(picks))))
              : Optional.empty());
    }
    return feedback;
  }

  private long allowed(List<List<Integer>> drawn) {
    return drawn.stream().filter(contest.choices()::allows).count();
  }
}
