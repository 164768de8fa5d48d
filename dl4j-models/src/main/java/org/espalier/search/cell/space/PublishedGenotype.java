package org.espalier.search.cell.space;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.storage.StrictJson;
import org.espalier.text.InputException;
import org.espalier.text.Suggestion;

/**
 * A pair of cells as DARTS and its followers publish them: two edges a node, each an operation and
 * the node that it reads. In JSON, or in the Python of their repositories, {@code
 * Genotype(normal=[('sep_conv_3x3', 0), ...], normal_concat=[2, 3, 4, 5], reduce=[...],
 * reduce_concat=range(2, 6))}.
 *
 * @param normal edges of the normal cell, those of one node after those of another
 * @param normalConcat nodes that it joins
 * @param reduce edges of the reduction cell
 * @param reduceConcat nodes that it joins
 */
record PublishedGenotype(
    List<Edge> normal,
    @JsonProperty("normal_concat") List<Integer> normalConcat,
    List<Edge> reduce,
    @JsonProperty("reduce_concat") List<Integer> reduceConcat) {
  private static final int MAX_CHARACTERS = 1 << 16;

  private static final StrictJson<PublishedGenotype> JSON =
      new StrictJson<>(PublishedGenotype.class, "a published genotype", "edge", MAX_CHARACTERS);

  private static final Pattern PYTHON =
      Pattern.compile("\\s*(?:\\w+\\s*=\\s*)?Genotype\\s*\\((.*)\\)\\s*", Pattern.DOTALL);
  private static final Pattern KEY =
      Pattern.compile("\\b(normal|normal_concat|reduce|reduce_concat)\\s*=");
  private static final Pattern RANGE =
      Pattern.compile("(?:list\\s*\\(\\s*)?range\\s*\\(\\s*(\\d)\\s*,\\s*(\\d)\\s*\\)");
  private static final Pattern LAST_COMMA = Pattern.compile(",(\\s*[\\])])");

  /**
   * One edge, in JSON a list of two.
   *
   * @param operation its published name
   * @param from node that it reads
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"operation", "from"})
  record Edge(String operation, int from) {}

  PublishedGenotype {
    normal = List.copyOf(normal);
    normalConcat = List.copyOf(normalConcat);
    reduce = List.copyOf(reduce);
    reduceConcat = List.copyOf(reduceConcat);
  }

  /**
   * Reads a text.
   *
   * @throws InputException if it is neither form
   */
  static PublishedGenotype read(String text, String where) {
    Matcher python = PYTHON.matcher(text);
    if (python.matches()) {
      return JSON.read(json(python.group(1)), where);
    }
    if (!text.stripLeading().startsWith("{")) {
      throw new InputException(
          "%s: is no genotype: expected JSON or Genotype(normal=..., normal_concat=..., reduce=...,"
                  .formatted(where)
              + " reduce_concat=...)");
    }
    return JSON.read(text, where);
  }

  /** The JSON of what stands between the brackets in Python. */
  private static String json(String python) {
    String text = KEY.matcher(python).replaceAll("\"$1\":");
    text =
        RANGE
            .matcher(text)
            .replaceAll(
                range ->
                    IntStream.range(
                            Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)))
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", ", "[", "]")));
    text = LAST_COMMA.matcher(text.strip().replaceAll(",$", "")).replaceAll("$1");
    return "{" + text.replace('(', '[').replace(')', ']').replace('\'', '"') + "}";
  }

  /**
   * The same by the names of {@link DartsSpace}.
   *
   * @throws InputException saying what does not fit that space
   */
  Genotype genotype(String where) {
    Map<String, String> choices = new TreeMap<>();
    add(choices, DartsSpace.NORMAL, normal, normalConcat, where);
    add(choices, DartsSpace.REDUCTION, reduce, reduceConcat, where);
    return new Genotype(DartsSpace.TITLE, choices);
  }

  private static void add(
      Map<String, String> choices,
      String cell,
      List<Edge> edges,
      List<Integer> joined,
      String where) {
    List<Integer> sums = IntStream.range(DartsCell.FIRST_SUM, DartsCell.NODES).boxed().toList();
    if (edges.size() != 2 * sums.size()) {
      throw wrong(
          where,
          cell,
          "has %s edges, expected 2 for each of %s nodes".formatted(edges.size(), sums.size()));
    }
    if (!joined.stream().sorted().toList().equals(sums)) {
      throw wrong(where, cell, "joins the nodes %s, expected %s".formatted(joined, sums));
    }
    for (int node : sums) {
      int first = 2 * (node - DartsCell.FIRST_SUM);
      int one = edge(choices, cell, node, edges.get(first), where);
      int other = edge(choices, cell, node, edges.get(first + 1), where);
      if (one == other) {
        throw wrong(
            where, cell, "reads node %s twice in node %s, expected two nodes".formatted(one, node));
      }
      if (DartsCell.chooses(node)) {
        choices.put(
            DartsCell.topologyName(cell, node),
            DartsCell.pairName(List.of(Math.min(one, other), Math.max(one, other))));
      }
    }
  }

  private static int edge(
      Map<String, String> choices, String cell, int node, Edge edge, String where) {
    if (edge.from() < 0 || edge.from() >= node) {
      throw wrong(
          where,
          cell,
          "reads node %s in node %s, expected one from 0 to %s"
              .formatted(edge.from(), node, node - 1));
    }
    if (Operation.of(edge.operation()).isEmpty()) {
      List<String> known = Arrays.stream(Operation.values()).map(Operation::published).toList();
      String close =
          Suggestion.closest(edge.operation(), known)
              .map(each -> "; the closest is '" + each + "'")
              .orElse("");
      throw wrong(
          where,
          cell,
          "has the unknown operation '%s' in node %s%s".formatted(edge.operation(), node, close));
    }
    choices.put(DartsCell.edgeName(cell, edge.from(), node), edge.operation());
    return edge.from();
  }

  private static InputException wrong(String where, String cell, String what) {
    return new InputException("%s: the %s cell %s".formatted(where, cell, what));
  }
}
