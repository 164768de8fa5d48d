package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;

/**
 * One categorical distribution for each of several independent choices, given by logits. A
 * candidate is a list of picks: the index of one option for each choice.
 *
 * @param sizes options of each choice, each at least 1
 * @param logits of all options, choice after choice; all finite
 */
public record Categoricals(List<Integer> sizes, Floats logits) implements Distribution {
  /** {@code 2^-52}: the distance between the midpoints from which noise is drawn. */
  private static final double STEP = 0x1p-52;

  /** Beginnings kept by the beam search; they cost little here. */
  private static final int BEAM = 256;

  public Categoricals {
    sizes = List.copyOf(sizes);
    int options = 0;
    for (int size : sizes) {
      if (size < 1) {
        throw new IllegalArgumentException("every choice needs an option, got sizes " + sizes);
      }
      options += size;
    }
    if (options != logits.size()) {
      throw new IllegalArgumentException(
          "sizes %s need %s logits, got %s".formatted(sizes, options, logits.size()));
    }
    for (int i = 0; i < options; i++) {
      if (!Float.isFinite(logits.get(i))) {
        throw new IllegalArgumentException("logit %s is %s".formatted(i, logits.get(i)));
      }
    }
  }

  /** All options of a choice are as probable as each other. */
  public static Categoricals uniform(List<Integer> sizes) {
    return new Categoricals(
        sizes, Floats.of(new float[sizes.stream().mapToInt(Integer::intValue).sum()]));
  }

  /** The probabilities, {@code [choice][option]}. */
  public double[][] marginals() {
    return split().map(Softmax::probabilities).toArray(double[][]::new);
  }

  @Override
  public Floats values() {
    return logits;
  }

  @Override
  public Categoricals with(Floats values) {
    return new Categoricals(sizes, values);
  }

  /** The logits of the options that are left, less their mean for each choice. */
  @Override
  public Categoricals inheriting(
      Distribution before, List<List<Integer>> positions, double factor) {
    if (!(before instanceof Categoricals other)) {
      return this;
    }
    float[] inherited = new float[logits.size()];
    int start = 0;
    int from = 0;
    for (int choice = 0; choice < sizes.size(); choice++) {
      double mean = 0;
      for (int position : positions.get(choice)) {
        mean += other.logits.get(from + position) / (double) sizes.get(choice);
      }
      for (int option = 0; option < sizes.get(choice); option++) {
        double logit = other.logits.get(from + positions.get(choice).get(option));
        inherited[start + option] = (float) (factor * (logit - mean));
      }
      start += sizes.get(choice);
      from += other.sizes.get(choice);
    }
    return with(Floats.owning(inherited));
  }

