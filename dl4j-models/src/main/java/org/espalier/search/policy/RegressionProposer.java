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

  private static final double[] PAIRS = {0.1, 0.3, 0.5, 0.7};

  /** Shares of traits, where there are some. */
  private static final double[] TRAITS = {0.1, 0.5, 2};

  public RegressionProposer {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(history, "history");
    Objects.requireNonNull(prior, "prior");
  }

  static RegressionProposer start(RegressionSettings settings, PricedChoices choices) {
    return new RegressionProposer(settings, History.NONE, priors(settings, choices).get(0));
  }

  /** Priors to choose from. */
  private static List<PairwisePrior> priors(RegressionSettings settings, PricedChoices choices) {
    List<PairwisePrior> priors = new ArrayList<>();
    for (double ofTraits : choices.traits().isEmpty() ? new double[] {0} : TRAITS) {
      for (double ofPairs : PAIRS) {
        for (double noise : settings.noises()) {
          priors.add(new PairwisePrior(0.3, 1 - ofPairs, ofPairs, ofTraits, noise));
        }
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
      return canonical(choices, UniformProposer.draw(choices, count, random));
    }
    Fit fit = new Fit(choices);
    PairwiseRegression regression = fit.regression(prior);
    boolean whole = choices.size() <= ENUMERATED && choices.traits().isEmpty();
    List<List<Integer>> pool = whole ? List.of() : pool(choices, random);
    List<List<Integer>> sample = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PairwiseScore score = regression.draw(settings.exploration(), random);
      List<List<Integer>> best =
          whole
              ? score.largest(each -> !known.contains(each) && allowed(choices, each))
              : fit.largest(pool, score, known);
      sample.addAll(best);
      known.addAll(best);
    }
    return List.copyOf(sample);
  }

  private static List<List<Integer>> canonical(PricedChoices choices, List<List<Integer>> drawn) {
    return drawn.stream().map(choices.canonical()).toList();
  }

  /** Whether a candidate is one, and goes by these picks. */
  private static boolean allowed(PricedChoices choices, List<Integer> picks) {
    return choices.allows(picks) && choices.canonical().apply(picks).equals(picks);
  }

  /** What was judged, as regressions see it. */
  private final class Fit {
    private final PricedChoices choices;
    private final StandardTraits traits;
    private final int[][] picks;
    private final double[][] known;

    private Fit(PricedChoices choices) {
      this.choices = choices;
      List<List<Integer>> judged = history.judged().stream().map(Feedback::picks).toList();
      traits = new StandardTraits(choices, judged);
      picks = judged.stream().map(RegressionProposer::array).toArray(int[][]::new);
      known = judged.stream().map(traits::of).toArray(double[][]::new);
    }

    private PairwiseRegression regression(PairwisePrior with) {
      return new PairwiseRegression(with, choices.sizes(), picks, known, scores(history.judged()));
    }

    private double of(PairwiseScore score, List<Integer> candidate) {
      return score.of(array(candidate), traits.of(candidate));
    }

    /** The best new one of a pool, or a better one that single changes lead to from there. */
    private List<List<Integer>> largest(
        List<List<Integer>> pool, PairwiseScore score, Set<List<Integer>> tried) {
      List<List<Integer>> best = List.of();
      double most = Double.NEGATIVE_INFINITY;
      List<List<Integer>> around = pool;
      while (!around.isEmpty()) {
        List<List<Integer>> better = List.of();
        for (List<Integer> each : around) {
          double value = of(score, each);
          if (value > most && !tried.contains(each)) {
            most = value;
            better = List.of(each);
          }
        }
        best = better.isEmpty() ? best : better;
        around = better.isEmpty() ? List.of() : near(choices, better.get(0));
      }
      return best;
    }
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
    history.best(choices, CENTRES).forEach(centre -> pool.addAll(near(choices, centre)));
    pool.addAll(canonical(choices, UniformProposer.draw(choices, DRAWN, random)));
    return List.copyOf(pool);
  }

  /** Those that differ in one choice, within the limits. */
  private static List<List<Integer>> near(PricedChoices choices, List<Integer> centre) {
    Set<List<Integer>> near = new LinkedHashSet<>();
    for (int choice = 0; choice < centre.size(); choice++) {
      for (int option = 0; option < choices.sizes().get(choice); option++) {
        List<Integer> picks = new ArrayList<>(centre);
        picks.set(choice, option);
        if (choices.allows(picks)) {
          near.add(choices.canonical().apply(List.copyOf(picks)));
        }
      }
    }
    return List.copyOf(near);
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
        ? new RegressionProposer(settings, longer, next.mostProbable(choices))
        : next;
  }

  /** How often the first draws have been doubled, and 1; 0 before they are complete. */
  private int level(History of) {
    int doubled = of.judged().size() / settings.first();
    return Integer.SIZE - Integer.numberOfLeadingZeros(doubled);
  }

  private PairwisePrior mostProbable(PricedChoices choices) {
    Fit fit = new Fit(choices);
    PairwisePrior best = prior;
    double most = Double.NEGATIVE_INFINITY;
    for (PairwisePrior each : priors(settings, choices)) {
      double evidence = fit.regression(each).evidence();
      if (evidence > most) {
        most = evidence;
        best = each;
      }
    }
    return best;
  }

  /** Expected scores of ranks; nothing before the first draws are complete. */
  @Override
  public List<Double> expects(PricedChoices choices, List<List<Integer>> candidates) {
    if (level(history) == 0) {
      return List.of();
    }
    Fit fit = new Fit(choices);
    PairwiseScore mean = fit.regression(prior).mean();
    return candidates.stream().map(each -> fit.of(mean, each)).toList();
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
