package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.espalier.report.CellDrawing;
import org.espalier.search.cell.space.Decision.Kind;

/**
 * The choices of one kind of cell of DARTS: nodes 0 and 1 are what the two cells before give, each
 * of the nodes 2 to 5 is the sum of two edges from nodes before it. First come the choices of which
 * two, for nodes with more than two before them, then what each of the 14 edges computes, by the
 * node that it leads to.
 *
 * @param name of the kind
 * @param first place of its first choice in the space
 * @param operations of an edge
 */
record DartsCell(String name, int first, List<Operation> operations) {
  /** The first node that is a sum. */
  static final int FIRST_SUM = 2;

  /** One more than the last node. */
  static final int NODES = 6;

  /** Nodes that choose their edges: all sums but the first. */
  private static final int TOPOLOGIES = NODES - FIRST_SUM - 1;

  /** Choices of a kind of cell. */
  static final int CHOICES = TOPOLOGIES + 14;

  /** The pairs of edges that a node can keep, by the nodes that they come from. */
  static List<List<Integer>> pairs(int node) {
    List<List<Integer>> pairs = new ArrayList<>();
    for (int one = 0; one < node; one++) {
      for (int other = one + 1; other < node; other++) {
        pairs.add(List.of(one, other));
      }
    }
    return pairs;
  }

  /** Whether a node has a choice of edges. */
  static boolean chooses(int node) {
    return node > FIRST_SUM;
  }

  /** The choice of the edges of a node that has one. */
  int topology(int node) {
    return first + node - FIRST_SUM - 1;
  }

  /** The choice of what an edge computes. */
  int edge(int from, int to) {
    return first + TOPOLOGIES + to * (to - 1) / 2 - 1 + from;
  }

  List<Decision> decisions() {
    List<Decision> decisions = new ArrayList<>();
    for (int node = FIRST_SUM; node < NODES; node++) {
      if (chooses(node)) {
        List<String> options = pairs(node).stream().map(DartsCell::pairName).toList();
        decisions.add(
            Decision.structure(topologyName(name, node), Kind.TOPOLOGY, place(node), options));
      }
    }
    for (int to = FIRST_SUM; to < NODES; to++) {
      for (int from = 0; from < to; from++) {
        String edge = "%s/%s-%s".formatted(name, from, to);
        decisions.add(new Decision(edge, Kind.OPERATION, place(to), Operation.options(operations)));
      }
    }
    return decisions;
  }

  private String place(int node) {
    return name + "/" + node;
  }

  /** What the choice of a node's edges is called. */
  static String topologyName(String cell, int node) {
    return "%s/%s/inputs".formatted(cell, node);
  }

  /** What two edges of a node are called as an option. */
  static String pairName(List<Integer> pair) {
    return pair.get(0) + "+" + pair.get(1);
  }

  /** What the choice of an edge's operation is called. */
  static String edgeName(String cell, int from, int to) {
    return "%s/%s-%s".formatted(cell, from, to);
  }

  /** The edges that no node keeps with some picks, by their choices. */
  Set<Integer> idle(List<Integer> picks) {
    Set<Integer> idle = new TreeSet<>();
    for (int to = FIRST_SUM; to < NODES; to++) {
      for (int from = 0; from < to; from++) {
        if (!sources(to, picks).contains(from)) {
          idle.add(edge(from, to));
        }
      }
    }
    return idle;
  }

  /** The nodes whose edges into a node some picks keep, rising. */
  List<Integer> sources(int node, List<Integer> picks) {
    return chooses(node) ? pairs(node).get(picks.get(topology(node))) : List.of(0, 1);
  }

  /** What an edge computes with some picks. */
  Operation operation(int from, int to, List<Integer> picks) {
    return operations.get(picks.get(edge(from, to)));
  }

  /**
   * Whether the output depends on the images.
   *
   * @param before whether node 0 does
   * @param last whether node 1 does
   */
  boolean passes(List<Integer> picks, boolean before, boolean last) {
    List<Boolean> open = new ArrayList<>(List.of(before, last));
    for (int node = FIRST_SUM; node < NODES; node++) {
      int to = node;
      open.add(
          sources(to, picks).stream()
              .anyMatch(
                  from ->
                      open.get(from)
                          && operation(from, to, picks).effect() != Decision.Effect.ZERO));
    }
    return open.subList(FIRST_SUM, NODES).contains(true);
  }

  /** What some picks chose, for people. */
  CellDrawing drawing(String title, List<Integer> picks) {
    List<CellDrawing.Node> nodes = new ArrayList<>();
    nodes.add(new CellDrawing.Node("cell before last", List.of()));
    nodes.add(new CellDrawing.Node("cell before", List.of()));
    List<CellDrawing.Edge> joined = new ArrayList<>();
    for (int to = FIRST_SUM; to < NODES; to++) {
      int node = to;
      nodes.add(
          new CellDrawing.Node(
              "node " + to,
              sources(to, picks).stream().map(from -> drawn(from, node, picks)).toList()));
      joined.add(new CellDrawing.Edge(to, "", false));
    }
    nodes.add(new CellDrawing.Node("output, joined", joined));
    return new CellDrawing(title, nodes);
  }

  private CellDrawing.Edge drawn(int from, int to, List<Integer> picks) {
    Operation operation = operation(from, to, picks);
    return new CellDrawing.Edge(from, operation.label(), operation == Operation.NONE);
  }

  /**
   * Draws the nodes.
   *
   * @param edge draws edges
   * @param prefix of the names of its layers
   * @param inputs nodes 0 and 1
   * @param channels of every node
   * @param reduces whether edges from nodes 0 and 1 halve the image
   * @return nodes 2 to 5
   */
  <V> List<V> draw(CellEdge<V> edge, String prefix, List<V> inputs, int channels, boolean reduces) {
    List<V> nodes = new ArrayList<>(inputs);
    for (int to = FIRST_SUM; to < NODES; to++) {
      List<Branch<V>> edges = new ArrayList<>();
      for (int from = 0; from < to; from++) {
        int start = from;
        int end = to;
        String edgeName = "%s/%s-%s".formatted(prefix, from, to);
        V read = nodes.get(from);
        int stride = reduces && from < FIRST_SUM ? 2 : 1;
        edges.add(
            branch(
                from,
                to,
                edgeName,
                () -> edge.draw(edgeName, edge(start, end), read, channels, stride)));
      }
      nodes.add(edge.blocks().sketch().sum(prefix + "/" + to, edges));
    }
    return nodes.subList(FIRST_SUM, NODES);
  }

  private <V> Branch<V> branch(int from, int to, String edgeName, Supplier<V> value) {
    if (!chooses(to)) {
      return Branch.always(value);
    }
    List<List<Integer>> pairs = pairs(to);
    List<Integer> with =
        IntStream.range(0, pairs.size())
            .filter(pair -> pairs.get(pair).contains(from))
            .boxed()
            .toList();
    return new Branch<>(topology(to), Set.copyOf(with), edgeName + "/gate", value);
  }
}
