package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.search.space.PricedChoices;

/**
 * Thompson sampling (Thompson, 1933) with a {@link PairwiseRegression} of how candidates rank: each
 * proposal is the best new candidate by one of the scores that there may be, drawn by its
 * probability. What is regressed are not accuracies, of which a few bad candidates would decide
 * everything, but exponential scores of their ranks, which tell the good ones apart.
 *
 * @param settings of the regression
 * @param history of what was judged
 * @param prior that the history up to a power of two of the first draws is most probable with
 */
public record RegressionProposer(RegressionSettings settings, History history, PairwisePrior prior)
    implements Proposer {
  /** Spaces up to this size are looked at whole. */
  private static final long ENUMERATED = 20_000;

  /** Of larger ones, candidates drawn for each call of {@link #sample}. */
  private static final int DRAWN = 1000;

  /** And the best ones known, around which all candidates that differ in one choice are tried. */
  private static final int CENTRES = 10;

  /** Priors to choose from. */
  private static final List<PairwisePrior> PRIORS = priors();

  public RegressionProposer {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(history, "history");
    Objects.requireNonNull(prior, "prior");
  }

  static RegressionProposer start(RegressionSettings settings) {
    return new RegressionProposer(settings, History.NONE, PRIORS.get(0));
  }

  private static List<PairwisePrior> priors() {
    List<PairwisePrior> priors = new ArrayList<>();
    for (double pairs : new double[] {0.1, 0.3, 0.5, 0.7}) {
      for (double noise : new double[] {0.01, 0.03, 0.1, 0.3}) {
        priors.add(new PairwisePrior(0.3, 1 - pairs, pairs, noise));
      }
    }
    return List.copyOf(priors);
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random) {
    Set<List<Integer>> known = new HashSet<>();
    history.judged().forEach(each -> known.add(each.picks()));
    if (known.size() < Math.min(settings.first(), choices.size())) {
      return UniformProposer.draw(choices, count, random);
    }
    PairwiseRegression regression = regression(prior, choices.sizes());
    List<List<Integer>> pool = choices.size() <= ENUMERATED ? List.of() : pool(choices, random);
    List<List<Integer>> sample = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PairwiseScore score = regression.draw(random);
      List<List<Integer>> best =
          choices.size() <= ENUMERATED
              ? score.largest(each -> !known.contains(each) && choices.allows(each))
              : largest(pool, score, known);
      sample.addAll(best);
      known.addAll(best);
    }
    return List.copyOf(sample);
  }

  private PairwiseRegression regression(PairwisePrior with, List<Integer> sizes) {
    int[][] picks =
        history.judged().stream().map(each -> array(each.picks())).toArray(int[][]::new);
    return new PairwiseRegression(with, sizes, picks, scores(history.judged()));
  }

  private static int[] array(List<Integer> picks) {
    return picks.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Exponential scores of ranks: {@code -log(1 - share of candidates below) - 1}, an equal one
   * counting half; of equal accuracies the mean.
   */
  static double[] scores(List<Feedback> judged) {
    int count = judged.size();
    List<Integer> ranked =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> judged.get(i).accuracy()))
            .toList();
    double[] scores = new double[count];
    int from = 0;
    while (from < count) {
      double accuracy = judged.get(ranked.get(from)).accuracy();
      int to = from;
      double sum = 0;
      while (to < count && judged.get(ranked.get(to)).accuracy() == accuracy) {
        sum += -StrictMath.log(1 - (to + 0.5) / count) - 1;
        to++;
      }
      for (int rank = from; rank < to; rank++) {
        scores[ranked.get(rank)] = sum / (to - from);
      }
      from = to;
    }
    return scores;
  }

  /** Candidates drawn, and those around the best known, within the limits. */
  private List<List<Integer>> pool(PricedChoices choices, RandomGenerator random) {
    Set<List<Integer>> pool = new LinkedHashSet<>();
    for (List<Integer> centre : history.best(choices, CENTRES)) {
      for (int choice = 0; choice < centre.size(); choice++) {
        for (int option = 0; option < choices.sizes().get(choice); option++) {
          List<Integer> near = new ArrayList<>(centre);
          near.set(choice, option);
          if (choices.allows(near)) {
            pool.add(List.copyOf(near));
          }
        }
      }
    }
    pool.addAll(UniformProposer.draw(choices, DRAWN, random));
    return List.copyOf(pool);
  }

  private static List<List<Integer>> largest(
      List<List<Integer>> pool, PairwiseScore score, Set<List<Integer>> known) {
    return pool.stream()
        .filter(each -> !known.contains(each))
        .max(Comparator.comparingDouble(each -> score.of(array(each))))
        .stream()
        .toList();
  }

  @Override
  public double reward(PricedChoices choices, List<Integer> picks, double accuracy) {
    return accuracy;
  }

  @Override
  public RegressionProposer learn(
      PricedChoices choices, List<Optional<Feedback>> feedback, RandomGenerator random) {
    History longer = history.and(feedback);
    RegressionProposer next = new RegressionProposer(settings, longer, prior);
    return level(longer) > level(history)
        ? new RegressionProposer(settings, longer, next.mostProbable(choices.sizes()))
        : next;
  }

  /** How often the first draws have been doubled, and 1; 0 before they are complete. */
  private int level(History of) {
    int doubled = of.judged().size() / settings.first();
    return Integer.SIZE - Integer.numberOfLeadingZeros(doubled);
  }

  private PairwisePrior mostProbable(List<Integer> sizes) {
    PairwisePrior best = prior;
    double most = Double.NEGATIVE_INFINITY;
    for (PairwisePrior each : PRIORS) {
      double evidence = regression(each, sizes).evidence();
      if (evidence > most) {
        most = evidence;
        best = each;
      }
    }
    return best;
  }

  @Override
  public List<List<Integer>> best(PricedChoices choices, int count) {
    return history.best(choices, count);
  }

  @Override
  public long steps() {
    return history.steps();
  }
}
