package org.espalier.search.policy;

import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Checks;
import org.espalier.storage.Floats;

/**
 * {@link FrankWolfe} steps, whose lengths fall as {@code 2 / (t + 2 / firstStep)}, along a running
 * mean of the gradients, as a linear programme would follow the noise of each (Mokhtari, Hassani
 * and Karbasi, "Stochastic Conditional Gradient Methods", JMLR 2020). No expected cost is ever over
 * its limit.
 *
 * @param firstStep share of the way that the first step goes at most, in (0, 1]
 * @param decay of the running mean, in [0, 1)
 * @param mean of the gradients by the probabilities, up to a number for each choice
 * @param steps taken
 */
public record FrankWolfeDescent(double firstStep, double decay, Floats mean, long steps)
    implements Descent {
  /** Of options that are as rare as this nothing is known: they are hardly ever drawn. */
  private static final double NEVER = 1e-6;

  public FrankWolfeDescent {
    if (!(firstStep > 0 && firstStep <= 1 && decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "need firstStep in (0, 1] and decay in [0, 1), got %s, %s".formatted(firstStep, decay));
    }
    Checks.atLeast("steps", 0, steps);
  }

  /** Before the first step. */
  static FrankWolfeDescent start(double firstStep, double decay, Categoricals distribution) {
    return new FrankWolfeDescent(
        firstStep, decay, Floats.of(new float[distribution.values().size()]), 0);
  }

  @Override
  public Moved moved(Distribution from, PricedChoices choices, double[] gradient) {
    Categoricals now = categoricals(from);
    double[][] shares = now.marginals();
    double[][] slopes = Rows.of(now.sizes(), mean);
    int next = 0;
    for (int choice = 0; choice < slopes.length; choice++) {
      for (int option = 0; option < slopes[choice].length; option++) {
        // By a logit it is p_k (a_k - mean a), and the mean is the same for all options.
        double share = shares[choice][option];
        double slope = share > NEVER ? gradient[next] / share : 0;
        if (!Double.isFinite(slope)) {
          throw new IllegalArgumentException("gradient %s is %s".formatted(next, gradient[next]));
        }
        slopes[choice][option] = decay * slopes[choice][option] + (1 - decay) * slope;
        next++;
      }
    }
    Categoricals moved = new FrankWolfe(choices).step(now, slopes, 2 / (steps + 2 / firstStep));
    return new Moved(
        moved, new FrankWolfeDescent(firstStep, decay, Rows.floats(slopes), steps + 1));
  }

  /** As near to what is wanted as limits allow. */
  @Override
  public Distribution admitted(Distribution fresh, Distribution wanted, PricedChoices choices) {
    return new FrankWolfe(choices).towards(categoricals(fresh), categoricals(wanted));
  }

  private static Categoricals categoricals(Distribution distribution) {
    if (distribution instanceof Categoricals categoricals) {
      return categoricals;
    }
    throw new IllegalArgumentException(
        "steps within limits need softmax probabilities, got " + distribution.getClass());
  }
}
