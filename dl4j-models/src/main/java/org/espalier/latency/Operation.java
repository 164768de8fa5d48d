package org.espalier.latency;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.cost.LayerCost;
import org.espalier.network.FeatureShape;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkBuilder;
import org.espalier.network.NetworkSpec;

/**
 * An operation that networks of a space have, and how it is measured: in a network of one copy and
 * in one of several. What both take besides, such as the call itself and the images' way in, is not
 * in the difference, and copies pass their features on in the order in which the runtime likes to
 * have them, as in a whole network.
 *
 * @param signature of the layer
 * @param layer with its shapes
 */
record Operation(String signature, LayerCost layer) {
  /** Copies in the larger network. */
  static final int COPIES = 5;

  /**
   * The operations of a space's networks by signature, and the sums that measuring them takes.
   *
   * @param layers of all networks
   */
  static Map<String, Operation> of(Collection<LayerCost> layers) {
    Map<String, Operation> operations = new TreeMap<>();
    for (LayerCost layer : layers) {
      layer
          .signature()
          .map(signature -> new Operation(signature, layer))
          .ifPresent(operation -> operations.putIfAbsent(operation.signature(), operation));
    }
    for (Operation operation : List.copyOf(operations.values())) {
      operation.besides().forEach(sum -> operations.putIfAbsent(sum.signature(), sum));
    }
    return Collections.unmodifiableMap(operations);
  }

  /** Whether a copy can read what the copy before it gives. */
  private boolean chained() {
    return layer.input().equals(layer.output()) && !(layer.layer() instanceof Layer.Concatenation);
  }

  /**
   * What each copy but the first takes besides the operation. Where copies cannot read each other,
   * a sum before each makes its input another one, as the runtime computes equal things once; and
   * what they give is added up, which convolutions do on the way.
   */
  List<Operation> besides() {
    if (chained()) {
      return List.of();
    }
    Operation before = sum(layer.input());
    boolean convolution =
        layer.layer() instanceof Layer.Convolution
            || layer.layer() instanceof Layer.DepthwiseConvolution;
    return convolution ? List.of(before) : List.of(before, sum(layer.output()));
  }

  private static Operation sum(FeatureShape shape) {
    LayerCost sum = new LayerCost("sum", 0, 0, 0, new Layer.Add(), shape, shape, false);
    return new Operation(sum.signature().orElseThrow(), sum);
  }

  /** The network of some copies. */
  NetworkSpec network(int copies) {
    ImageShape images =
        layer.input() instanceof FeatureShape.Image image
            ? new ImageShape(image.height(), image.width(), image.channels())
            : new ImageShape(1, 1, layer.input().channels());
    NetworkBuilder network = new NetworkBuilder("operation", images);
    List<String> inputs = inputs(network);
    String last = chained() ? chain(network, inputs, copies) : beside(network, inputs, copies);
    if (layer.output() instanceof FeatureShape.Image) {
      network.add("mean", new Layer.GlobalAveragePooling(), last);
    } else {
      network.add("last", new Layer.Linear(2, true), last);
    }
    return network.build();
  }

  /** Features of the shapes that the operation reads, and one more of the first. */
  private List<String> inputs(NetworkBuilder network) {
    List<Integer> channels = new ArrayList<>(List.of(layer.input().channels()));
    channels.addAll(channels());
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      Layer convolution = new Layer.Convolution(channels.get(i), 1, 1, 1, true);
      String input = network.add("input" + i, convolution, NetworkSpec.INPUT);
      inputs.add(
          layer.input() instanceof FeatureShape.Vector
              ? network.add("row" + i, new Layer.GlobalAveragePooling(), input)
              : input);
    }
    return inputs;
  }

  /**
   * Channels of what is read besides the copies' own input: for joins as many of the first one's as
   * fit, then the rest.
   */
  private List<Integer> channels() {
    int first = layer.input().channels();
    if (!(layer.layer() instanceof Layer.Concatenation)) {
      return List.of(first);
    }
    List<Integer> channels = new ArrayList<>(List.of(first));
    for (int rest = layer.output().channels() - first; rest > 0; rest -= first) {
      channels.add(Math.min(first, rest));
    }
    return channels;
  }

  private String chain(NetworkBuilder network, List<String> inputs, int copies) {
    boolean sums = layer.layer() instanceof Layer.Add;
    String last =
        sums ? inputs.get(0) : network.add("first", new Layer.Add(), inputs.get(0), inputs.get(1));
    for (int copy = 1; copy <= copies; copy++) {
      String[] reads = sums ? new String[] {last, inputs.get(1)} : new String[] {last};
      last = network.add("copy" + copy, layer.layer(), reads);
    }
    return last;
  }

  private String beside(NetworkBuilder network, List<String> inputs, int copies) {
    boolean joins = layer.layer() instanceof Layer.Concatenation;
    String changed = inputs.get(0);
    String sum = "";
    for (int copy = 1; copy <= copies; copy++) {
      changed = network.add("input/" + copy, new Layer.Add(), changed, inputs.get(1));
      List<String> reads = new ArrayList<>(List.of(changed));
      if (joins) {
        reads.addAll(inputs.subList(2, inputs.size()));
      }
      String one = network.add("copy" + copy, layer.layer(), reads.toArray(String[]::new));
      sum = copy == 1 ? one : network.add("sum" + copy, new Layer.Add(), sum, one);
    }
    return sum;
  }
}
