package org.espalier.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.network.FeatureShape;
import org.espalier.network.FoldableNorms;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ShapeInference;
import org.espalier.text.InputException;

/**
 * What it costs to run a network on one image.
 *
 * <p>MACs are those of convolutions and matrix products, counted at every output value with all
 * {@code kernel * kernel} taps, those that fall on padding included, as is usual. Additions of
 * biases, batch norm, activations, poolings and sums are not MACs.
 *
 * @param macs multiply-accumulates
 * @param parameters learned values: weights, biases, scales and shifts; running statistics of batch
 *     norm are not learned and vanish when it is folded
 * @param bytes of the parameters in float32
 * @param peakActivationBytes the most bytes of float32 features held at once when the layers run in
 *     the order of the specification, each into memory of its own, and a layer's output is let go
 *     after its last reader; dropout and drop-path do nothing and take none
 * @param layers the same by layer, in order
 */
public record NetworkCost(
    long macs, long parameters, long bytes, long peakActivationBytes, List<LayerCost> layers) {

  public NetworkCost {
    layers = List.copyOf(layers);
  }

  /**
   * Counts a network.
   *
   * @throws IllegalArgumentException if its layers do not fit: {@link ShapeInference}
   * @throws InputException if it costs more than 64 bits can count
   */
  public static NetworkCost of(NetworkSpec spec) {
    try {
      return counted(spec);
    } catch (ArithmeticException e) {
      throw new InputException(
          "the network '%s' costs more than can be counted: take fewer channels or smaller images"
              .formatted(spec.name()),
          e);
    }
  }

  private static NetworkCost counted(NetworkSpec spec) {
    Map<String, FeatureShape> shapes = ShapeInference.infer(spec);
    List<Long> held = Liveness.bytesHeld(spec, shapes);
    Set<String> folded = FoldableNorms.of(spec).norms();
    List<LayerCost> layers = new ArrayList<>();
    long macs = 0;
    long parameters = 0;
    long peak = 0;
    for (NetworkSpec.Node node : spec.nodes()) {
      FeatureShape input = shapes.get(node.inputs().get(0));
      LayerCounter.Count count =
          node.layer().accept(new LayerCounter(input, shapes.get(node.name())));
      LayerCost cost =
          new LayerCost(
              node.name(),
              count.macs(),
              count.parameters(),
              held.get(layers.size()),
              node.layer(),
              input,
              shapes.get(node.name()),
              folded.contains(node.name()));
      layers.add(cost);
      macs = Math.addExact(macs, cost.macs());
      parameters = Math.addExact(parameters, cost.parameters());
      peak = Math.max(peak, cost.activationBytes());
    }
    return new NetworkCost(
        macs, parameters, Math.multiplyExact(Float.BYTES, parameters), peak, layers);
  }

  /** Floating-point operations: two a multiply-accumulate. */
  public long flops() {
    return 2 * macs;
  }
}
