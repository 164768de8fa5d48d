package org.espalier.search.policy;

import java.util.List;
import org.espalier.storage.Floats;

/**
 * Options that do not take from one another: each has a gate {@code s = 1 / (1 + exp(-logit))} of
 * its own (Chu et al., "Fair DARTS", ECCV 2020), which is its factor in a mixture. Where one option
 * of a choice is drawn, the probabilities are the gates over their sum.
 *
 * @param sizes options of each choice, each at least 1
 * @param logits of all options, choice after choice; all finite
 */
public record SigmoidGates(List<Integer> sizes, Floats logits) implements IndependentChoices {
  public SigmoidGates {
    sizes = List.copyOf(sizes);
    Rows.check(sizes, logits);
  }

  /** All gates are half open. */
  public static SigmoidGates half(List<Integer> sizes) {
    return new SigmoidGates(
        sizes, Floats.of(new float[sizes.stream().mapToInt(Integer::intValue).sum()]));
  }

  @Override
  public Floats values() {
    return logits;
  }

  @Override
  public SigmoidGates with(Floats values) {
    return new SigmoidGates(sizes, values);
  }

  /** Logarithms of the gates. */
  @Override
  public double[][] scores() {
    double[][] scores = Rows.of(sizes, logits);
    for (double[] row : scores) {
      for (int option = 0; option < row.length; option++) {
        row[option] = -softplus(-row[option]);
      }
    }
    return scores;
  }

  /** {@code log(1 + exp(value))}, finite for every finite value. */
  private static double softplus(double value) {
    return Math.max(0, value) + StrictMath.log1p(StrictMath.exp(-Math.abs(value)));
  }

  /** The derivative of the logarithm of a gate is {@code 1 - s}. */
  @Override
  public double[][] backward(double[][] byScores) {
    double[][] gradient = gates();
    for (int choice = 0; choice < gradient.length; choice++) {
      for (int option = 0; option < gradient[choice].length; option++) {
        gradient[choice][option] = (1 - gradient[choice][option]) * byScores[choice][option];
      }
    }
    return gradient;
  }

  @Override
  public double[][] gates() {
    double[][] gates = scores();
    for (int choice = 0; choice < gates.length; choice++) {
      gates[choice] = Softmax.exponentials(gates[choice]);
    }
    return gates;
  }

  @Override
  public double[][] gatesBackward(double[][] byGates) {
    double[][] gradient = gates();
    for (int choice = 0; choice < gradient.length; choice++) {
      for (int option = 0; option < gradient[choice].length; option++) {
        double gate = gradient[choice][option];
        gradient[choice][option] = gate * (1 - gate) * byGates[choice][option];
      }
    }
    return gradient;
  }
}