  @Override
  public List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random) {
    return Stream.generate(() -> sample(random)).limit(count).toList();
  }

  @Override
  public double logProbability(PricedChoices choices, List<Integer> picks) {
    return logProbability(picks);
  }

  @Override
  public List<List<Integer>> best(PricedChoices choices, int count) {
    double[][] logarithms = logarithms();
    return new BeamSearch(
            choices,
            (beginnings, parents, choice) ->
                beginnings.stream().map(each -> logarithms[choice]).toArray(double[][]::new))
        .best(count, BEAM);
  }

  @Override
  public double entropy(PricedChoices choices, int samples, RandomGenerator random) {
    return entropy();
  }

  @Override
  public double[][] marginals(PricedChoices choices, int samples, RandomGenerator random) {
    return marginals();
  }

  @Override
  public double[] scoreGradient(
      PricedChoices choices, List<List<Integer>> picks, double[] weights, double entropyWeight) {
    double[] sum = flat(entropyGradient());
    for (int k = 0; k < sum.length; k++) {
      sum[k] *= -entropyWeight;
    }
    for (int i = 0; i < weights.length; i++) {
      double[] score = flat(logProbabilityGradient(picks.get(i)));
      for (int k = 0; k < sum.length; k++) {
        sum[k] -= weights[i] * score[k];
      }
    }
    return sum;
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Draws a candidate. */
  public List<Integer> sample(RandomGenerator random) {
    List<Integer> picks = new ArrayList<>();
    for (double[] probabilities : marginals()) {
      picks.add(Softmax.draw(probabilities, random));
    }
    return List.copyOf(picks);
  }

  /**
   * Draws a candidate with its soft version.
   *
   * @param temperature above 0
   */
  public GumbelSample gumbel(double temperature, RandomGenerator random) {
    List<Integer> picks = new ArrayList<>();
    List<List<Double>> relaxed = new ArrayList<>();
    for (double[] scores : logarithms()) {
      int pick = 0;
      for (int option = 0; option < scores.length; option++) {
        scores[option] += noise(random);
        pick = scores[option] > scores[pick] ? option : pick;
      }
      for (int option = 0; option < scores.length; option++) {
        scores[option] /= temperature;
      }
      picks.add(pick);
      List<Double> soft = new ArrayList<>();
      for (double value : Softmax.probabilities(scores)) {
        soft.add(value);
      }
      relaxed.add(soft);
    }
    return new GumbelSample(picks, relaxed, temperature);
  }

  /** Logarithm of a candidate's probability. */
  public double logProbability(List<Integer> picks) {
    check(picks);
    double sum = 0;
    int choice = 0;
    for (double[] logarithms : logarithms()) {
      sum += logarithms[picks.get(choice++)];
    }
    return sum;
  }

  /** Derivative of {@link #logProbability} by the logits: 1 at the pick, less the probability. */
  public double[][] logProbabilityGradient(List<Integer> picks) {
    check(picks);
    double[][] gradient = marginals();
    for (int choice = 0; choice < gradient.length; choice++) {
      for (int option = 0; option < gradient[choice].length; option++) {
        gradient[choice][option] = (option == picks.get(choice) ? 1 : 0) - gradient[choice][option];
      }
    }
    return gradient;
  }

  /** Entropy in nats. */
  public double entropy() {
    double sum = 0;
    for (double[] logarithms : logarithms()) {
      for (double logarithm : logarithms) {
        sum -= StrictMath.exp(logarithm) * logarithm;
      }
    }
    return sum;
  }

  /**
   * Derivative of {@link #entropy} by the logits: {@code -p_k (log p_k + entropy of the choice)}.
   */
  public double[][] entropyGradient() {
    List<double[]> gradient = new ArrayList<>();
    for (double[] logarithms : logarithms()) {
      double[] probabilities = logarithms.clone();
      double[] information = logarithms.clone();
      for (int option = 0; option < logarithms.length; option++) {
        probabilities[option] = StrictMath.exp(logarithms[option]);
        information[option] = -logarithms[option];
      }
      gradient.add(Softmax.backward(probabilities, information));
    }
    return gradient.toArray(double[][]::new);
  }

  /**
   * The most probable candidates, most probable first; fewer if there are no more. Of equally
   * probable ones, the one with the smaller picks comes first.
   */
  public List<List<Integer>> topK(int count) {
    RankedCandidates ranked = new RankedCandidates(logarithms());
    List<List<Integer>> top = new ArrayList<>();
    while (top.size() < count && ranked.hasNext()) {
      top.add(ranked.next());
    }
    return List.copyOf(top);
  }

  /** Logarithms of the probabilities, {@code [choice][option]}. */
  public double[][] logarithms() {
    return split().map(Softmax::logarithms).toArray(double[][]::new);
  }

  private Stream<double[]> split() {
    List<double[]> parts = new ArrayList<>();
    int next = 0;
    for (int size : sizes) {
      double[] part = new double[size];
      for (int option = 0; option < size; option++) {
        part[option] = logits.get(next++);
      }
      parts.add(part);
    }
    return parts.stream();
  }

  /** Standard Gumbel noise; the uniform number under it is never 0 or 1, so it is finite. */
  private static double noise(RandomGenerator random) {
    double uniform = ((random.nextLong() >>> 12) + 0.5) * STEP;
    return -StrictMath.log(-StrictMath.log(uniform));
  }

  private void check(List<Integer> picks) {
    boolean fits = picks.size() == sizes.size();
    for (int choice = 0; fits && choice < picks.size(); choice++) {
      fits = picks.get(choice) >= 0 && picks.get(choice) < sizes.get(choice);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "picks must be one index for each choice, of %s options, got %s".formatted(sizes, picks));
    }
  }
}
