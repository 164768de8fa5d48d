package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/** What follows from the probabilities of independent choices, however these came about. */
final class ProductDistribution {
  /** Beginnings kept by the beam search; they cost little here. */
  private static final int BEAM = 256;

  private final double[][] logarithms;

  /**
   * A distribution.
   *
   * @param logarithms of the probabilities, {@code [choice][option]}; not copied
   */
  ProductDistribution(double[][] logarithms) {
    this.logarithms = logarithms;
  }

  /** The probabilities, {@code [choice][option]}. */
  double[][] marginals() {
    double[][] marginals = new double[logarithms.length][];
    for (int choice = 0; choice < marginals.length; choice++) {
      marginals[choice] = Softmax.exponentials(logarithms[choice]);
    }
    return marginals;
  }

  /** Draws candidates. */
  List<List<Integer>> sample(int count, RandomGenerator random) {
    double[][] marginals = marginals();
    List<List<Integer>> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Integer> picks = new ArrayList<>();
      for (double[] probabilities : marginals) {
        picks.add(Softmax.draw(probabilities, random));
      }
      samples.add(List.copyOf(picks));
    }
    return List.copyOf(samples);
  }

  /** Logarithm of a candidate's probability. */
  double logProbability(List<Integer> picks) {
    check(picks);
    double sum = 0;
    for (int choice = 0; choice < logarithms.length; choice++) {
      sum += logarithms[choice][picks.get(choice)];
    }
    return sum;
  }

  /**
   * Derivative of {@link #logProbability} by scores whose softmax the probabilities are: 1 at the
   * pick, less the probability.
   */
  double[][] scoreOf(List<Integer> picks) {
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
  double entropy() {
    double sum = 0;
    for (double[] row : logarithms) {
      for (double logarithm : row) {
        sum -= StrictMath.exp(logarithm) * logarithm;
      }
    }
    return sum;
  }

  /**
   * Derivative of {@link #entropy} by scores whose softmax the probabilities are: {@code -p_k (log
   * p_k + entropy of the choice)}.
   */
  double[][] entropyGradient() {
    double[][] gradient = marginals();
    for (int choice = 0; choice < gradient.length; choice++) {
      double[] information = logarithms[choice].clone();
      for (int option = 0; option < information.length; option++) {
        information[option] = -information[option];
      }
      gradient[choice] = Softmax.backward(gradient[choice], information);
    }
    return gradient;
  }

  /** See {@link Policy#best}. */
  List<List<Integer>> best(PricedChoices choices, int count) {
    return new BeamSearch(
            choices,
            (beginnings, parents, choice) ->
                beginnings.stream().map(each -> logarithms[choice]).toArray(double[][]::new))
        .best(count, BEAM);
  }

  /**
   * The most probable candidates, most probable first; fewer if there are no more. Of equally
   * probable ones, the one with the smaller picks comes first.
   */
  List<List<Integer>> topK(int count) {
    RankedCandidates ranked = new RankedCandidates(logarithms);
    List<List<Integer>> top = new ArrayList<>();
    while (top.size() < count && ranked.hasNext()) {
      top.add(ranked.next());
    }
    return List.copyOf(top);
  }

  private void check(List<Integer> picks) {
    boolean fits = picks.size() == logarithms.length;
    for (int choice = 0; fits && choice < picks.size(); choice++) {
      fits = picks.get(choice) >= 0 && picks.get(choice) < logarithms[choice].length;
    }
    if (!fits) {
      List<Integer> sizes = new ArrayList<>();
      for (double[] row : logarithms) {
        sizes.add(row.length);
      }
      throw new IllegalArgumentException(
          "picks must be one index for each choice, of %s options, got %s".formatted(sizes, picks));
    }
  }
}
