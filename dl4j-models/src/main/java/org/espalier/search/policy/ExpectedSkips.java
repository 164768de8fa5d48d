package org.espalier.search.policy;

import java.util.List;
import java.util.OptionalInt;
import org.espalier.settings.Checks;

/**
 * How many skip connections a cell keeps on average, as a function of gates: each node keeps so
 * many of its incoming operations, drawn in proportion to their gates, so it is {@code kept * R_n}
 * summed over nodes, {@code R_n} being the gates of the node's skips over all of the node's gates.
 *
 * @param nodes the edges that come into each node
 * @param kept operations that a node keeps, at least 1; usually 2
 */
public record ExpectedSkips(List<List<Edge>> nodes, int kept) {
  public ExpectedSkips {
    nodes = nodes.stream().map(List::copyOf).toList();
    Checks.atLeast("kept", 1, kept);
  }

  /**
   * An edge of a cell.
   *
   * @param choice what decides its operation
   * @param skip index of the option that is a skip connection, if there is one
   */
  public record Edge(int choice, OptionalInt skip) {}

  /**
   * Their number.
   *
   * @param gates {@code [choice][option]}, above 0
   */
  public double of(double[][] gates) {
    double sum = 0;
    for (List<Edge> edges : nodes) {
      sum += kept * skips(edges, gates) / all(edges, gates);
    }
    return sum;
  }

  /** Derivative of {@link #of} by the gates; 0 for choices of no edge. */
  public double[][] gradient(double[][] gates) {
    double[][] gradient = new double[gates.length][];
    for (int choice = 0; choice < gates.length; choice++) {
      gradient[choice] = new double[gates[choice].length];
    }
    for (List<Edge> edges : nodes) {
      double all = all(edges, gates);
      double ratio = skips(edges, gates) / all;
      for (Edge edge : edges) {
        double[] row = gradient[edge.choice()];
        for (int option = 0; option < row.length; option++) {
          boolean skip = edge.skip().isPresent() && edge.skip().getAsInt() == option;
          row[option] += kept * ((skip ? 1 : 0) - ratio) / all;
        }
      }
    }
    return gradient;
  }

  private static double skips(List<Edge> edges, double[][] gates) {
    double sum = 0;
    for (Edge edge : edges) {
      sum += edge.skip().isPresent() ? gates[edge.choice()][edge.skip().getAsInt()] : 0;
    }
    return sum;
  }

  private static double all(List<Edge> edges, double[][] gates) {
    double sum = 0;
    for (Edge edge : edges) {
      for (double gate : gates[edge.choice()]) {
        sum += gate;
      }
    }
    return sum;
  }
}
