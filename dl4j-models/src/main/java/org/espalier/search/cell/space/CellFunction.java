package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a cell of a {@link DenseCellSpace} computes, whatever its weights are: cells of one function
 * are the same network up to the names of weights. Edges that hand on and edges without operation
 * make many such cells. Learned operations are told apart, so that one whose output is used twice
 * is another thing than two of a kind.
 *
 * <p>An operation on zeros counts as zeros, although batch norm may shift them.
 *
 * @param expression of the output, with {@code x} for the input; {@code "0"} if it does not depend
 *     on it
 * @param dead edges, by their choices, whose operations do not matter, as they compute zeros of
 *     zeros or nothing that is used; edges without operation are none of them
 */
public record CellFunction(String expression, Set<Integer> dead) {
  private static final String ZERO = "0";

  public CellFunction {
    dead = Collections.unmodifiableSet(new TreeSet<>(dead));
  }

  /** Whether the output does not depend on the input. */
  public boolean degenerate() {
    return expression.equals(ZERO);
  }

  /** The function of a cell. */
  public static CellFunction of(DenseCellSpace.Cell cell, List<Integer> picks) {
    return new Reader(cell, picks).function();
  }

  /**
   * Cells of one function, by it, those of the smallest number first.
   *
   * @return numbers as {@link DenseCellSpace#picks(long)} takes them, rising
   */
  public static Map<String, List<Long>> classes(DenseCellSpace space) {
    Map<String, List<Long>> classes = new TreeMap<>();
    for (long number = 0; number < space.size(); number++) {
      String expression = of(space.cell(), space.picks(number)).expression();
      classes.computeIfAbsent(expression, unused -> new ArrayList<>()).add(number);
    }
    return classes;
  }

  /** Reads one cell. */
  private record Reader(DenseCellSpace.Cell cell, List<Integer> picks) {

    CellFunction function() {
      int output = cell.nodes() - 1;
      // Learned operations whose inputs look alike can be numbered in any order: the least is
      // taken.
      Map<Integer, String> plain = edges(Map.of());
      Set<Integer> used = used(plain);
      Map<String, List<Integer>> alike = new TreeMap<>();
      for (int edge : used) {
        if (operation(edge).effect() == Decision.Effect.LEARNED) {
          alike.computeIfAbsent(plain.get(edge), unused -> new ArrayList<>()).add(edge);
        }
      }
      String least =
          numberings(List.copyOf(alike.values())).stream()
              .map(numbers -> node(output, edges(numbers)))
              .min(String::compareTo)
              .orElseThrow();
      Set<Integer> dead = new TreeSet<>();
      for (int edge = 0; edge < picks.size(); edge++) {
        if (operation(edge) != Operation.NONE && !used.contains(edge)) {
          dead.add(edge);
        }
      }
      return new CellFunction(least, dead);
    }

    private Operation operation(int edge) {
      return cell.operations().get(picks.get(edge));
    }

    /** Expressions of all edges, learned operations with their numbers among those alike. */
    private Map<Integer, String> edges(Map<Integer, Integer> numbers) {
      Map<Integer, String> edges = new HashMap<>();
      for (int to = 1; to < cell.nodes(); to++) {
        for (int from = 0; from < to; from++) {
          int edge = cell.edge(from, to);
          String read = node(from, edges);
          Operation operation = operation(edge);
          edges.put(
              edge,
              switch (operation.effect()) {
                case ZERO -> ZERO;
                case SKIP -> read;
                default ->
                    read.equals(ZERO)
                        ? ZERO
                        : operation.published()
                            + (numbers.containsKey(edge) ? "#" + numbers.get(edge) : "")
                            + "("
                            + read
                            + ")";
              });
        }
      }
      return edges;
    }

    private String node(int node, Map<Integer, String> edges) {
      if (node == 0) {
        return "x";
      }
      List<String> terms = new ArrayList<>();
      for (int from = 0; from < node; from++) {
        String term = edges.get(cell.edge(from, node));
        if (!term.equals(ZERO)) {
          terms.add(term);
        }
      }
      return terms.isEmpty() ? ZERO : terms.stream().sorted().collect(Collectors.joining("+"));
    }

    /** Edges whose outputs are not zero and reach the output of the cell. */
    private Set<Integer> used(Map<Integer, String> edges) {
      Set<Integer> used = new TreeSet<>();
      Set<Integer> nodes = new TreeSet<>(Set.of(cell.nodes() - 1));
      for (int to = cell.nodes() - 1; to > 0; to--) {
        for (int from = 0; from < to && nodes.contains(to); from++) {
          int edge = cell.edge(from, to);
          if (!edges.get(edge).equals(ZERO)) {
            used.add(edge);
            nodes.add(from);
          }
        }
      }
      return used;
    }

    /** All ways to number the edges of each group. */
    private static List<Map<Integer, Integer>> numberings(List<List<Integer>> groups) {
      List<Map<Integer, Integer>> all = new ArrayList<>(List.of(Map.of()));
      for (List<Integer> group : groups) {
        List<Map<Integer, Integer>> more = new ArrayList<>();
        for (Map<Integer, Integer> before : all) {
          for (List<Integer> order : orders(group)) {
            Map<Integer, Integer> numbers = new HashMap<>(before);
            for (int number = 0; number < order.size(); number++) {
              numbers.put(order.get(number), number + 1);
            }
            more.add(numbers);
          }
        }
        all = more;
      }
      return all;
    }

    private static List<List<Integer>> orders(List<Integer> group) {
      if (group.size() == 1) {
        return List.of(group);
      }
      List<List<Integer>> orders = new ArrayList<>();
      for (int first : group) {
        List<Integer> rest = new ArrayList<>(group);
        rest.remove(Integer.valueOf(first));
        for (List<Integer> order : orders(rest)) {
          List<Integer> longer = new ArrayList<>(List.of(first));
          longer.addAll(order);
          orders.add(longer);
        }
      }
      return orders;
    }
  }
}
