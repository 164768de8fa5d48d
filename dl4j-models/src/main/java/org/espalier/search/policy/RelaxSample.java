package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The RELAX estimate from one candidate (Grathwohl et al., ICLR 2018): {@code (f(b) - c(x')) dlog
 * P(b) + dc(x) - dc(x')} by the logits, where {@code x} is the soft version that {@code b} is the
 * pick of, and {@code x'} another one drawn given {@code b}.
 */
final class RelaxSample {
  private final IndependentChoices distribution;
  private final double[][] score;
  private final Set<Integer> idle;
  private final List<RelaxedChoice> free = new ArrayList<>();
  private final List<RelaxedChoice> given = new ArrayList<>();

  /**
   * A candidate.
   *
   * @param sample of the distribution
   * @param idle choices that have no effect in it: given the others, the mean of their estimate is
   *     0, which it is taken for
   * @param random for {@code x'}
   */
  RelaxSample(
      IndependentChoices distribution,
      GumbelSample sample,
      Set<Integer> idle,
      RandomGenerator random) {
    this.distribution = distribution;
    this.idle = idle;
    double[][] logarithms = distribution.logarithms();
    score = new ProductDistribution(logarithms).scoreOf(sample.picks());
    for (int choice = 0; choice < logarithms.length; choice++) {
      double[] own = logarithms[choice];
      free.add(RelaxedChoice.free(sample.relaxed().get(choice), sample.temperature(), own));
      given.add(RelaxedChoice.given(sample.picks().get(choice), sample.temperature(), own, random));
    }
  }

  /**
   * The estimate of the gradient by the logits, {@code [choice][option]}.
   *
   * @param loss {@code f(b)}
   */
  double[][] estimate(double loss, ControlVariate variate) {
    ControlVariate.Point here = variate.at(values(free));
    ControlVariate.Point there = variate.at(values(given));
    Rows sum = Rows.scaled(loss - there.value(), score);
    sum.add(1, backward(free, here.slope()));
    sum.add(-1, backward(given, there.slope()));
    double[][] estimate = distribution.backward(sum.table());
    idle.forEach(choice -> Arrays.fill(estimate[choice], 0));
    return estimate;
  }

  /**
   * Adds the derivative of the estimate's squared length by the values of the control variate,
   * whose mean is that of the estimate's variance.
   *
   * @param estimate as {@link #estimate} gives it
   * @param sum one number a value
   */
  void addVariance(double factor, double[][] estimate, ControlVariate variate, double[] sum) {
    double[][] direction = distribution.backward(estimate);
    double along = 0;
    for (int choice = 0; choice < direction.length; choice++) {
      for (int option = 0; option < direction[choice].length; option++) {
        along += direction[choice][option] * score[choice][option];
      }
    }
    ControlVariate.Point here = variate.at(values(free));
    ControlVariate.Point there = variate.at(values(given));
    there.addValueGradient(-2 * factor * along, sum);
    here.addSlopeGradient(2 * factor, along(free, direction), sum);
    there.addSlopeGradient(-2 * factor, along(given, direction), sum);
  }

  private static double[] values(List<RelaxedChoice> choices) {
    return choices.stream().flatMapToDouble(each -> Arrays.stream(each.values())).toArray();
  }

  private static double[][] backward(List<RelaxedChoice> choices, double[] byValues) {
    double[][] gradient = new double[choices.size()][];
    int next = 0;
    for (int choice = 0; choice < gradient.length; choice++) {
      int size = choices.get(choice).values().length;
      double[] own = Arrays.copyOfRange(byValues, next, next + size);
      gradient[choice] = choices.get(choice).backward(own);
      next += size;
    }
    return gradient;
  }

  private static double[] along(List<RelaxedChoice> choices, double[][] direction) {
    List<double[]> parts = new ArrayList<>();
    for (int choice = 0; choice < direction.length; choice++) {
      parts.add(choices.get(choice).along(direction[choice]));
    }
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
