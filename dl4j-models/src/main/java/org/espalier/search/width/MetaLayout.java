package org.espalier.search.width;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.network.NetworkSpec;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.SharedLayout;
import org.espalier.storage.Hashes;
import org.espalier.tensor.NormalNumbers;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;

/**
 * The numbers that the networks of a width space share, as one vector. Its first block, {@link
 * #SHARED}, holds the kernels {@code [k, k, C_in, C_out]} of all convolutions, those {@code [k, k,
 * C, 1]} of depthwise ones, and the classifier {@code [C, classes]} with its bias. One block for
 * each pair of an input and an output width of a convolution holds scale and shift of its batch
 * norm, which must not be shared between widths (the statistics differ), and for shortcuts the 1x1
 * kernel: {@code pairs/<convolution>/<input pick>x<output pick>}, or with one pick where the input
 * is the image, the convolution is depthwise, or one choice decides both.
 */
public final class MetaLayout implements SharedLayout {
  /** Name of the block of what all widths share. */
  public static final String SHARED = "weights";

  private final WidthSpace space;
  private final List<Site> sites;
  private final List<Integer> rows = new ArrayList<>();
  private final Map<String, Slab> slabs = new LinkedHashMap<>();
  private final Map<String, Range> blocks = new LinkedHashMap<>();
  private final String key;
  private int size;

  private MetaLayout(WidthSpace space, Sharing sharing) {
    this.space = space;
    this.sites = Site.of(space);
    for (int position = 0; position < space.family().usualWidths().size(); position++) {
      rows.add(sharing.rows(space.candidates(position)));
    }
    sites.forEach(this::placeShared);
    blocks.put(SHARED, new Range(SHARED, 0, size));
    sites.forEach(this::placePairs);
    key = "supernet " + Hashes.hex(space + " " + rows);
  }

  /**
   * The layout of a space.
   *
   * @param space which networks
   * @param sharing decides how many channels each layer shares
   * @throws InputException if the networks cannot share, or there are 2^31 numbers or more
   */
  public static MetaLayout of(WidthSpace space, Sharing sharing) {
    return new MetaLayout(space, sharing);
  }

  private void placeShared(Site site) {
    if (site.kind() == Site.Kind.SHORTCUT) {
      return;
    }
    int taps = site.kernel() * site.kernel();
    boolean depthwise = site.kind() == Site.Kind.DEPTHWISE;
    Slab.Axis read = depthwise ? axis(site.output(), false, 0) : axis(site.input(), true, inputs());
    Slab.Axis given = depthwise ? Slab.Axis.fixed(1) : axis(site.output(), false, space.classes());
    place(site.node() + "/weight", new Slab(size, taps, read, given, true));
    if (site.bias()) {
      place(site.node() + "/bias", new Slab(size, 1, Slab.Axis.fixed(1), given, false));
    }
  }

  private int inputs() {
    return space.input().channels();
  }

  private Slab.Axis axis(int position, boolean input, int otherwise) {
    return position == Site.FIXED
        ? Slab.Axis.fixed(otherwise)
        : new Slab.Axis(rows.get(position), position, input);
  }

  private void place(String name, Slab slab) {
    long kernel = (long) slab.rows().size() * slab.columns().size();
    grow(Math.multiplyExact(kernel, (long) slab.taps()));
    slabs.put(name, slab);
  }

  private void grow(long length) {
    if (size + length > Integer.MAX_VALUE) {
      throw new InputException(
          "the shared weights of %s have 2^31 numbers or more; give fewer or narrower choices"
              .formatted(space.family()));
    }
    size += (int) length;
  }

  private void placePairs(Site site) {
    for (int in = 0; in < candidates(site.input()); in++) {
      for (int out = 0; out < candidates(site.output()); out++) {
        int length = pairLength(site, in, out);
        if (length > 0 && possible(site, in, out)) {
          Range range = new Range(pairName(site, in, out), size, length);
          grow(length);
          blocks.put(range.name(), range);
        }
      }
    }
  }

  private int candidates(int position) {
    return position == Site.FIXED ? 1 : space.candidates(position).size();
  }

  private int pairLength(Site site, int in, int out) {
    int given = width(site.output(), out, space.classes());
    int kernel =
        site.kind() == Site.Kind.SHORTCUT
            ? site.kernel() * site.kernel() * width(site.input(), in, inputs()) * given
            : 0;
    return kernel + (site.norm().isPresent() ? 2 * given : 0);
  }

  /** The width of a candidate, or the one given where the position is fixed. */
  int width(int position, int pick, int otherwise) {
    return position == Site.FIXED ? otherwise : space.candidates(position).get(pick);
  }

  /** Whether a network of the space has the layer with these picks of its input and output. */
  private boolean possible(Site site, int in, int out) {
    if (oneChoice(site)) {
      if (in != out) {
        return false;
      }
    }
    if (site.kind() != Site.Kind.SHORTCUT) {
      return true;
    }
    List<Integer> picks = new ArrayList<>(Collections.nCopies(space.choices().size(), 0));
    picks.set(space.choiceAt(site.input()), in);
    picks.set(space.choiceAt(site.output()), out);
    return nodes(space.network(picks)).contains(site.node());
  }

