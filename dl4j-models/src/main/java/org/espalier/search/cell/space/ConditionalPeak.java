package org.espalier.search.cell.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.cost.LayerCost;
import org.espalier.cost.Resource;
import org.espalier.search.space.LargestCost;
import org.espalier.search.space.LargestTable;
import org.espalier.search.space.OptionClasses;

/**
 * Finds what conditional layers take of a resource of which the largest counts, such as the memory
 * of features held while a layer runs: its own output and what it or a later layer reads, which
 * depends on the choices that decide whether these layers are there.
 */
final class ConditionalPeak {
  private final List<Integer> sizes;
  private final List<ConditionalLayer> layers;
  private final Map<String, LayerCost> costs;
  private final Resource resource;

  /** For each layer, and for the images last, who reads what it gives. */
  private final List<List<Reader>> readers = new ArrayList<>();

  /** A layer, by place, that reads something on a condition. */
  private record Reader(int place, Condition when) {}

  /**
   * Something that is held while a layer runs.
   *
   * @param bytes of it
   * @param when one of these is met
   */
  private record Held(long bytes, List<Condition> when) {
    boolean is(List<Integer> picks) {
      return when.stream().anyMatch(condition -> condition.holds(picks));
    }
  }

  /** What a layer takes where there is one. */
  private record Amount(ConditionalLayer layer, LayerCost cost, List<Held> held) {}

  /**
   * Layers.
   *
   * @param sizes options of each choice
   * @param layers of all networks
   * @param costs of each layer, by name
   * @param resource whose largest layer counts
   */
  ConditionalPeak(
      List<Integer> sizes,
      List<ConditionalLayer> layers,
      Map<String, LayerCost> costs,
      Resource resource) {
    this.sizes = sizes;
    this.layers = layers;
    this.costs = costs;
    this.resource = resource;
    for (int place = 0; place <= layers.size(); place++) {
      readers.add(new ArrayList<>());
    }
    for (int place = 0; place < layers.size(); place++) {
      for (ConditionalLayer.Read read : layers.get(place).reads()) {
        readersOf(read.place()).add(new Reader(place, read.when()));
      }
    }
  }

  private List<Reader> readersOf(int place) {
    return readers.get(place == ConditionalLayer.IMAGES ? layers.size() : place);
  }

  /** The model. */
  LargestCost largest() {
    Map<List<Integer>, List<Amount>> byChoices = new LinkedHashMap<>();
    Set<Integer> open = new TreeSet<>(Set.of(ConditionalLayer.IMAGES));
    for (int place = 0; place < layers.size(); place++) {
      open.add(place);
      int now = place;
      open.removeIf(each -> each != now && lastReader(each) < now);
      Amount amount = amount(place, open);
      byChoices.computeIfAbsent(classes(amount).choices(), unused -> new ArrayList<>()).add(amount);
    }
    return new LargestCost(sizes, byChoices.values().stream().map(this::table).toList());
  }

  private int lastReader(int place) {
    List<Reader> all = readersOf(place);
    return all.isEmpty() ? place : all.get(all.size() - 1).place();
  }

  private Amount amount(int place, Set<Integer> open) {
    ConditionalLayer layer = layers.get(place);
    List<Held> held = new ArrayList<>();
    for (int each : open) {
      Alternatives when = new Alternatives(sizes, layer.when());
      if (each == place) {
        when.add(Condition.ALWAYS);
      }
      readersOf(each).stream()
          .filter(reader -> reader.place() >= place)
          .forEach(reader -> when.add(reader.when()));
      if (!when.conditions().isEmpty()) {
        add(held, new Held(bytes(each), when.conditions()), layer.when());
      }
    }
    return new Amount(layer, costs.get(layer.name()), held);
  }

  /**
   * Adds something to what is held, as one with something of the same size if there is never both:
   * which of several operations an edge computes does not matter to others, if all give as much.
   */
  private void add(List<Held> held, Held added, Condition given) {
    for (Held other : held) {
      Optional<Condition> union = eitherOf(other, added);
      if (union.isPresent()) {
        held.remove(other);
        Condition when = Alternatives.shortened(union.get(), sizes, given);
        add(held, new Held(added.bytes(), List.of(when)), given);
        return;
      }
    }
    held.add(added);
  }

  private static Optional<Condition> eitherOf(Held one, Held other) {
    if (one.bytes() != other.bytes() || one.when().size() != 1 || other.when().size() != 1) {
      return Optional.empty();
    }
    Condition first = one.when().get(0);
    Condition second = other.when().get(0);
    return first.and(second).impossible() ? Alternatives.union(first, second) : Optional.empty();
  }

  private long bytes(int place) {
    return Float.BYTES
        * (place == ConditionalLayer.IMAGES
            ? costs.get(layers.get(0).name()).input().size()
            : costs.get(layers.get(place).name()).output().size());
  }

  /** The options that an amount does not tell apart. */
  private OptionClasses classes(Amount amount) {
    List<Condition> all = new ArrayList<>(List.of(amount.layer().when()));
    amount.held().forEach(each -> all.addAll(each.when()));
    Map<Integer, List<Set<Integer>>> sets = new TreeMap<>();
    for (Condition condition : all) {
      condition
          .allowed()
          .forEach(
              (choice, options) ->
                  sets.computeIfAbsent(choice, unused -> new ArrayList<>()).add(options));
    }
    Map<Integer, List<Integer>> classes = new TreeMap<>();
    sets.forEach((choice, each) -> classes.put(choice, classes(sizes.get(choice), each)));
    return new OptionClasses(classes);
  }

  private static List<Integer> classes(int size, List<Set<Integer>> sets) {
    Map<List<Boolean>, Integer> numbers = new HashMap<>();
    List<Integer> classes = new ArrayList<>();
    for (int option = 0; option < size; option++) {
      int each = option;
      List<Boolean> membership = sets.stream().map(set -> set.contains(each)).toList();
      numbers.putIfAbsent(membership, numbers.size());
      classes.add(numbers.get(membership));
    }
    return classes;
  }

  /** The largest of several layers in which the same choices meet. */
  private LargestTable table(List<Amount> amounts) {
    OptionClasses classes =
        OptionClasses.refined(amounts.stream().map(this::classes).toList(), choice -> true);
    long[] table = new long[classes.size()];
    List<Integer> picks = new ArrayList<>(Collections.nCopies(sizes.size(), 0));
    for (int entry = 0; entry < table.length; entry++) {
      classes.settle(entry, picks);
      for (Amount amount : amounts) {
        if (amount.layer().when().holds(picks)) {
          table[entry] = Math.max(table[entry], taken(amount, picks));
        }
      }
    }
    return new LargestTable(classes, table);
  }

  private long taken(Amount amount, List<Integer> picks) {
    long bytes = 0;
    for (Held held : amount.held()) {
      bytes += held.is(picks) ? held.bytes() : 0;
    }
    LayerCost cost = amount.cost();
    return resource.ofLayer(
        new LayerCost(
            cost.name(),
            cost.macs(),
            cost.parameters(),
            bytes,
            cost.layer(),
            cost.input(),
            cost.output(),
            cost.folded()));
  }
}
