package org.espalier.autograd;

import java.util.ArrayList;
import java.util.List;
import org.espalier.tensor.ElementwiseKernels;
import org.espalier.tensor.Tensor;

/** Sums of operations weighted by trained numbers, as in a relaxed architecture search. */
public final class Mixtures {
  private Mixtures() {}

  /**
   * {@code sum over i of weights[i] * parts[i]}; the weights get gradients.
   *
   * @param parts at least one, of one shape
   * @param weights {@code [number of parts]}
   */
  public static Variable weightedSum(List<Variable> parts, Variable weights) {
    if (parts.isEmpty() || weights.shape().size() != parts.size()) {
      throw new IllegalArgumentException(
          "%s parts need as many weights, got shape %s".formatted(parts.size(), weights.shape()));
    }
    double[] numbers = weights.value().toDoubles();
    Variable first = parts.get(0);
    Tensor value = first.tape().allocate(first.shape());
    ElementwiseKernels.scale(numbers[0], first.value(), value);
    for (int i = 1; i < numbers.length; i++) {
      Elementwise.checkEqual(first.shape(), parts.get(i).shape());
      ElementwiseKernels.addScaled(numbers[i], parts.get(i).value(), value);
    }
    List<Variable> inputs = new ArrayList<>(parts);
    inputs.add(weights);
    return first
        .tape()
        .record(
            value,
            gradient -> backward(parts, weights, numbers, gradient),
            inputs.toArray(Variable[]::new));
  }

  private static void backward(
      List<Variable> parts, Variable weights, double[] numbers, Tensor gradient) {
    weights.addGradient(
        target -> {
          double[] products = new double[numbers.length];
          for (int i = 0; i < products.length; i++) {
            products[i] = ElementwiseKernels.dot(parts.get(i).value(), gradient);
          }
          target.set(products);
        });
    for (int i = 0; i < numbers.length; i++) {
      double factor = numbers[i];
      parts.get(i).addGradient(target -> ElementwiseKernels.scale(factor, gradient, target));
    }
  }
}
