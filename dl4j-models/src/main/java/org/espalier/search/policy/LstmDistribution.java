package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Checks;
import org.espalier.storage.Floats;

/**
 * An LSTM that picks one option after the other, knowing what it picked before and how much of the
 * limit is free (the controller of Wang et al., NeurIPS 2020). It differs from theirs in two ways:
 * each choice has a head of its own, as choices may have different numbers of options; and the free
 * share counts the cheapest options for the choices to come.
 *
 * @param hidden hidden values of a layer, at least 1
 * @param layers of the LSTM, at least 1
 * @param sizes options of each choice
 * @param values parameters of the network, in the order of its parts
 */
public record LstmDistribution(int hidden, int layers, List<Integer> sizes, Floats values)
    implements Distribution {
  /** Beginnings kept by the beam search: a narrow one misses good candidates. */
  private static final int BEAM = 32;

  /** Candidates drawn at once, which bounds memory. */
  private static final int ROWS = 256;

  public LstmDistribution {
    Checks.atLeast("hidden", 1, hidden);
    Checks.atLeast("layers", 1, layers);
    sizes = List.copyOf(sizes);
    int size = new LstmShape(hidden, layers, sizes).size;
    if (values.size() != size) {
      throw new IllegalArgumentException(
          "choices of %s options need %s values, got %s".formatted(sizes, size, values.size()));
    }
  }

  /** Random values. */
  static LstmDistribution start(
      int hidden, int layers, List<Integer> sizes, RandomGenerator random) {
    Floats values = new LstmShape(hidden, layers, sizes).initial(random);
    return new LstmDistribution(hidden, layers, sizes, values);
  }

  @Override
  public LstmDistribution with(Floats moved) {
    return new LstmDistribution(hidden, layers, sizes, moved);
  }

  @Override
  public List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random) {
    return walk(choices, count, random, (choice, logarithms) -> {});
  }

  /** Sees the probabilities that a candidate's pick is drawn from. */
  private interface Visitor {
    void visit(int choice, double[] logarithms);
  }

  /** Draws candidates, one sees the same random numbers as if they were drawn one after another. */
  private List<List<Integer>> walk(
      PricedChoices choices, int count, RandomGenerator random, Visitor visitor) {
    List<List<Integer>> samples = new ArrayList<>();
    try (LstmNetwork network = network(choices, Math.min(ROWS, count), false)) {
      while (samples.size() < count) {
        int rows = Math.min(ROWS, count - samples.size());
        double[][] uniforms = uniforms(rows, random);
        List<List<Integer>> picks = LstmNetwork.empty(rows);
        network.begin(rows);
        for (int choice = 0; choice < sizes.size(); choice++) {
          double[][] logarithms = network.logarithms(picks, choice);
          for (int row = 0; row < rows; row++) {
            visitor.visit(choice, logarithms[row]);
            double[] probabilities = Softmax.exponentials(logarithms[row]);
            picks.get(row).add(Softmax.draw(probabilities, uniforms[row][choice]));
          }
        }
        picks.forEach(each -> samples.add(List.copyOf(each)));
      }
    }
    return List.copyOf(samples);
  }

  private double[][] uniforms(int rows, RandomGenerator random) {
    double[][] uniforms = new double[rows][sizes.size()];
    for (double[] row : uniforms) {
      for (int choice = 0; choice < row.length; choice++) {
        row[choice] = random.nextDouble();
      }
    }
    return uniforms;
  }

  @Override
  public double logProbability(PricedChoices choices, List<Integer> picks) {
    double sum = 0;
    try (LstmNetwork network = network(choices, 1, false)) {
      network.begin(1);
      for (int choice = 0; choice < sizes.size(); choice++) {
        sum += network.logarithms(List.of(picks), choice)[0][picks.get(choice)];
      }
    }
    return sum;
  }

  @Override
  public List<List<Integer>> best(PricedChoices choices, int count) {
    try (LstmNetwork network = network(choices, Math.max(BEAM, count), false)) {
      return new BeamSearch(choices, network).best(count, BEAM);
    }
  }

  @Override
  public double entropy(PricedChoices choices, int samples, RandomGenerator random) {
    double[] sum = {0};
    walk(
        choices,
        samples,
        random,
        (choice, logarithms) -> {
          for (double logarithm : logarithms) {
            sum[0] -= StrictMath.exp(logarithm) * logarithm;
          }
        });
    return sum[0] / samples;
  }

  @Override
  public double[][] marginals(PricedChoices choices, int samples, RandomGenerator random) {
    double[][] sums = sizes.stream().map(double[]::new).toArray(double[][]::new);
    walk(
        choices,
        samples,
        random,
        (choice, logarithms) -> {
          for (int option = 0; option < logarithms.length; option++) {
            sums[choice][option] += StrictMath.exp(logarithms[option]) / samples;
          }
        });
    return sums;
  }

  @Override
  public double[] scoreGradient(
      PricedChoices choices, List<List<Integer>> picks, double[] weights, double entropyWeight) {
    try (LstmNetwork network = network(choices, picks.size(), true)) {
      return network.gradient(picks, weights, entropyWeight);
    }
  }

  private LstmNetwork network(PricedChoices choices, int rows, boolean learns) {
    check(choices);
    double[] parameters = new double[values.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = values.get(i);
    }
    return new LstmNetwork(new LstmShape(hidden, layers, sizes), parameters, choices, rows, learns);
  }
}
