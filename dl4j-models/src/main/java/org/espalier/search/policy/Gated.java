package org.espalier.search.policy;

import java.util.List;

/**
 * A sample and the gradients of its gates. The gate of an option is a factor on what the option
 * alone would let through, such as a mask on the channels of a width (Wan et al., "FBNetV2", CVPR
 * 2020, equation 4).
 *
 * @param sample that the policy drew
 * @param gates for each choice and option the derivative of the loss by its gate, finite
 */
public record Gated(GumbelSample sample, List<List<Double>> gates) {
  public Gated {
    gates = gates.stream().map(List::copyOf).toList();
    if (gates.size() != sample.picks().size()
        || !gates.stream().flatMap(List::stream).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "need finite gate gradients of %d choices, got %s"
              .formatted(sample.picks().size(), gates));
    }
  }
}
