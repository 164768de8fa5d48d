package org.espalier.search.policy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;

/**
 * Adaptive stochastic natural gradient (Akimoto et al., ICML 2019): the probabilities of
 * independent choices move along the natural gradient of ranks of rewards, by a step of a length
 * that adapts to how much of the direction is signal. There is no learning rate to tune.
 *
 * @param sizes options of each choice
 * @param probabilities of all options, choice after choice
 * @param reward what a candidate is worth
 * @param pace length of the steps
 */
public record NaturalGradientPolicy(
    List<Integer> sizes, Floats probabilities, Reward reward, StepLength pace) implements Policy {
  /** Share of the candidates of a batch that count as good, and as bad. */
  private static final double EXTREMES = 0.25;

  public NaturalGradientPolicy {
    sizes = List.copyOf(sizes);
    Objects.requireNonNull(reward, "reward");
    Objects.requireNonNull(pace, "pace");
  }

  /** All options of a choice are as probable as each other. */
  static NaturalGradientPolicy start(List<Integer> sizes, Reward reward, double first) {
    double[][] equal = sizes.stream().map(double[]::new).toArray(double[][]::new);
    for (double[] row : equal) {
      Arrays.fill(row, 1.0 / row.length);
    }
    int free = sizes.stream().mapToInt(size -> size - 1).sum();
    return new NaturalGradientPolicy(
        sizes, Rows.floats(equal), reward, StepLength.start(first, free));
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random) {
    return distribution(choices).sample(count, random);
  }

  @Override
  public double reward(PricedChoices choices, List<Integer> picks, double accuracy) {
    return reward.of(accuracy, choices.ratio(picks));
  }

  /** Changes nothing where fewer than two could be judged, or all are worth the same. */
  @Override
  public NaturalGradientPolicy learn(
      PricedChoices choices, List<Optional<Feedback>> feedback, RandomGenerator random) {
    List<Feedback> judged = feedback.stream().flatMap(Optional::stream).toList();
    double[] rewards =
        judged.stream()
            .mapToDouble(each -> reward(choices, each.picks(), each.accuracy()))
            .toArray();
    double[] utilities = utilities(rewards);
    if (IntStream.range(0, utilities.length).allMatch(i -> utilities[i] == 0)) {
      return this;
    }
    double[][] now = distribution(choices).marginals();
    Rows sum = Rows.scaled(0, now);
    for (int i = 0; i < utilities.length; i++) {
      sum.add(utilities[i] / utilities.length, lead(judged.get(i).picks(), now));
    }
    NaturalDirection direction = new NaturalDirection(now, sum.table());
    return new NaturalGradientPolicy(
        sizes, Rows.floats(direction.moved(pace.length())), reward, pace.after(direction.unit()));
  }

  /** The candidate as one-hot, less the probabilities. */
  private static double[][] lead(List<Integer> picks, double[][] probabilities) {
    Rows lead = Rows.scaled(-1, probabilities);
    for (int choice = 0; choice < probabilities.length; choice++) {
      lead.table()[choice][picks.get(choice)] += 1;
    }
    return lead.table();
  }

  /**
   * Ranks as numbers: the best quarter share 1, the worst quarter -1; equal rewards share what
   * their ranks have. A single candidate has none.
   */
  static double[] utilities(double[] rewards) {
    int count = rewards.length;
    double[] utilities = new double[count];
    if (count < 2) {
      return utilities;
    }
    int extremes = (int) StrictMath.ceil(EXTREMES * count);
    List<Integer> ranked =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -rewards[i]))
            .toList();
    int from = 0;
    while (from < count) {
      int to = from;
      double sum = 0;
      while (to < count && rewards[ranked.get(to)] == rewards[ranked.get(from)]) {
        sum += to < extremes ? 1.0 / extremes : to >= count - extremes ? -1.0 / extremes : 0;
        to++;
      }
      for (int rank = from; rank < to; rank++) {
        utilities[ranked.get(rank)] = sum / (to - from);
      }
      from = to;
    }
    return utilities;
  }

  private ProductDistribution distribution(PricedChoices choices) {
    if (!choices.sizes().equals(sizes)) {
      throw new IllegalArgumentException(
          "this policy is for choices of %s options, got %s".formatted(sizes, choices.sizes()));
    }
    return new ProductDistribution(logarithms());
  }

  private double[][] logarithms() {
    double[][] logarithms = Rows.of(sizes, probabilities);
    for (double[] row : logarithms) {
      for (int option = 0; option < row.length; option++) {
        row[option] = StrictMath.log(row[option]);
      }
    }
    return logarithms;
  }

  @Override
  public NaturalGradientPolicy inheriting(
      PricedChoices choices, Policy before, List<List<Integer>> positions, double factor) {
    if (!(before instanceof NaturalGradientPolicy other)) {
      return this;
    }
    double[][] left = Rows.left(other.logarithms(), positions, factor);
    for (int choice = 0; choice < left.length; choice++) {
      left[choice] = Softmax.probabilities(left[choice]);
    }
    return new NaturalGradientPolicy(sizes, Rows.floats(left), reward, pace);
  }

  @Override
  public double logProbability(PricedChoices choices, List<Integer> picks) {
    return distribution(choices).logProbability(picks);
  }

  @Override
  public List<List<Integer>> best(PricedChoices choices, int count) {
    return distribution(choices).best(choices, count);
  }

  @Override
  public double entropy(PricedChoices choices, int samples, RandomGenerator random) {
    return distribution(choices).entropy();
  }

  @Override
  public double[][] marginals(PricedChoices choices, int samples, RandomGenerator random) {
    return distribution(choices).marginals();
  }

  @Override
  public long steps() {
    return pace.steps();
  }
}
