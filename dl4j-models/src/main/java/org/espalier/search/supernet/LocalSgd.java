package org.espalier.search.supernet;

/**
 * How a supernet takes local steps: stochastic gradient descent with Nesterov's momentum, as {@link
 * org.espalier.training.Optimiser.Sgd}, in what the sampled paths use and nowhere else.
 *
 * @param momentum in [0, 1)
 * @param weightDecay added to the gradient as {@code weightDecay * w}, with the weights {@code w}
 *     that the sampled paths see; not for batch norm and biases; at least 0
 * @param labelSmoothing share of each label spread evenly over all classes, in [0, 1)
 */
public record LocalSgd(double momentum, double weightDecay, double labelSmoothing) {
  public LocalSgd {
    belowOne("momentum", momentum);
    belowOne("labelSmoothing", labelSmoothing);
    if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weightDecay must be at least 0, got " + weightDecay);
    }
  }

  private static void belowOne(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("%s must be in [0, 1), got %s".formatted(name, value));
    }
  }
}
