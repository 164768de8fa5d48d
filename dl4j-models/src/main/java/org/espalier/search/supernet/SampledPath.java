package org.espalier.search.supernet;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.autograd.Tape;
import org.espalier.network.FeatureShape;
import org.espalier.network.LayerParameters;
import org.espalier.network.Network;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ShapeInference;
import org.espalier.tensor.Tensor;

/** One network of a supernet, whose parameters are made of the shared vector. */
public final class SampledPath implements LayerParameters {
  private final NetworkSpec spec;
  private final Map<String, SharedParameter> parameters;
  private final PathStatistics statistics;
  private final List<SharedLayout.Range> blocks;
  private final Map<String, FeatureShape> shapes;
  private final Network network;

  /**
   * A network.
   *
   * @param spec itself
   * @param parameters by name, all that the specification asks for
   * @param statistics where its running statistics are kept
   * @param blocks what a step on it changes, in the order of the layout
   */
  public SampledPath(
      NetworkSpec spec,
      Map<String, SharedParameter> parameters,
      PathStatistics statistics,
      List<SharedLayout.Range> blocks) {
    this.spec = spec;
    // In a fixed order, which copies of maps do not have.
    this.parameters = new LinkedHashMap<>(parameters);
    this.shapes = ShapeInference.infer(spec);
    this.statistics = statistics;
    this.blocks = List.copyOf(blocks);
    this.network = new Network(spec, this);
  }

  @Override
  public NetworkSpec spec() {
    return spec;
  }

  @Override
  public Source source(String name) {
    return parameter(name)::on;
  }

  @Override
  public Tensor buffer(String name) {
    String norm = name.substring(0, name.lastIndexOf('/'));
    return statistics.buffer(name, channels(norm));
  }

  /** Channels of a batch norm. */
  public int channels(String norm) {
    return shapes.get(norm).channels();
  }

  /** One parameter. */
  public SharedParameter parameter(String name) {
    SharedParameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "network '%s' has no parameter '%s'".formatted(spec.name(), name));
    }
    return parameter;
  }

  Network network() {
    return network;
  }

  List<SharedLayout.Range> blocks() {
    return blocks;
  }

  Collection<SharedParameter> parameters() {
    return parameters.values();
  }

  /** Makes all parameters. */
  void project(SharedVector shared, Tape tape) {
    parameters.values().forEach(parameter -> parameter.project(shared, tape));
  }
}
