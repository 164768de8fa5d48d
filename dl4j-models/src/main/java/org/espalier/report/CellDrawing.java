package org.espalier.report;

import java.util.List;

/**
 * A drawing of a small graph whose edges compute something, such as a cell: what each node reads
 * and what is done to it on the way.
 *
 * @param title what it shows
 * @param nodes in an order in which each comes after those it reads; at least one
 */
public record CellDrawing(String title, List<Node> nodes) implements Section {
  public CellDrawing {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("'%s' has no nodes".formatted(title));
    }
    for (int place = 0; place < nodes.size(); place++) {
      for (Edge edge : nodes.get(place).edges()) {
        if (edge.from() < 0 || edge.from() >= place) {
          throw new IllegalArgumentException(
              "'%s': node %s reads node %s, which is not before it"
                  .formatted(title, place, edge.from()));
        }
      }
    }
  }

  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.cell(this);
  }

  /**
   * One node.
   *
   * @param name for people, short
   * @param edges that lead to it; none if it is an input
   */
  public record Node(String name, List<Edge> edges) {
    public Node {
      edges = List.copyOf(edges);
    }
  }

  /**
   * One edge.
   *
   * @param from place of the node that it comes from
   * @param label what it computes, short; empty if it hands on what it reads
   * @param silent whether it does not matter, as it gives nothing or is not used
   */
  public record Edge(int from, String label, boolean silent) {}
}
