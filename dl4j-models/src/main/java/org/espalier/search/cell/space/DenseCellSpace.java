package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.espalier.cost.LayerCost;
import org.espalier.cost.Resource;
import org.espalier.network.Layer;
import org.espalier.report.CellDrawing;
import org.espalier.report.Section;
import org.espalier.search.cell.space.Decision.Kind;
import org.espalier.search.space.CostModel;
import org.espalier.text.InputException;

/**
 * Cells in which every node reads all before it, each edge with an operation of its own: the space
 * of NAS-Bench-201 (Dong and Yang, 2020, section 2) and one small enough to train all of it.
 *
 * <p>A network is a 3x3 convolution, stages of equal cells with residual blocks between them that
 * halve the image and double the channels, batch norm, ReLU, the mean over the image and a linear
 * layer.
 *
 * @param cell which cells
 * @param skeleton where {@link Skeleton#cells} are those of one stage
 */
public record DenseCellSpace(Cell cell, Skeleton skeleton) implements GatedSpace {
  /** Cells on offer. */
  public enum Cell {
    /** 3 nodes, 3 edges, 5 operations, 2 stages: 125 cells. */
    SMALL("small-cell", 3, 2),
    /** 4 nodes, 6 edges, 5 operations, 3 stages: 15,625 cells. */
    NAS_BENCH_201("nas-bench-201", 4, 3);

    private final String title;
    private final int nodes;
    private final int stages;

    Cell(String title, int nodes, int stages) {
      this.title = title;
      this.nodes = nodes;
      this.stages = stages;
    }

    /** Nodes, the input with them. */
    public int nodes() {
      return nodes;
    }

    /** What an edge can compute, in the order of the options. */
    public List<Operation> operations() {
      return switch (this) {
        case SMALL ->
            List.of(
                Operation.NONE,
                Operation.SKIP_CONNECT,
                Operation.MAX_POOL_3X3,
                Operation.NOR_CONV_1X1,
                Operation.NOR_CONV_3X3);
        case NAS_BENCH_201 ->
            List.of(
                Operation.NONE,
                Operation.SKIP_CONNECT,
                Operation.NOR_CONV_1X1,
                Operation.NOR_CONV_3X3,
                Operation.AVG_POOL_3X3);
      };
    }

    /** The place of an edge among the choices: edges come by the node that they lead to. */
    public int edge(int from, int to) {
      return to * (to - 1) / 2 + from;
    }
  }

  public DenseCellSpace {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(skeleton, "skeleton");
  }

  @Override
  public DenseCellSpace with(int cells, int channels) {
    return new DenseCellSpace(cell, skeleton.of(cells, channels));
  }

  @Override
  public String name() {
    return "%s, %s".formatted(title(), skeleton.describe());
  }

  @Override
  public String title() {
    return cell.title;
  }

  @Override
  public List<Decision> decisions() {
    List<Decision> decisions = new ArrayList<>();
    for (int to = 1; to < cell.nodes(); to++) {
      for (int from = 0; from < to; from++) {
        decisions.add(
            new Decision(
                from + "-" + to,
                Kind.OPERATION,
                Integer.toString(to),
                Operation.options(cell.operations())));
      }
    }
    return List.copyOf(decisions);
  }

  /** The cell as NAS-Bench-201 writes it: {@code |op~0|+|op~0|op~1|+...}. */
  @Override
  public String describe(List<Integer> picks) {
    List<String> nodes = new ArrayList<>();
    for (int to = 1; to < cell.nodes(); to++) {
      StringBuilder node = new StringBuilder("|");
      for (int from = 0; from < to; from++) {
        String operation = cell.operations().get(picks.get(cell.edge(from, to))).published();
        node.append(operation).append('~').append(from).append('|');
      }
      nodes.add(node.toString());
    }
    return nodes.stream().collect(Collectors.joining("+"));
  }

  /**
   * The picks of a cell as {@link #describe} writes it.
   *
   * @throws InputException naming what is wrong with the text
   */
  public List<Integer> picks(String text) {
    List<Integer> picks = new ArrayList<>();
    String[] nodes = text.strip().split("\\+", -1);
    if (nodes.length != cell.nodes() - 1) {
      throw new InputException(
          "the cell '%s' has %s nodes after the input, expected %s"
              .formatted(text, nodes.length, cell.nodes() - 1));
    }
    for (int to = 1; to < cell.nodes(); to++) {
      String[] edges = nodes[to - 1].split("\\|", -1);
      if (edges.length != to + 2 || !edges[0].isEmpty() || !edges[to + 1].isEmpty()) {
        throw new InputException(
            "node %s of the cell '%s' is '%s', expected %s times operation~node between bars"
                .formatted(to, text, nodes[to - 1], to));
      }
      for (int from = 0; from < to; from++) {
        picks.add(pick(text, edges[from + 1], from));
      }
    }
    return List.copyOf(picks);
  }

