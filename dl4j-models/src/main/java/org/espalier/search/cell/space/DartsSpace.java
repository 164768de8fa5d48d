package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.cost.LayerCost;
import org.espalier.cost.Resource;
import org.espalier.network.Layer;
import org.espalier.report.Section;
import org.espalier.search.space.CostModel;
import org.espalier.text.InputException;

/**
 * The cells of DARTS (Liu, Simonyan and Yang, 2019, section 2): normal cells and, at a third and
 * two thirds of the network, reduction cells that halve the image and double the channels. A cell
 * reads what the two before it give, and gives its four nodes joined. Which two edges a node keeps
 * is a choice of its own (Gu et al., "DOTS", 2021, section 3.2), so that every network is one of a
 * published genotype, and networks that compute several options have edges whose weights are those
 * of the pairs that they are in.
 *
 * <p>Published networks have a second head while they are trained, which networks here have not.
 * Pooling is followed by batch norm without scale and shift, as in the searches of DARTS; and see
 * {@link Blocks#reduce}. Neither changes the number of weights.
 *
 * @param operations that an edge can compute
 * @param skeleton where {@link Skeleton#cells} are all of the network, at least 3, and {@link
 *     Skeleton#channels} those of a node in the first cells
 */
public record DartsSpace(OperationSet operations, Skeleton skeleton) implements GatedSpace {
  static final String TITLE = "darts";
  static final String NORMAL = "normal";
  static final String REDUCTION = "reduction";

  /** The first cells come after a convolution with so many channels for each of theirs. */
  private static final int STEM_MULTIPLIER = 3;

  /** Sets of operations. */
  public enum OperationSet {
    /** The eight of DARTS. */
    ALL,
    /** Those but the dilated 5x5, which is hardly ever kept. */
    OPTIMISED,
    /**
     * One of each group of operations that do alike, to search groups first (Guilin et al.,
     * "StacNAS", 2019).
     */
    GROUPS;

    /** The operations, in the order of the options. */
    public List<Operation> operations() {
      return switch (this) {
        case ALL ->
            List.of(
                Operation.NONE,
                Operation.MAX_POOL_3X3,
                Operation.AVG_POOL_3X3,
                Operation.SKIP_CONNECT,
                Operation.SEP_CONV_3X3,
                Operation.SEP_CONV_5X5,
                Operation.DIL_CONV_3X3,
                Operation.DIL_CONV_5X5);
        case OPTIMISED ->
            List.of(
                Operation.NONE,
                Operation.MAX_POOL_3X3,
                Operation.AVG_POOL_3X3,
                Operation.SKIP_CONNECT,
                Operation.SEP_CONV_3X3,
                Operation.SEP_CONV_5X5,
                Operation.DIL_CONV_3X3);
        case GROUPS ->
            List.of(
                Operation.NONE,
                Operation.MAX_POOL_3X3,
                Operation.SKIP_CONNECT,
                Operation.SEP_CONV_3X3,
                Operation.DIL_CONV_3X3);
      };
    }
  }

  public DartsSpace {
    Objects.requireNonNull(operations, "operations");
    Objects.requireNonNull(skeleton, "skeleton");
    if (skeleton.cells() < 3) {
      throw new InputException(
          "cells must be at least 3, one normal and two reduction cells, got " + skeleton.cells());
    }
  }

  @Override
  public DartsSpace with(int cells, int channels) {
    return new DartsSpace(operations, skeleton.of(cells, channels));
  }

  @Override
  public String name() {
    return "%s with %s operations, %s"
        .formatted(title(), operations.name().toLowerCase(Locale.ROOT), skeleton.describe());
  }

  @Override
  public String title() {
    return TITLE;
  }

  @Override
  public Set<Integer> idle(List<Integer> picks) {
    Set<Integer> idle = new TreeSet<>(normal().idle(picks));
    idle.addAll(reduction().idle(picks));
    return idle;
  }

  DartsCell normal() {
    return new DartsCell(NORMAL, 0, operations.operations());
  }

  DartsCell reduction() {
    return new DartsCell(REDUCTION, DartsCell.CHOICES, operations.operations());
  }

  @Override
  public List<Decision> decisions() {
    return Stream.concat(normal().decisions().stream(), reduction().decisions().stream()).toList();
  }

