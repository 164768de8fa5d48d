package org.espalier.search.supernet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.espalier.network.FeatureShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSlot;
import org.espalier.network.ShapeInference;
import org.espalier.storage.Floats;
import org.espalier.tensor.Shape;

/**
 * The numbers shared by networks in which a layer of one name is the same wherever it occurs: those
 * of the network that has all of the layers (the one-shot model of Bender et al., ICML 2018, and of
 * Pham et al., ICML 2018). The layers whose names differ behind the last {@code /} alone are one
 * block, so that what a path does not compute is neither changed nor sent.
 */
public final class NamedLayout implements SharedLayout {
  private final NetworkSpec whole;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, Range> blocks = new LinkedHashMap<>();
  private final Map<String, String> blockOfNode = new LinkedHashMap<>();
  private final SortedMap<String, Integer> norms = new TreeMap<>();
  private final int size;

  /** Where the values of a parameter begin. */
  private record Place(Shape shape, boolean decays, int start) {}

  private NamedLayout(NetworkSpec whole) {
    this.whole = whole;
    Map<String, List<ParameterSlot>> grouped = new LinkedHashMap<>();
    for (ParameterSlot slot : trained(whole)) {
      grouped.computeIfAbsent(block(slot.node()), name -> new ArrayList<>()).add(slot);
    }
    int start = 0;
    for (Map.Entry<String, List<ParameterSlot>> group : grouped.entrySet()) {
      int first = start;
      for (ParameterSlot slot : group.getValue()) {
        places.put(slot.name(), new Place(slot.shape(), slot.decays(), start));
        blockOfNode.put(slot.node(), group.getKey());
        start = Math.addExact(start, Math.toIntExact(slot.shape().size()));
      }
      blocks.put(group.getKey(), new Range(group.getKey(), first, start - first));
    }
    size = start;
    Map<String, FeatureShape> shapes = ShapeInference.infer(whole);
    for (NetworkSpec.Node node : whole.nodes()) {
      if (node.layer() instanceof Layer.BatchNormalization) {
        norms.put(node.name(), shapes.get(node.name()).channels());
      }
    }
  }

  /**
   * The layout of all networks whose layers are among those of one.
   *
   * @param whole with every layer
   */
  public static NamedLayout of(NetworkSpec whole) {
    return new NamedLayout(whole);
  }

  /** The learned parameters, without the gates, which belong to a path and not to all. */
  private static List<ParameterSlot> trained(NetworkSpec spec) {
    Map<String, Layer> layers = new LinkedHashMap<>();
    spec.nodes().forEach(node -> layers.put(node.name(), node.layer()));
    return ParameterSlot.of(spec).stream()
        .filter(slot -> !(layers.get(slot.node()) instanceof Layer.Scale))
        .toList();
  }

  private static String block(String node) {
    int end = node.lastIndexOf('/');
    return end < 0 ? node : node.substring(0, end);
  }

  /** The network that has all layers. */
  public NetworkSpec whole() {
    return whole;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Range> blocks() {
    return List.copyOf(blocks.values());
  }

  /** Channels of each batch norm, by its name. */
  public SortedMap<String, Integer> norms() {
    return norms;
  }

  /** First values of the whole vector, drawn in the order of the layers. */
  public Floats initial(RandomGenerator random) {
    float[] values = new float[size];
    for (ParameterSlot slot : trained(whole)) {
      Floats drawn = slot.initial(random);
      drawn.view().get(values, places.get(slot.name()).start(), drawn.size());
    }
    return Floats.owning(values);
  }

  /**
   * Values of another layout where both have the parameter in the same shape, first values of this
   * one elsewhere.
   *
   * @param fresh values of this layout
   * @param other layout of the values to carry over
   * @param values of the other
   */
  public Floats carried(Floats fresh, NamedLayout other, Floats values) {
    float[] carried = fresh.toArray();
    places.forEach(
        (name, place) -> {
          Place from = other.places.get(name);
          if (from != null && from.shape().equals(place.shape())) {
            int length = Math.toIntExact(place.shape().size());
            values.view().get(from.start(), carried, place.start(), length);
          }
        });
    return Floats.owning(carried);
  }

  /**
   * One of the networks, its gates given.
   *
   * @param spec whose layers are among those of the whole
   * @param statistics of its batch norms
   * @param gates values of its {@link Layer.Scale} layers, by the name of their parameter
   * @throws IllegalArgumentException if a layer is not among those of the whole
   */
  public SampledPath path(
      NetworkSpec spec, PathStatistics statistics, Map<String, SharedParameter> gates) {
    Map<String, SharedParameter> parameters = new LinkedHashMap<>();
    Map<String, Range> touched = new LinkedHashMap<>();
    for (ParameterSlot slot : trained(spec)) {
      Place place = places.get(slot.name());
      if (place == null || !place.shape().equals(slot.shape())) {
        throw new IllegalArgumentException(
            "'%s' %s is not among the shared parameters".formatted(slot.name(), slot.shape()));
      }
      parameters.put(
          slot.name(),
          new SharedParameter(
              place.shape(), place.decays(), SharedParameter.Source.slice(place.start())));
      String block = blockOfNode.get(slot.node());
      touched.put(block, blocks.get(block));
    }
    parameters.putAll(gates);
    List<Range> inOrder =
        touched.values().stream().sorted(java.util.Comparator.comparingInt(Range::start)).toList();
    return new SampledPath(spec, parameters, statistics, inOrder);
  }
}
