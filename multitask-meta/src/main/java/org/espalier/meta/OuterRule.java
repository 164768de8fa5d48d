package org.espalier.meta;

import java.util.List;

/** How the loss after adaptation becomes a gradient of the weights before it. */
public enum OuterRule {
  /**
   * As if adaptation did not depend on where it starts (first-order MAML: Finn, Abbeel and Levine,
   * ICML 2017, section 5.2).
   */
  FIRST_ORDER {
    @Override
    float[] gradient(Adaptation adaptation, float[] query) {
      return query.clone();
    }
  },

  /**
   * Towards where adaptation leads (Reptile: Nichol, Achiam and Schulman, 2018, algorithm 1), as a
   * gradient: the sum of the steps' gradients, which with one step is gradient descent on the mean
   * task. What the query examples say is not used.
   */
  REPTILE {
    @Override
    float[] gradient(Adaptation adaptation, float[] query) {
      float[] first = adaptation.path().get(0);
      float[] last = adaptation.last();
      float[] gradient = new float[first.length];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) ((first[i] - last[i]) / adaptation.loop().rate());
      }
      return gradient;
    }
  },

  /**
   * Exact up to differences (MAML): the query's gradient is carried back through each step, {@code
   * v - H (rates v)}, the product with the Hessian of the support loss by central differences.
   */
  SECOND_ORDER {
    @Override
    float[] gradient(Adaptation adaptation, float[] query) {
      float[] carried = query.clone();
      for (int step = adaptation.path().size() - 2; step >= 0; step--) {
        float[] moved = new float[carried.length];
        for (int i = 0; i < moved.length; i++) {
          moved[i] = (float) (adaptation.loop().rate() * adaptation.factors()[i] * carried[i]);
        }
        float[] product = hessianProduct(adaptation.support(), adaptation.path().get(step), moved);
        for (int i = 0; i < carried.length; i++) {
          carried[i] -= product[i];
        }
      }
      return carried;
    }
  };

  /** How far along the direction differences are taken, as a distance (Liu et al., DARTS, 2019). */
  private static final double DISTANCE = 0.01;

  /**
   * What was done for a task.
   *
   * @param loop that was run
   * @param support loss that it descended
   * @param path its weights
   * @param factors on its rate, one a weight
   */
  @SuppressWarnings("ArrayRecordComponent") // never leaves this package
  record Adaptation(InnerLoop loop, InnerLoop.Loss support, List<float[]> path, float[] factors) {
    /** The weights after all steps. */
    float[] last() {
      return path.get(path.size() - 1);
    }
  }

  /**
   * The gradient of the weights at the start.
   *
   * @param adaptation that led to the last weights
   * @param query gradient of the query loss there; not changed
   */
  abstract float[] gradient(Adaptation adaptation, float[] query);

  private static float[] hessianProduct(InnerLoop.Loss loss, float[] at, float[] direction) {
    float[] product = new float[at.length];
    double norm = InnerLoop.norm(direction);
    if (norm == 0) {
      return product;
    }
    double epsilon = DISTANCE / norm;
    float[] ahead = new float[at.length];
    float[] behind = new float[at.length];
    loss.gradient(moved(at, direction, epsilon), ahead);
    loss.gradient(moved(at, direction, -epsilon), behind);
    for (int i = 0; i < product.length; i++) {
      product[i] = (float) (((double) ahead[i] - behind[i]) / (2 * epsilon));
    }
    return product;
  }

  private static float[] moved(float[] at, float[] direction, double by) {
    float[] moved = new float[at.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (at[i] + by * direction[i]);
    }
    return moved;
  }
}
