package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/**
 * The controller's network along one candidate: two steps without a choice, then one step a choice,
 * whose input is the embedding of the pick before, the choice as one-hot and the share of the limit
 * that is still free, and whose head gives the logits of the choice's options.
 */
final class LstmPaths implements BeamSearch.Model {
  /** Steps before the first choice. */
  static final int FIRST = 2;

  private final LstmShape shape;
  private final double[] parameters;
  private final PricedChoices choices;
  private final LstmCell[] cells;

  /** Row of the embedding that each step read. */
  private final int[] embeddings;

  private final double[] outputSlopes;
  private final double[] nothing;

  LstmPaths(LstmShape shape, double[] parameters, PricedChoices choices) {
    if (parameters.length != shape.size) {
      throw new IllegalArgumentException(
          "choices of %s options need %d parameters, got %d"
              .formatted(choices.sizes(), shape.size, parameters.length));
    }
    this.shape = shape;
    this.parameters = parameters;
    this.choices = choices;
    int steps = FIRST + shape.choices;
    cells = new LstmCell[shape.layers];
    for (int layer = 0; layer < shape.layers; layer++) {
      cells[layer] = new LstmCell(shape, layer, steps);
    }
    embeddings = new int[steps];
    outputSlopes = new double[shape.hidden];
    nothing = new double[shape.hidden];
  }

  /** Takes the steps before the first choice. */
  void begin() {
    double left = choices.left(List.of(), 0);
    for (int step = 0; step < FIRST; step++) {
      advance(step, -1, left);
    }
  }

  /**
   * Takes the step of a choice.
   *
   * @param picks of the choices before it, at least
   * @return logarithms of its options' probabilities
   */
  double[] next(List<Integer> picks, int choice) {
    int step = FIRST + choice;
    advance(step, choice == 0 ? -1 : picks.get(choice - 1), choices.left(picks, choice));
    double[] hidden = cells[shape.layers - 1].output(step);
    double[] logits = new double[shape.options(choice)];
    for (int option = 0; option < logits.length; option++) {
      int row = shape.head(choice) + option * shape.hidden;
      double sum = parameters[shape.headBiases(choice) + option];
      for (int i = 0; i < shape.hidden; i++) {
        sum += parameters[row + i] * hidden[i];
      }
      logits[option] = sum;
    }
    return Softmax.logarithms(logits);
  }

  private void advance(int step, int previous, double left) {
    double[] input = cells[0].input(step);
    embeddings[step] = shape.embedding(previous);
    System.arraycopy(parameters, embeddings[step], input, 0, shape.embedding);
    for (int choice = 0; choice < shape.choices; choice++) {
      input[shape.embedding + choice] = step - FIRST == choice ? 1 : 0;
    }
    input[shape.inputs - 1] = left;
    for (int layer = 0; layer < shape.layers; layer++) {
      if (layer > 0) {
        double[] below = cells[layer - 1].output(step);
        System.arraycopy(below, 0, cells[layer].input(step), 0, shape.hidden);
      }
      cells[layer].forward(step, parameters);
    }
  }

  @Override
  public double[][] start() {
    begin();
    return save(0);
  }

  @Override
  public BeamSearch.Next next(double[][] memory, List<Integer> picks, int choice) {
    for (int layer = 0; layer < shape.layers; layer++) {
      cells[layer].restore(FIRST + choice, memory[layer]);
    }
    double[] logarithms = next(picks, choice);
    return new BeamSearch.Next(logarithms, save(choice + 1));
  }

  /** What the step of a choice needs of the steps before it, one row a layer. */
  private double[][] save(int choice) {
    double[][] saved = new double[shape.layers][2 * shape.hidden];
    for (int layer = 0; layer < shape.layers; layer++) {
      cells[layer].save(FIRST + choice, saved[layer]);
    }
    return saved;
  }