  private int pick(String text, String edge, int from) {
    String end = "~" + from;
    List<String> known = cell.operations().stream().map(Operation::published).toList();
    String operation = edge.endsWith(end) ? edge.substring(0, edge.length() - end.length()) : edge;
    if (!edge.endsWith(end) || !known.contains(operation)) {
      throw new InputException(
          "the cell '%s' has the edge '%s', expected one of %s before '%s'"
              .formatted(text, edge, known, end));
    }
    return known.indexOf(operation);
  }

  @Override
  public List<Section> drawings(String title, List<Integer> picks) {
    Set<Integer> dead = CellFunction.of(cell, picks).dead();
    List<CellDrawing.Node> nodes = new ArrayList<>(List.of(node("input", List.of())));
    for (int to = 1; to < cell.nodes(); to++) {
      List<CellDrawing.Edge> edges = new ArrayList<>();
      for (int from = 0; from < to; from++) {
        int edge = cell.edge(from, to);
        Operation operation = cell.operations().get(picks.get(edge));
        boolean silent = operation == Operation.NONE || dead.contains(edge);
        edges.add(new CellDrawing.Edge(from, operation.label(), silent));
      }
      nodes.add(node(to == cell.nodes() - 1 ? "output" : "node " + to, edges));
    }
    return List.of(new CellDrawing(title, nodes));
  }

  private static CellDrawing.Node node(String name, List<CellDrawing.Edge> edges) {
    return new CellDrawing.Node(name, edges);
  }

  /** Whether operations without output cut the cell's output off from its input. */
  @Override
  public boolean isDegenerate(List<Integer> picks) {
    Set<Integer> reached = new TreeSet<>(Set.of(0));
    for (int to = 1; to < cell.nodes(); to++) {
      for (int from = 0; from < to; from++) {
        Operation operation = cell.operations().get(picks.get(cell.edge(from, to)));
        if (reached.contains(from) && operation.effect() != Decision.Effect.ZERO) {
          reached.add(to);
        }
      }
    }
    return !reached.contains(cell.nodes() - 1);
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
    return new Drawn(title(), skeleton.input(), decisions(), this::draw);
  }

  private <V> V draw(Sketch<V> sketch) {
    Blocks<V> blocks = new Blocks<>(sketch);
    int channels = skeleton.channels();
    int halvings = Blocks.halvings(skeleton.side());
    V x = blocks.stem(skeleton, sketch.images(), channels);
    for (int stage = 1; stage <= cell.stages; stage++) {
      if (stage > 1) {
        channels = Math.multiplyExact(channels, 2);
        x = residual(blocks, "reduction" + (stage - 1), x, channels, even(halvings++));
      }
      for (int i = 1; i <= skeleton.cells(); i++) {
        x = cell(blocks, "stage" + stage + "/cell" + i, x, channels);
      }
    }
    return blocks.head(blocks.relu("last/relu", blocks.norm("last/norm", x)), skeleton.classes());
  }

  /** Whether both sides are even after some halvings. */
  private boolean even(int halvings) {
    int height = skeleton.input().height();
    int width = skeleton.input().width();
    for (int i = 0; i < halvings; i++) {
      height = (height + 1) / 2;
      width = (width + 1) / 2;
    }
    return height % 2 == 0 && width % 2 == 0;
  }

  private static <V> V residual(Blocks<V> blocks, String name, V x, int channels, boolean even) {
    V main = blocks.reluConvolution(name + "/1", x, channels, 3, 2);
    main = blocks.reluConvolution(name + "/2", main, channels, 3, 1);
    // Means over 2x2 as published; over 3x3 where those would leave out a row.
    Layer pool = new Layer.Pooling(Layer.Pooling.Kind.AVERAGE, even ? 2 : 3, 2);
    V side = blocks.sketch().layer(name + "/side/pool", pool, x);
    side = blocks.convolution(name + "/side/conv", side, channels, 1, 1);
    return blocks.sketch().layer(name + "/add", new Layer.Add(), List.of(main, side));
  }

  private <V> V cell(Blocks<V> blocks, String name, V x, int channels) {
    CellEdge<V> edge = new CellEdge<>(blocks, cell.operations(), false);
    List<V> nodes = new ArrayList<>(List.of(x));
    for (int to = 1; to < cell.nodes(); to++) {
      List<Branch<V>> edges = new ArrayList<>();
      for (int from = 0; from < to; from++) {
        String edgeName = "%s/%s-%s".formatted(name, from, to);
        int choice = cell.edge(from, to);
        V read = nodes.get(from);
        edges.add(Branch.always(() -> edge.draw(edgeName, choice, read, channels, 1)));
      }
      nodes.add(blocks.sketch().sum(name + "/" + to, edges));
    }
    return nodes.get(cell.nodes() - 1);
  }
}
