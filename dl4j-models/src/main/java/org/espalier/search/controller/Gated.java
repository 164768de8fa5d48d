package org.espalier.search.controller;

import java.util.List;
import org.espalier.search.distribution.GumbelSample;

/**
 * A sample and the gradients of its gates. A gate is a factor of 1 on the output of a choice's
 * layer, where no batch normalisation follows that would take it out again.
 *
 * @param sample that the policy drew
 * @param gates for each choice the derivative of the loss by its gate, finite
 */
public record Gated(GumbelSample sample, List<Double> gates) {
  public Gated {
    gates = List.copyOf(gates);
    if (gates.size() != sample.picks().size() || !gates.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "need one finite gate gradient for each of %d choices, got %s"
              .formatted(sample.picks().size(), gates));
    }
  }
}
