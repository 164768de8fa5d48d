package org.espalier.search.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Some choices whose options fall into classes, because what depends on them does not tell options
 * of one class apart. Combinations of classes are numbered, that of the first choice fastest.
 */
public final class OptionClasses {
  private final List<Integer> choices;

  /** For each of the choices the class of each option; classes are counted from 0. */
  private final List<List<Integer>> classes;

  private final int[] counts;

  /**
   * Classes.
   *
   * @param classes for each choice that matters the class of each of its options; every number from
   *     0 to the largest occurs
   */
  public OptionClasses(Map<Integer, List<Integer>> classes) {
    Map<Integer, List<Integer>> sorted = new TreeMap<>(classes);
    this.choices = List.copyOf(sorted.keySet());
    this.classes = sorted.values().stream().map(List::copyOf).toList();
    this.counts =
        this.classes.stream()
            .mapToInt(each -> 1 + each.stream().mapToInt(Integer::intValue).max().orElseThrow())
            .toArray();
  }

  /** Every option of some choices by itself. */
  static OptionClasses each(List<Integer> choices, List<Integer> sizes) {
    Map<Integer, List<Integer>> classes = new TreeMap<>();
    for (int choice : choices) {
      classes.put(choice, IntStream.range(0, sizes.get(choice)).boxed().toList());
    }
    return new OptionClasses(classes);
  }

  /**
   * The largest classes that lie in one class of each of several: for those of their choices that
   * are wanted.
   */
  public static OptionClasses refined(List<OptionClasses> several, IntPredicate wanted) {
    Map<Integer, List<List<Integer>>> kinds = new TreeMap<>();
    for (OptionClasses one : several) {
      for (int i = 0; i < one.choices.size(); i++) {
        if (wanted.test(one.choices.get(i))) {
          kinds.computeIfAbsent(one.choices.get(i), unused -> new ArrayList<>());
          kinds.get(one.choices.get(i)).add(one.classes.get(i));
        }
      }
    }
    Map<Integer, List<Integer>> refined = new TreeMap<>();
    kinds.forEach((choice, each) -> refined.put(choice, together(each)));
    return new OptionClasses(refined);
  }

  private static List<Integer> together(List<List<Integer>> kinds) {
    Map<List<Integer>, Integer> numbers = new HashMap<>();
    List<Integer> classes = new ArrayList<>();
    for (int option = 0; option < kinds.get(0).size(); option++) {
      int at = option;
      List<Integer> kind = kinds.stream().map(each -> each.get(at)).toList();
      numbers.putIfAbsent(kind, numbers.size());
      classes.add(numbers.get(kind));
    }
    return classes;
  }

  /** The same for some of the options only. */
  OptionClasses restricted(List<List<Integer>> kept) {
    Map<Integer, List<Integer>> fewer = new TreeMap<>();
    for (int i = 0; i < choices.size(); i++) {
      List<Integer> all = classes.get(i);
      fewer.put(
          choices.get(i),
          together(List.of(kept.get(choices.get(i)).stream().map(all::get).toList())));
    }
    return new OptionClasses(fewer);
  }

  /** The choices, rising. */
  public List<Integer> choices() {
    return choices;
  }

  /** How many combinations of classes there are. */
  public int size() {
    int size = 1;
    for (int count : counts) {
      size = Math.multiplyExact(size, count);
    }
    return size;
  }

  /** The number of the combination that some picks are in. */
  int index(List<Integer> picks) {
    int index = 0;
    int stride = 1;
    for (int i = 0; i < counts.length; i++) {
      index += stride * classes.get(i).get(picks.get(choices.get(i)));
      stride *= counts[i];
    }
    return index;
  }

  /** Sets picks of these choices that are in a combination. */
  public void settle(int combination, List<Integer> picks) {
    for (int i = 0; i < counts.length; i++) {
      picks.set(choices.get(i), classes.get(i).indexOf(part(combination, i)));
    }
  }

  /** The class of one of the choices, by its place, in a combination. */
  private int part(int combination, int place) {
    int rest = combination;
    for (int i = 0; i < place; i++) {
      rest /= counts[i];
    }
    return rest % counts[place];
  }

  /** Probabilities of the classes of each of the choices. */
  double[][] probabilities(double[][] marginals) {
    double[][] probabilities = new double[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      probabilities[i] = new double[counts[i]];
      List<Integer> all = classes.get(i);
      for (int option = 0; option < all.size(); option++) {
        probabilities[i][all.get(option)] += marginals[choices.get(i)][option];
      }
    }
    return probabilities;
  }

  /**
   * Probability of a combination, one of the choices, by its place, left out.
   *
   * @param probabilities of the classes of each choice
   */
  double probability(int combination, double[][] probabilities, int without) {
    double probability = 1;
    int rest = combination;
    for (int i = 0; i < counts.length; i++) {
      probability *= i == without ? 1 : probabilities[i][rest % counts[i]];
      rest /= counts[i];
    }
    return probability;
  }

  /** Adds to each option of the choice at a place that has its class in a combination. */
  void addTo(int combination, int place, double amount, double[][] gradient) {
    int part = part(combination, place);
    List<Integer> all = classes.get(place);
    for (int option = 0; option < all.size(); option++) {
      if (all.get(option) == part) {
        gradient[choices.get(place)][option] += amount;
      }
    }
  }
}