  private boolean oneChoice(Site site) {
    return site.input() != Site.FIXED
        && site.output() != Site.FIXED
        && space.choiceAt(site.input()) == space.choiceAt(site.output());
  }

  private static Set<String> nodes(NetworkSpec spec) {
    Set<String> names = new HashSet<>();
    spec.nodes().forEach(node -> names.add(node.name()));
    return names;
  }

  private String pairName(Site site, int in, int out) {
    String pair = site.input() == Site.FIXED || oneChoice(site) ? "" + out : in + "x" + out;
    return "pairs/" + site.node() + "/" + pair;
  }

  /** The networks. */
  public WidthSpace space() {
    return space;
  }

  /** By what a supernet of this layout can be kept between items. */
  public String key() {
    return key;
  }

  @Override
  public int size() {
    return size;
  }

  /** {@inheritDoc} {@link #SHARED} is the first. */
  @Override
  public List<Range> blocks() {
    return List.copyOf(blocks.values());
  }

  /** The blocks that the network of these picks uses, in order. */
  public List<Range> touched(List<Integer> picks) {
    Set<String> nodes = nodes(space.network(picks));
    List<Range> touched = new ArrayList<>(List.of(blocks.get(SHARED)));
    for (Site site : sites) {
      if (nodes.contains(site.node())) {
        pair(site, picks).ifPresent(touched::add);
      }
    }
    return touched;
  }

  /** First values, the same for equal seeds. */
  public float[] initial(long seed) {
    float[] values = new float[size];
    for (Site site : sites) {
      fillShared(values, site, seed);
      for (int in = 0; in < candidates(site.input()); in++) {
        for (int out = 0; out < candidates(site.output()); out++) {
          Range range = blocks.get(pairName(site, in, out));
          if (range != null) {
            fillPair(values, site, range, width(site.output(), out, 0), seed);
          }
        }
      }
    }
    return values;
  }

  /**
   * Normal with variance 2 / fan-in of the widest candidate (He et al., 2015, equation 10), which
   * the maps keep since their columns have length 1; the classifier has 1 / (3 fan-in), the
   * variance it has when trained alone, and no bias.
   */
  private void fillShared(float[] values, Site site, long seed) {
    Slab slab = slabs.get(site.node() + "/weight");
    if (slab == null) {
      return;
    }
    int inputs = site.kind() == Site.Kind.DEPTHWISE ? 1 : widest(site.input());
    double fanIn = (double) slab.taps() * inputs;
    double variance = site.kind() == Site.Kind.CLASSIFIER ? 1 / (3 * fanIn) : 2 / fanIn;
    fillNormal(values, slab.start(), slab.length(), variance, seed);
  }

  /** The widest candidate of a position. */
  int widest(int position) {
    return width(position, candidates(position) - 1, inputs());
  }

  private static void fillPair(float[] values, Site site, Range range, int outputs, long seed) {
    int kernel = range.length() - (site.norm().isPresent() ? 2 * outputs : 0);
    if (kernel > 0) {
      fillNormal(values, range.start(), kernel, 2.0 * outputs / kernel, seed);
    }
    if (site.norm().isPresent()) {
      int scale = range.start() + kernel;
      Arrays.fill(values, scale, scale + outputs, 1);
    }
  }

  private static void fillNormal(
      float[] values, int start, int length, double variance, long seed) {
    double[] numbers = NormalNumbers.draw(length, variance, Seeds.generator(seed, start));
    for (int i = 0; i < length; i++) {
      values[start + i] = (float) numbers[i];
    }
  }

  /** The layers with weights, in order. */
  List<Site> sites() {
    return sites;
  }

  /** Refuses maps of other widths or shared channels. */
  void check(AffineMaps maps) {
    for (int position = 0; position < rows.size(); position++) {
      for (int pick = 0; pick < candidates(position); pick++) {
        for (AffineMap map : List.of(maps.output(position, pick), maps.input(position, pick))) {
          if (map.rows() != rows.get(position) || map.columns() != width(position, pick, 0)) {
            throw new IllegalArgumentException(
                "candidate %s of position %s needs a map [%s, %s], got [%s, %s]"
                    .formatted(
                        pick,
                        position,
                        rows.get(position),
                        width(position, pick, 0),
                        map.rows(),
                        map.columns()));
          }
        }
      }
    }
  }

  /** Where everything lies that all widths share. */
  Collection<Slab> slabs() {
    return slabs.values();
  }

  /** Where a parameter lies that all widths share. */
  Optional<Slab> slab(String parameter) {
    return Optional.ofNullable(slabs.get(parameter));
  }

  /** The index that picks give the width of a position; 0 if it is fixed. */
  int pick(int position, List<Integer> picks) {
    return position == Site.FIXED ? 0 : picks.get(space.choiceAt(position));
  }

  /** The block of a site under these picks, if it has one. */
  Optional<Range> pair(Site site, List<Integer> picks) {
    return Optional.ofNullable(
        blocks.get(pairName(site, pick(site.input(), picks), pick(site.output(), picks))));
  }
}
