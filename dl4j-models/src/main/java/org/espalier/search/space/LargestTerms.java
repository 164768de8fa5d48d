package org.espalier.search.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.cost.LayerCost;
import org.espalier.cost.NetworkCost;
import org.espalier.cost.Resource;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;

/**
 * Takes a resource of which the largest layer counts apart into tables, one for each set of choices
 * that meet in a layer: the largest of its layers, for every combination of the picks. Which
 * choices meet is found as for sums ({@link CostTerms}); a memory's layer also meets the widths of
 * what is held meanwhile, such as the input of a block.
 */
final class LargestTerms {
  /** Networks built at most; more would take minutes. */
  private static final long MOST_NETWORKS = 200_000;

  /** Candidates on which the tables are proved. */
  private static final int PROOFS = 64;

  private final WidthSpace space;
  private final Resource resource;
  private final List<Integer> sizes;

  LargestTerms(WidthSpace space, Resource resource) {
    this.space = space;
    this.resource = resource;
    sizes = space.sizes();
  }

  /**
   * The model.
   *
   * @throws IllegalArgumentException if so many choices meet that their tables would be too large
   */
  LargestCost largest() {
    Map<List<Integer>, List<String>> layers = byChoices(meetings());
    Map<List<Integer>, Map<List<Integer>, Map<String, Long>>> built = new HashMap<>();
    long networks = widest(layers.keySet()).stream().mapToLong(this::combinations).sum();
    if (networks > MOST_NETWORKS) {
      throw new InputException(
          "%s of these choices needs %s networks to be counted, at most %s are; offer fewer widths"
              .formatted(resource.name(), networks, MOST_NETWORKS));
    }
    for (List<Integer> choices : widest(layers.keySet())) {
      built.put(choices, all(choices));
    }
    List<LargestTable> tables = new ArrayList<>();
    layers.forEach((choices, names) -> tables.add(table(choices, names, built)));
    LargestCost model = new LargestCost(sizes, tables);
    prove(model);
    return model;
  }

  private void prove(LargestCost model) {
    RandomGenerator random = Seeds.generator(0);
    for (int i = 0; i < PROOFS; i++) {
      List<Integer> picks = sizes.stream().map(random::nextInt).toList();
      if (model.exact(picks) != resource.of(NetworkCost.of(space.network(picks)))) {
        throw new IllegalStateException(
            "the %s of %s is not the largest of its tables".formatted(resource.name(), picks));
      }
    }
  }

  private Map<String, Set<Integer>> meetings() {
    int widths = space.family().usualWidths().size();
    Map<String, Set<Integer>> found = new TreeMap<>();
    amounts(space.narrowest()).keySet().forEach(name -> found.put(name, new TreeSet<>()));
    addMeetings(found, IntStream.range(0, widths).map(at -> 2 * at + 3).boxed().toList());
    addMeetings(found, Collections.nCopies(widths, 4));
    return found;
  }

  private void addMeetings(Map<String, Set<Integer>> found, List<Integer> probe) {
    Map<String, Long> before = amounts(probe);
    for (int i = 0; i < sizes.size(); i++) {
      List<Integer> changed = new ArrayList<>(probe);
      space.choices().get(i).positions().forEach(at -> changed.set(at, probe.get(at) + 1));
      Map<String, Long> after = amounts(changed);
      Set<String> names = new HashSet<>(before.keySet());
      names.addAll(after.keySet());
      for (String name : names) {
        if (!before.getOrDefault(name, 0L).equals(after.getOrDefault(name, 0L))) {
          found.computeIfAbsent(name, unused -> new TreeSet<>()).add(i);
        }
      }
    }
  }

  private static Map<List<Integer>, List<String>> byChoices(Map<String, Set<Integer>> meetings) {
    Map<List<Integer>, List<String>> layers = new LinkedHashMap<>();
    meetings.forEach(
        (name, choices) ->
            layers.computeIfAbsent(List.copyOf(choices), unused -> new ArrayList<>()).add(name));
    return layers;
  }

  /** Those that no other contains. */
  private static Set<List<Integer>> widest(Set<List<Integer>> sets) {
    Set<List<Integer>> widest = new LinkedHashSet<>(sets);
    widest.removeIf(
        each -> sets.stream().anyMatch(other -> !other.equals(each) && other.containsAll(each)));
    return widest;
  }

  private long combinations(List<Integer> choices) {
    return choices.stream().mapToLong(sizes::get).reduce(1, Math::multiplyExact);
  }

  /** Amounts of layers for every combination of some choices, the others at their first options. */
  private Map<List<Integer>, Map<String, Long>> all(List<Integer> choices) {
    Map<List<Integer>, Map<String, Long>> all = new HashMap<>();
    for (int entry = 0; entry < combinations(choices); entry++) {
      List<Integer> picks = picks(choices, entry);
      all.put(picks, amounts(space.widths(picks)));
    }
    return all;
  }

  private LargestTable table(
      List<Integer> choices,
      List<String> names,
      Map<List<Integer>, Map<List<Integer>, Map<String, Long>>> built) {
    Map<List<Integer>, Map<String, Long>> networks =
        built.entrySet().stream()
            .filter(each -> each.getKey().containsAll(choices))
            .findFirst()
            .orElseThrow()
            .getValue();
    long[] amounts = new long[Math.toIntExact(combinations(choices))];
    for (int entry = 0; entry < amounts.length; entry++) {
      Map<String, Long> layers = networks.get(picks(choices, entry));
      for (String name : names) {
        amounts[entry] = Math.max(amounts[entry], layers.getOrDefault(name, 0L));
      }
    }
    return new LargestTable(OptionClasses.each(choices, sizes), amounts);
  }

  private List<Integer> picks(List<Integer> choices, int entry) {
    Integer[] picks = new Integer[sizes.size()];
    Arrays.fill(picks, 0);
    int rest = entry;
    for (int choice : choices) {
      picks[choice] = rest % sizes.get(choice);
      rest /= sizes.get(choice);
    }
    return List.of(picks);
  }

  private Map<String, Long> amounts(List<Integer> widths) {
    Map<String, Long> amounts = new HashMap<>();
    for (LayerCost layer : NetworkCost.of(space.networkOf(widths)).layers()) {
      amounts.put(layer.name(), resource.ofLayer(layer));
    }
    return amounts;
  }
}
