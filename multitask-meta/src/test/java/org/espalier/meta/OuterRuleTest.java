package org.espalier.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * On quadratic losses everything is known: with {@code L(w) = 1/2 (w - c)^T H (w - c)}, a step of
 * rate {@code r} goes to {@code w - r H (w - c)}, and the derivative of where it ends by where it
 * starts is {@code I - r H}.
 */
class OuterRuleTest {
  private static final double[][] SUPPORT_HESSIAN = {{2, 0.5}, {0.5, 1}};
  private static final double[] SUPPORT_CENTRE = {1, -2};
  private static final double[][] QUERY_HESSIAN = {{1, -0.25}, {-0.25, 3}};
  private static final double[] QUERY_CENTRE = {-1, 0.5};
  private static final float[] START = {3, 4};
  private static final double RATE = 0.1;

  private static final InnerLoop.Loss SUPPORT =
      (weights, gradient) -> quadratic(SUPPORT_HESSIAN, SUPPORT_CENTRE, weights, gradient);
  private static final InnerLoop.Loss QUERY =
      (weights, gradient) -> quadratic(QUERY_HESSIAN, QUERY_CENTRE, weights, gradient);

  private static double quadratic(
      double[][] hessian, double[] centre, float[] weights, float[] gradient) {
    double loss = 0;
    for (int i = 0; i < 2; i++) {
      double slope = 0;
      for (int j = 0; j < 2; j++) {
        slope += hessian[i][j] * (weights[j] - centre[j]);
      }
      gradient[i] = (float) slope;
      loss += 0.5 * slope * (weights[i] - centre[i]);
    }
    return loss;
  }

  private static float[] outer(OuterRule rule, int steps, float... factors) {
    InnerLoop loop = new InnerLoop(steps, RATE, Double.POSITIVE_INFINITY);
    var adaptation =
        new OuterRule.Adaptation(loop, SUPPORT, loop.descend(SUPPORT, START, factors), factors);
    float[] query = new float[2];
    QUERY.gradient(adaptation.last(), query);
    return rule.gradient(adaptation, query);
  }

  @Test
  void aStepGoesDownTheGradient() {
    List<float[]> path = new InnerLoop(1, RATE, 1e9).descend(SUPPORT, START);

    assertThat(path.get(1)).containsExactly(new float[] {2.3f, 3.3f}, within(1e-6f));
  }

  @Test
  void aLongGradientIsShortened() {
    List<float[]> path = new InnerLoop(1, RATE, 0.5).descend(SUPPORT, START);

    double moved = Math.hypot(path.get(1)[0] - START[0], path.get(1)[1] - START[1]);
    assertThat(moved).isCloseTo(0.05, within(1e-6));
  }

  @Test
  void firstOrderDropsTheFactorThatSecondOrderHas() {
    float[] first = outer(OuterRule.FIRST_ORDER, 1, 1, 1);
    float[] second = outer(OuterRule.SECOND_ORDER, 1, 1, 1);

    double[] exact = new double[2];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        exact[i] += ((i == j ? 1 : 0) - RATE * SUPPORT_HESSIAN[i][j]) * first[j];
      }
      assertThat((double) second[i]).isCloseTo(exact[i], within(1e-4));
    }
    assertThat((double) second[0]).isNotCloseTo(first[0], within(0.1));
  }

  @Test
  void secondOrderIsTheDerivativeOfTheLossAfterSeveralSteps() {
    float[] second = outer(OuterRule.SECOND_ORDER, 3, 1, 0.5f);

    for (int i = 0; i < 2; i++) {
      double step = 1e-2;
      double ahead = lossAfter(3, i, step);
      double behind = lossAfter(3, i, -step);
      assertThat((double) second[i]).isCloseTo((ahead - behind) / (2 * step), within(2e-3));
    }
  }

  private static double lossAfter(int steps, int moved, double by) {
    float[] start = START.clone();
    start[moved] += (float) by;
    List<float[]> path =
        new InnerLoop(steps, RATE, Double.POSITIVE_INFINITY)
            .descend(SUPPORT, start, new float[] {1, 0.5f});
    return QUERY.gradient(path.get(steps), new float[2]);
  }

  @Test
  void withoutStepsItIsJointTraining() {
    float[] expected = new float[2];
    QUERY.gradient(START, expected);

    assertThat(outer(OuterRule.FIRST_ORDER, 0, 1, 1)).containsExactly(expected);
    assertThat(outer(OuterRule.SECOND_ORDER, 0, 1, 1)).containsExactly(expected);
  }

  @Test
  void reptileWithOneStepIsGradientDescentOnTheTask() {
    float[] expected = new float[2];
    SUPPORT.gradient(START, expected);

    assertThat(outer(OuterRule.REPTILE, 1, 1, 1)).containsExactly(expected, within(1e-5f));
  }
}
