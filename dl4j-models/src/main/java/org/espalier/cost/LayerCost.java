package org.espalier.cost;

import java.util.Optional;
import org.espalier.network.FeatureShape;
import org.espalier.network.Layer;

/**
 * What one layer costs for one image.
 *
 * @param name the node's name
 * @param macs multiply-accumulates
 * @param parameters learned values
 * @param activationBytes bytes of float32 features held while it runs: its inputs, its output, and
 *     what later layers still wait for
 * @param layer what is computed
 * @param input shape of its first input
 * @param output shape of what it gives
 * @param folded whether it is a batch norm that exports make part of the convolution before it
 */
public record LayerCost(
    String name,
    long macs,
    long parameters,
    long activationBytes,
    Layer layer,
    FeatureShape input,
    FeatureShape output,
    boolean folded) {

  /**
   * What its time on a device depends on, as a text: kind, kernel and shapes, such as {@code
   * "convolution3x3s1 8x8x16 8x8x32"}. Nothing if it takes no time of its own.
   */
  public Optional<String> signature() {
    return LayerSignature.of(this);
  }
}
