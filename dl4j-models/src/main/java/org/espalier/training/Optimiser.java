package org.espalier.training;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import org.espalier.settings.Range;

/** Which rule turns gradients into new weights. A component that is left out takes its default. */
public sealed interface Optimiser permits Optimiser.Sgd, Optimiser.Adam {

  /** The largest learning rate of the training; the {@link Schedule} scales it. */
  Double learningRate();

  /**
   * Stochastic gradient descent with Nesterov's momentum: {@code v = momentum * v + g; w = w - rate
   * * (g + momentum * v)} (Sutskever et al., ICML 2013, in the form with the rate outside the
   * velocity).
   *
   * @param learningRate above 0; default 0.1, usually 0.01 to 0.2
   * @param momentum in [0, 1); default 0.9, usually 0.9; 0 is plain gradient descent
   */
  record Sgd(@Range(above = 0) Double learningRate, @Range(min = 0, below = 1) Double momentum)
      implements Optimiser {
    public Sgd {
      learningRate = given(learningRate, 0.1);
      momentum = given(momentum, 0.9);
      ranges(Sgd.class, learningRate, momentum);
    }
  }

  /**
   * Adam (Kingma and Ba, ICLR 2015, algorithm 1).
   *
   * @param learningRate above 0; default 0.001, usually 0.0003 to 0.003
   * @param beta1 decay of the mean of the gradients, in [0, 1); default 0.9
   * @param beta2 decay of the mean of their squares, in [0, 1); default 0.999
   * @param epsilon keeps the division finite, above 0; default 1e-8
   */
  record Adam(
      @Range(above = 0) Double learningRate,
      @Range(min = 0, below = 1) Double beta1,
      @Range(min = 0, below = 1) Double beta2,
      @Range(above = 0) Double epsilon)
      implements Optimiser {
    public Adam {
      learningRate = given(learningRate, 0.001);
      beta1 = given(beta1, 0.9);
      beta2 = given(beta2, 0.999);
      epsilon = given(epsilon, 1e-8);
      ranges(Adam.class, learningRate, beta1, beta2, epsilon);
    }
  }
}
