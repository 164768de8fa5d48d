package org.espalier.search.width;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.autograd.Tape;
import org.espalier.network.LayerParameters;
import org.espalier.network.Network;
import org.espalier.network.NetworkSpec;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** One network of the space, whose parameters are made from the shared vector. */
final class Candidate implements LayerParameters {
  private final MetaLayout layout;
  private final List<Integer> picks;
  private final Statistics statistics;
  private final NetworkSpec spec;
  private final List<MetaLayout.Range> blocks;
  private final Map<String, CandidateWeight> weights = new LinkedHashMap<>();
  private final Map<String, Integer> channels = new HashMap<>();
  private final Network network;

  Candidate(MetaLayout layout, List<Integer> picks, Statistics statistics) {
    this.layout = layout;
    this.picks = List.copyOf(picks);
    this.statistics = statistics;
    this.spec = layout.space().network(layout.space().widths(picks));
    this.blocks = layout.touched(picks);
    List<String> nodes = spec.nodes().stream().map(NetworkSpec.Node::name).toList();
    for (Site site : layout.sites()) {
      if (nodes.contains(site.node())) {
        addShared(site);
        layout.pair(site, picks).ifPresent(range -> addPair(site, range));
      }
    }
    this.network = new Network(spec, this);
  }

  private void addShared(Site site) {
    String weight = site.node() + "/weight";
    layout
        .slab(weight)
        .ifPresent(
            slab -> {
              int read = width(slab.rows());
              int given = width(slab.columns());
              int kernel = site.kernel();
              Shape shape =
                  site.kind() == Site.Kind.CLASSIFIER
                      ? Shape.of(read, given)
                      : Shape.of(kernel, kernel, read, given);
              weights.put(weight, weight(slab, shape));
            });
    String bias = site.node() + "/bias";
    layout
        .slab(bias)
        .ifPresent(slab -> weights.put(bias, weight(slab, Shape.of(width(slab.columns())))));
  }

  private CandidateWeight weight(Slab slab, Shape shape) {
    int row = layout.pick(slab.rows().position(), picks);
    int column = layout.pick(slab.columns().position(), picks);
    return new CandidateWeight(slab, shape, row, column);
  }

  private int width(Slab.Axis axis) {
    return layout.width(axis.position(), layout.pick(axis.position(), picks), axis.size());
  }

  private void addPair(Site site, MetaLayout.Range range) {
    int given = layout.width(site.output(), layout.pick(site.output(), picks), 0);
    int start = range.start();
    if (site.kind() == Site.Kind.SHORTCUT) {
      int kernel = site.kernel();
      int read = layout.width(site.input(), layout.pick(site.input(), picks), 0);
      Shape shape = Shape.of(kernel, kernel, read, given);
      addOwn(site.node() + "/weight", start, shape, true);
      start += (int) shape.size();
    }
    if (site.norm().isPresent()) {
      String norm = site.norm().get();
      channels.put(norm, given);
      addOwn(norm + "/scale", start, Shape.of(given), false);
      addOwn(norm + "/shift", start + given, Shape.of(given), false);
    }
  }

  private void addOwn(String name, int start, Shape shape, boolean decays) {
    int length = (int) shape.size();
    Slab slab = new Slab(start, 1, Slab.Axis.fixed(1), Slab.Axis.fixed(length), decays);
    weights.put(name, new CandidateWeight(slab, shape, 0, 0));
  }

  @Override
  public NetworkSpec spec() {
    return spec;
  }

  @Override
  public Source source(String name) {
    return weight(name)::on;
  }

  @Override
  public Tensor buffer(String name) {
    return statistics.buffer(name, channels(name.substring(0, name.lastIndexOf('/'))));
  }

  /** Channels of a batch norm. */
  int channels(String norm) {
    return channels.get(norm);
  }

  /** One parameter. */
  CandidateWeight weight(String name) {
    CandidateWeight weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException(
          "network '%s' has no parameter '%s'".formatted(spec.name(), name));
    }
    return weight;
  }

  Network network() {
    return network;
  }

  /** What a step on it changes. */
  List<MetaLayout.Range> blocks() {
    return blocks;
  }

  /** Makes all parameters. */
  void project(SharedWeights shared, AffineMaps maps, Tape tape) {
    weights.values().forEach(weight -> weight.project(shared, maps, tape));
  }

  /** Its parameters. */
  Collection<CandidateWeight> weights() {
    return weights.values();
  }
}
