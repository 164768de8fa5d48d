package org.espalier.search.policy;

import java.util.List;
import org.espalier.storage.Floats;

/**
 * One categorical distribution for each of several independent choices, given by logits, whose
 * softmax is both the probabilities and the gates of a mixture.
 *
 * @param sizes options of each choice, each at least 1
 * @param logits of all options, choice after choice; all finite
 */
public record Categoricals(List<Integer> sizes, Floats logits) implements IndependentChoices {
  public Categoricals {
    sizes = List.copyOf(sizes);
    Rows.check(sizes, logits);
  }

  /** All options of a choice are as probable as each other. */
  public static Categoricals uniform(List<Integer> sizes) {
    return new Categoricals(
        sizes, Floats.of(new float[sizes.stream().mapToInt(Integer::intValue).sum()]));
  }

  @Override
  public Floats values() {
    return logits;
  }

  @Override
  public Categoricals with(Floats values) {
    return new Categoricals(sizes, values);
  }

  @Override
  public double[][] scores() {
    return Rows.of(sizes, logits);
  }

  @Override
  public double[][] backward(double[][] byScores) {
    return byScores;
  }

  @Override
  public double[][] gates() {
    return marginals();
  }

  @Override
  public double[][] gatesBackward(double[][] byGates) {
    double[][] gradient = marginals();
    for (int choice = 0; choice < gradient.length; choice++) {
      gradient[choice] = Softmax.backward(gradient[choice], byGates[choice]);
    }
    return gradient;
  }
}
