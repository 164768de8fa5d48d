package org.espalier.search.width;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.espalier.network.NetworkSpec;
import org.espalier.search.supernet.PathStatistics;
import org.espalier.search.supernet.SampledPath;
import org.espalier.search.supernet.SharedLayout;
import org.espalier.search.supernet.SharedParameter;
import org.espalier.search.supernet.Supernet;
import org.espalier.storage.Floats;
import org.espalier.tensor.Shape;

/**
 * All networks of a width space in one vector of shared weights (Wang, Bai et al., NeurIPS 2020): a
 * network with picked widths has the weights {@code P^T W Q} for each tap of a kernel. The task
 * trains {@code W}; the maps are given and get no gradient from it. What a step changes is {@code P
 * G Q^T} for a gradient {@code G}, in one shape for all widths, so that changes add up. Belongs to
 * one thread.
 */
public final class AffineSupernet implements AutoCloseable {
  private final MetaLayout layout;
  private final PathStatistics statistics;
  private final Supernet net;
  private Optional<AffineMaps> maps = Optional.empty();

  /** A supernet; what it holds is unspecified until {@link #load}. */
  public AffineSupernet(MetaLayout layout) {
    this.layout = layout;
    this.statistics = new PathStatistics(widest(layout));
    this.net =
        new Supernet(layout, layout.space().input(), statistics, (picks, gated) -> path(picks));
  }

  private static SortedMap<String, Integer> widest(MetaLayout layout) {
    SortedMap<String, Integer> widest = new TreeMap<>();
    for (Site site : layout.sites()) {
      site.norm().ifPresent(norm -> widest.put(norm, layout.widest(site.output())));
    }
    return widest;
  }

  /**
   * Starts an item: weights from the view, momentum zero.
   *
   * @param values as many as the layout has
   * @param current the maps of the round
   * @throws IllegalArgumentException if they do not fit the layout
   */
  public void load(Floats values, AffineMaps current) {
    layout.check(current);
    maps = Optional.of(current);
    net.load(values);
  }

  /** The networks, trained and judged one at a time. */
  public Supernet net() {
    return net;
  }

  private SampledPath path(List<Integer> picks) {
    NetworkSpec spec = layout.space().network(picks);
    List<String> nodes = spec.nodes().stream().map(NetworkSpec.Node::name).toList();
    Map<String, SharedParameter> parameters = new LinkedHashMap<>();
    for (Site site : layout.sites()) {
      if (nodes.contains(site.node())) {
        addShared(parameters, site, picks);
        layout.pair(site, picks).ifPresent(block -> addPair(parameters, site, picks, block));
      }
    }
    return new SampledPath(spec, parameters, statistics, layout.touched(picks));
  }

  private void addShared(Map<String, SharedParameter> parameters, Site site, List<Integer> picks) {
    String weight = site.node() + "/weight";
    layout
        .slab(weight)
        .ifPresent(
            slab -> {
              int read = width(slab.rows(), picks);
              int given = width(slab.columns(), picks);
              int kernel = site.kernel();
              Shape shape =
                  site.kind() == Site.Kind.CLASSIFIER
                      ? Shape.of(read, given)
                      : Shape.of(kernel, kernel, read, given);
              parameters.put(weight, projected(slab, shape, picks));
            });
    String bias = site.node() + "/bias";
    layout
        .slab(bias)
        .ifPresent(
            slab ->
                parameters.put(
                    bias, projected(slab, Shape.of(width(slab.columns(), picks)), picks)));
  }

  private SharedParameter projected(Slab slab, Shape shape, List<Integer> picks) {
    int row = layout.pick(slab.rows().position(), picks);
    int column = layout.pick(slab.columns().position(), picks);
    return new SharedParameter(
        shape,
        slab.decays(),
        new AffineProjection(
            slab,
            () -> slab.rows().map(maps.orElseThrow(), row),
            () -> slab.columns().map(maps.orElseThrow(), column)));
  }

  private int width(Slab.Axis axis, List<Integer> picks) {
    return layout.width(axis.position(), layout.pick(axis.position(), picks), axis.size());
  }

  private void addPair(
      Map<String, SharedParameter> parameters,
      Site site,
      List<Integer> picks,
      SharedLayout.Range block) {
    int given = layout.width(site.output(), layout.pick(site.output(), picks), 0);
    int start = block.start();
    if (site.kind() == Site.Kind.SHORTCUT) {
      int kernel = site.kernel();
      int read = layout.width(site.input(), layout.pick(site.input(), picks), 0);
      Shape shape = Shape.of(kernel, kernel, read, given);
      parameters.put(site.node() + "/weight", own(start, shape, true));
      start += (int) shape.size();
    }
    if (site.norm().isPresent()) {
      String norm = site.norm().get();
      parameters.put(norm + "/scale", own(start, Shape.of(given), false));
      parameters.put(norm + "/shift", own(start + given, Shape.of(given), false));
    }
  }

  private static SharedParameter own(int start, Shape shape, boolean decays) {
    return new SharedParameter(shape, decays, SharedParameter.Source.slice(start));
  }

  /**
   * How the loss of the batch of the last {@link Supernet#gradients} depends on the channels of the
   * network with these picks: for each position of the family's widths and each channel the
   * gradient of a factor, which is 1, on what the channel gives after its batch norm. A factor
   * {@code g} on the output {@code scale x + shift} of a batch norm has at 1 the gradient {@code
   * scale . dL/dscale + shift . dL/dshift}: the loss changes by minus this number, to first order,
   * if the channel is left out (Molchanov et al., ICLR 2017, equation 8). Their sum, the gate of
   * the whole layer, is close to 0 where nothing but another batch norm reads the layer, since that
   * one takes any common factor out again.
   */
  public List<List<Double>> channelSlopes(List<Integer> picks) {
    SampledPath path = net.gated(picks);
    int positions = layout.space().family().usualWidths().size();
    List<List<Double>> channels = new ArrayList<>(Collections.nCopies(positions, List.of()));
    for (Site site : layout.sites()) {
      if (site.kind() == Site.Kind.CONVOLUTION && site.norm().isPresent()) {
        channels.set(site.output(), slopes(path, site.norm().get()));
      }
    }
    return channels;
  }

  private static List<Double> slopes(SampledPath path, String norm) {
    SharedParameter scale = path.parameter(norm + "/scale");
    SharedParameter shift = path.parameter(norm + "/shift");
    return IntStream.range(0, path.channels(norm))
        .mapToObj(channel -> scale.slope(channel) + shift.slope(channel))
        .toList();
  }

  @Override
  public void close() {
    net.close();
  }
}