  /** Draws a candidate. */
  List<Integer> sample(RandomGenerator random) {
    begin();
    List<Integer> picks = new ArrayList<>();
    for (int choice = 0; choice < shape.choices; choice++) {
      picks.add(Softmax.draw(exponentials(next(picks, choice)), random));
    }
    return List.copyOf(picks);
  }

  /** Draws a candidate and adds the probabilities of the options it could pick from. */
  void addMarginals(double share, double[][] sums, RandomGenerator random) {
    begin();
    List<Integer> picks = new ArrayList<>();
    for (int choice = 0; choice < shape.choices; choice++) {
      double[] probabilities = exponentials(next(picks, choice));
      for (int option = 0; option < probabilities.length; option++) {
        sums[choice][option] += share * probabilities[option];
      }
      picks.add(Softmax.draw(probabilities, random));
    }
  }

  /** Logarithm of a candidate's probability. */
  double logProbability(List<Integer> picks) {
    begin();
    double sum = 0;
    for (int choice = 0; choice < shape.choices; choice++) {
      sum += next(picks, choice)[picks.get(choice)];
    }
    return sum;
  }

  /** Sum of the entropies of the steps along a candidate; its mean is the policy's entropy. */
  double entropy(List<Integer> picks) {
    begin();
    double sum = 0;
    for (int choice = 0; choice < shape.choices; choice++) {
      sum += entropy(next(picks, choice));
    }
    return sum;
  }

  /**
   * Adds the derivatives of {@code -advantage * logProbability - entropyWeight * entropy} along a
   * candidate.
   */
  void addGradient(List<Integer> picks, double advantage, double entropyWeight, double[] gradient) {
    begin();
    double[][] slopes = new double[shape.choices][];
    for (int choice = 0; choice < shape.choices; choice++) {
      double[] logarithms = next(picks, choice);
      double entropy = entropy(logarithms);
      slopes[choice] = new double[logarithms.length];
      for (int option = 0; option < logarithms.length; option++) {
        double probability = StrictMath.exp(logarithms[option]);
        double picked = option == picks.get(choice) ? 1 : 0;
        slopes[choice][option] =
            advantage * (probability - picked)
                + entropyWeight * probability * (logarithms[option] + entropy);
      }
    }
    backward(slopes, gradient);
  }

  private void backward(double[][] slopes, double[] gradient) {
    for (LstmCell cell : cells) {
      cell.beginBackward();
    }
    for (int step = FIRST + shape.choices - 1; step >= 0; step--) {
      double[] above = nothing;
      if (step >= FIRST) {
        headBackward(step, slopes[step - FIRST], gradient);
        above = outputSlopes;
      }
      for (int layer = shape.layers - 1; layer >= 0; layer--) {
        above = cells[layer].backward(step, above, parameters, gradient);
      }
      for (int i = 0; i < shape.embedding; i++) {
        gradient[embeddings[step] + i] += above[i];
      }
    }
  }

  /** Writes the derivative by the top layer's outputs. */
  private void headBackward(int step, double[] slopes, double[] gradient) {
    int choice = step - FIRST;
    double[] hidden = cells[shape.layers - 1].output(step);
    Arrays.fill(outputSlopes, 0);
    for (int option = 0; option < slopes.length; option++) {
      int row = shape.head(choice) + option * shape.hidden;
      gradient[shape.headBiases(choice) + option] += slopes[option];
      for (int i = 0; i < shape.hidden; i++) {
        gradient[row + i] += slopes[option] * hidden[i];
        outputSlopes[i] += slopes[option] * parameters[row + i];
      }
    }
  }

  private static double entropy(double[] logarithms) {
    double entropy = 0;
    for (double logarithm : logarithms) {
      entropy -= StrictMath.exp(logarithm) * logarithm;
    }
    return entropy;
  }

  private static double[] exponentials(double[] logarithms) {
    double[] exponentials = new double[logarithms.length];
    for (int option = 0; option < exponentials.length; option++) {
      exponentials[option] = StrictMath.exp(logarithms[option]);
    }
    return exponentials;
  }
}