  /** Both cells, for each node the edges that it keeps as {@code operation~node}. */
  @Override
  public String describe(List<Integer> picks) {
    return "normal %s, reduction %s".formatted(text(normal(), picks), text(reduction(), picks));
  }

  private static String text(DartsCell cell, List<Integer> picks) {
    List<String> nodes = new ArrayList<>();
    for (int to = DartsCell.FIRST_SUM; to < DartsCell.NODES; to++) {
      int node = to;
      nodes.add(
          cell.sources(to, picks).stream()
              .map(from -> cell.operation(from, node, picks).published() + "~" + from)
              .collect(Collectors.joining("|", "|", "|")));
    }
    return String.join("+", nodes);
  }

  @Override
  public List<Section> drawings(String title, List<Integer> picks) {
    return List.of(
        normal().drawing(title + ": normal cell", picks),
        reduction().drawing(title + ": reduction cell", picks));
  }

  /**
   * Whether cells without an open way to their output cut the images off from the last cell. One
   * kind of cell may be closed where the cells behind read past it.
   */
  @Override
  public boolean isDegenerate(List<Integer> picks) {
    boolean before = true;
    boolean last = true;
    for (int i = 0; i < skeleton.cells(); i++) {
      boolean open = (reduces(i) ? reduction() : normal()).passes(picks, before, last);
      before = last;
      last = open;
    }
    return !last;
  }

  private boolean reduces(int cell) {
    return cell == skeleton.cells() / 3 || cell == 2 * skeleton.cells() / 3;
  }

  @Override
  public Gated supernet(List<List<Integer>> options, Form form) {
    return drawn().supernet(options, form);
  }

  @Override
  public CostModel cost(Resource resource) {
    return drawn().cost(resource);
  }

  @Override
  public Collection<LayerCost> everyLayer() {
    return drawn().layerCosts().values();
  }

  Drawn drawn() {
    return new Drawn(TITLE, skeleton.input(), decisions(), this::draw);
  }

  private <V> V draw(Sketch<V> sketch) {
    Blocks<V> blocks = new Blocks<>(sketch);
    List<V> stems = stems(blocks, sketch.images());
    V before = stems.get(0);
    V last = stems.get(1);
    int channels = skeleton.channels();
    boolean halved = Blocks.halvings(skeleton.side()) > 0;
    for (int i = 0; i < skeleton.cells(); i++) {
      boolean reduces = reduces(i);
      channels = reduces ? Math.multiplyExact(channels, 2) : channels;
      String name = "cell" + (i + 1);
      V first =
          halved
              ? blocks.reduce(name + "/in0", before, channels)
              : blocks.reluConvolution(name + "/in0", before, channels, 1, 1);
      V second = blocks.reluConvolution(name + "/in1", last, channels, 1, 1);
      CellEdge<V> edge = new CellEdge<>(blocks, operations.operations(), true);
      List<V> nodes =
          (reduces ? reduction() : normal())
              .draw(edge, name, List.of(first, second), channels, reduces);
      before = last;
      last = sketch.layer(name + "/out", new Layer.Concatenation(), nodes);
      halved = reduces;
    }
    return blocks.head(last, skeleton.classes());
  }

  /**
   * What the first cell reads: twice the same for small images, for large ones before and after the
   * last halving, as published for CIFAR and ImageNet.
   */
  private <V> List<V> stems(Blocks<V> blocks, V images) {
    int halvings = Blocks.halvings(skeleton.side());
    int channels = skeleton.channels();
    if (halvings == 0) {
      int wide = Math.multiplyExact(STEM_MULTIPLIER, channels);
      V stem = blocks.convolutionNorm("stem", images, wide, 1);
      return List.of(stem, stem);
    }
    V x = images;
    for (int i = 1; i < halvings - 1; i++) {
      String name = "stem/half" + i;
      int narrow = Math.max(1, channels / 2);
      x = blocks.relu(name + "/relu", blocks.convolutionNorm(name, x, narrow, 2));
    }
    V before = blocks.convolutionNorm("stem/0", x, channels, halvings > 1 ? 2 : 1);
    return List.of(before, blocks.reluConvolution("stem/1", before, channels, 3, 2));
  }
}
