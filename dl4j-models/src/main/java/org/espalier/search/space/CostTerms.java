package org.espalier.search.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.espalier.cost.LayerCost;
import org.espalier.cost.NetworkCost;
import org.espalier.cost.Resource;

/**
 * Takes the costs of a space's networks apart into terms of one and of two choices.
 *
 * <p>Which choices a layer's cost depends on is found by building the family with widths that
 * differ everywhere and changing one choice after the other. Then a few candidates are built that
 * together show every layer with every combination of its picks: choices that meet have different
 * colours, and candidate {@code (a, b)} takes pick {@code a + colour * b} of each choice, modulo a
 * prime that is at least the number of options and of colours.
 */
final class CostTerms {
  private final WidthSpace space;
  private final List<Integer> sizes;

  /** For each layer, by name, the choices that its cost depends on, rising. */
  private final Map<String, List<Integer>> meetings;

  /**
   * The layers of a space.
   *
   * @param decidedBy what of a layer decides what it takes, as {@link Resource#decidedBy}
   * @throws IllegalArgumentException if more than two choices meet in a layer
   */
  CostTerms(WidthSpace space, Function<LayerCost, Object> decidedBy) {
    this.space = space;
    sizes = space.sizes();
    meetings = meetings(decidedBy);
  }

  /**
   * The sum of all terms.
   *
   * @param resource that is decided by what the layers were told apart by
   */
  PairwiseCost sum(Resource resource) {
    Map<String, long[][]> tables = new TreeMap<>();
    Map<List<Integer>, Long> totals = new HashMap<>();
    for (List<Integer> picks : candidates()) {
      Map<String, Long> costs = ofLayers(space.widths(picks), resource::ofLayer);
      meetings.forEach((name, choices) -> enter(tables, name, picks, costs));
      long layers = costs.values().stream().mapToLong(Long::longValue).sum();
      totals.put(picks, resource.ofEveryNetwork() + layers);
    }
    PairwiseCost sum = added(tables, totals);
    totals.forEach(
        (picks, total) -> {
          if (sum.exact(picks) != total) {
            throw new IllegalStateException(
                "the cost of %s is not the sum of its layers' terms".formatted(picks));
          }
        });
    return sum;
  }

  /** Picks of a few candidates that show every layer with every combination of its picks. */
  List<List<Integer>> candidates() {
    int[] colours = colours();
    int prime = prime(colours);
    List<List<Integer>> candidates = new ArrayList<>();
    for (int a = 0; a < prime; a++) {
      for (int b = 0; b < prime; b++) {
        List<Integer> picks = new ArrayList<>();
        for (int i = 0; i < colours.length; i++) {
          picks.add((a + colours[i] * b) % prime % sizes.get(i));
        }
        candidates.add(List.copyOf(picks));
      }
    }
    return candidates;
  }

  private Map<String, List<Integer>> meetings(Function<LayerCost, Object> decidedBy) {
    int widths = space.family().usualWidths().size();
    Map<String, Set<Integer>> found = new TreeMap<>();
    addMeetings(
        found, IntStream.range(0, widths).map(at -> 2 * at + 3).boxed().toList(), decidedBy);
    addMeetings(found, Collections.nCopies(widths, 4), decidedBy);
    Map<String, List<Integer>> meetings = new TreeMap<>();
    found.forEach(
        (name, choices) -> {
          if (choices.size() > 2) {
            throw new IllegalArgumentException(
                "the cost of layer '%s' depends on %s choices, at most 2 are supported"
                    .formatted(name, choices.size()));
          }
          meetings.put(name, List.copyOf(choices));
        });
    return meetings;
  }

  private void addMeetings(
      Map<String, Set<Integer>> found, List<Integer> probe, Function<LayerCost, Object> decidedBy) {
    Map<String, Object> before = ofLayers(probe, decidedBy);
    for (int i = 0; i < sizes.size(); i++) {
      List<Integer> changed = new ArrayList<>(probe);
      space.choices().get(i).positions().forEach(at -> changed.set(at, probe.get(at) + 1));
      Map<String, Object> after = ofLayers(changed, decidedBy);
      Set<String> names = new HashSet<>(before.keySet());
      names.addAll(after.keySet());
      for (String name : names) {
        if (!before.getOrDefault(name, 0L).equals(after.getOrDefault(name, 0L))) {
          found.computeIfAbsent(name, unused -> new TreeSet<>()).add(i);
        }
      }
    }
  }

  private <T> Map<String, T> ofLayers(List<Integer> widths, Function<LayerCost, T> ofLayer) {
    Map<String, T> values = new HashMap<>();
    for (LayerCost layer : NetworkCost.of(space.networkOf(widths)).layers()) {
      values.put(layer.name(), ofLayer.apply(layer));
    }
    return values;
  }

  private void enter(
      Map<String, long[][]> tables, String name, List<Integer> picks, Map<String, Long> costs) {
    List<Integer> choices = meetings.get(name);
    int first = choices.get(0);
    boolean alone = choices.size() == 1;
    long[][] table =
        tables.computeIfAbsent(
            name, unused -> new long[sizes.get(first)][alone ? 1 : sizes.get(choices.get(1))]);
    table[picks.get(first)][alone ? 0 : picks.get(choices.get(1))] = costs.getOrDefault(name, 0L);
  }

  /** The least numbers such that choices that meet have different ones. */
  private int[] colours() {
    int[] colours = new int[sizes.size()];
    for (int i = 0; i < colours.length; i++) {
      Set<Integer> taken = new HashSet<>();
      for (List<Integer> meeting : meetings.values()) {
        if (meeting.size() == 2 && meeting.get(1) == i) {
          taken.add(colours[meeting.get(0)]);
        }
      }
      while (taken.contains(colours[i])) {
        colours[i]++;
      }
    }
    return colours;
  }

  private int prime(int[] colours) {
    int least = 2;
    for (int i = 0; i < colours.length; i++) {
      least = Math.max(least, Math.max(sizes.get(i), colours[i] + 1));
    }
    while (!isPrime(least)) {
      least++;
    }
    return least;
  }

  private static boolean isPrime(int number) {
    for (int divisor = 2; divisor * divisor <= number; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return true;
  }

  private PairwiseCost added(Map<String, long[][]> tables, Map<List<Integer>, Long> totals) {
    PairwiseTerms terms = new PairwiseTerms(sizes);
    terms.add(totals.get(Collections.nCopies(sizes.size(), 0)));
    tables.forEach((name, table) -> add(terms, meetings.get(name), table));
    return terms.sum();
  }

  /** Adds what each pick changes, and what two differ by from the sum of what each changes. */
  private static void add(PairwiseTerms terms, List<Integer> choices, long[][] table) {
    int i = choices.get(0);
    for (int k = 0; k < table.length; k++) {
      terms.add(i, k, table[k][0] - table[0][0]);
    }
    if (choices.size() < 2) {
      return;
    }
    int j = choices.get(1);
    for (int m = 0; m < table[0].length; m++) {
      terms.add(j, m, table[0][m] - table[0][0]);
      for (int k = 0; k < table.length; k++) {
        terms.add(i, k, j, m, table[k][m] - table[k][0] - table[0][m] + table[0][0]);
      }
    }
  }
}
