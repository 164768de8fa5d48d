package org.espalier.search.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * What a candidate takes of a resource of which the largest layer counts, such as peak activation
 * memory. Each layer has a table over the few choices that meet in it.
 *
 * <p>{@link #exact} and {@link #smallest} are exact, the latter by dynamic programming from the
 * last choice backwards, as a layer is known once its last choice is settled. {@link #expected} is
 * a lower bound on the mean: the largest of the layers' means, which is not above the mean of the
 * largest layer (Jensen's inequality). Its gradient is that of the layer attaining it, the first of
 * equals.
 */
final class LargestCost implements CostModel {
  private final List<Integer> sizes;
  private final List<Table> tables;

  /** Choices before the index that meet, in some layer, one at or after it, rising. */
  private final List<List<Integer>> waiting = new ArrayList<>();

  /** For each number of settled choices, the least largest layer by the picks of those waiting. */
  private final List<long[]> least;

  /**
   * Fills the tables of the dynamic programme.
   *
   * @param sizes options of each choice
   * @param tables of all layers
   */
  LargestCost(List<Integer> sizes, List<Table> tables) {
    this.sizes = List.copyOf(sizes);
    this.tables = List.copyOf(tables);
    int choices = sizes.size();
    for (int count = 0; count <= choices; count++) {
      waiting.add(waiting(count));
    }
    least = new ArrayList<>(Collections.nCopies(choices + 1, new long[1]));
    List<Integer> picks = new ArrayList<>(Collections.nCopies(choices, 0));
    for (int count = choices - 1; count >= 0; count--) {
      least.set(count, least(count, picks));
    }
  }

  /** What a layer takes, by the picks of the choices that meet in it. */
  static final class Table {
    private final List<Integer> choices;
    private final long[] amounts;
    private final List<Integer> sizes;

    /**
     * A layer.
     *
     * @param choices that its amount depends on, rising; none if it is always the same
     * @param amounts by their picks, the first choice fastest; not copied
     * @param sizes options of all choices
     */
    Table(List<Integer> choices, long[] amounts, List<Integer> sizes) {
      this.choices = choices;
      this.amounts = amounts;
      this.sizes = sizes;
    }

    Table restricted(List<List<Integer>> kept, List<Integer> fewer) {
      long[] restricted = new long[Math.toIntExact(size(fewer))];
      Integer[] picks = new Integer[sizes.size()];
      Arrays.fill(picks, 0);
      for (int entry = 0; entry < restricted.length; entry++) {
        int rest = entry;
        for (int choice : choices) {
          picks[choice] = kept.get(choice).get(rest % fewer.get(choice));
          rest /= fewer.get(choice);
        }
        restricted[entry] = at(List.of(picks));
      }
      return new Table(choices, restricted, fewer);
    }

    private long size(List<Integer> options) {
      return choices.stream().mapToLong(options::get).reduce(1, Math::multiplyExact);
    }

    long at(List<Integer> picks) {
      return amounts[index(choices, picks, sizes)];
    }

    /** The last choice that settles it, or -1. */
    int last() {
      return choices.isEmpty() ? -1 : choices.get(choices.size() - 1);
    }

    double expected(double[][] marginals) {
      double sum = 0;
      for (int entry = 0; entry < amounts.length; entry++) {
        sum += amounts[entry] * probability(entry, marginals, -1);
      }
      return sum;
    }

    /** Probability of an entry, a choice left out. */
    private double probability(int entry, double[][] marginals, int without) {
      double probability = 1;
      int rest = entry;
      for (int choice : choices) {
        int pick = rest % sizes.get(choice);
        rest /= sizes.get(choice);
        probability *= choice == without ? 1 : marginals[choice][pick];
      }
      return probability;
    }

    void addGradient(double[][] marginals, double[][] gradient) {
      int stride = 1;
      for (int choice : choices) {
        for (int entry = 0; entry < amounts.length; entry++) {
          int pick = entry / stride % sizes.get(choice);
          gradient[choice][pick] += amounts[entry] * probability(entry, marginals, choice);
        }
        stride *= sizes.get(choice);
      }
    }
  }

  @Override
  public LargestCost restricted(List<List<Integer>> kept) {
    List<Integer> fewer = kept.stream().map(List::size).toList();
    return new LargestCost(
        fewer, tables.stream().map(table -> table.restricted(kept, fewer)).toList());
  }

  @Override
  public List<Integer> sizes() {
    return sizes;
  }

  @Override
  public long exact(List<Integer> picks) {
    check(picks.size());
    return settled(picks, sizes.size());
  }

  @Override
  public long smallest(List<Integer> picks, int count) {
    long rest = least.get(count)[index(waiting.get(count), picks, sizes)];
    return Math.max(settled(picks, count), rest);
  }

  @Override
  public double expected(double[][] marginals) {
    check(marginals.length);
    return largest(marginals).expected(marginals);
  }

  @Override
  public double[][] gradient(double[][] marginals) {
    check(marginals.length);
    double[][] gradient = sizes.stream().map(double[]::new).toArray(double[][]::new);
    largest(marginals).addGradient(marginals, gradient);
    return gradient;
  }

  private Table largest(double[][] marginals) {
    double[] means = tables.stream().mapToDouble(table -> table.expected(marginals)).toArray();
    double most = Arrays.stream(means).max().orElseThrow();
    int first = 0;
    while (means[first] < most) {
      first++;
    }
    return tables.get(first);
  }

  /** The largest of the layers that some picks settle. */
  private long settled(List<Integer> picks, int count) {
    long most = 0;
    for (Table table : tables) {
      if (table.last() < count) {
        most = Math.max(most, table.at(picks));
      }
    }
    return most;
  }

  private List<Integer> waiting(int count) {
    TreeSet<Integer> found = new TreeSet<>();
    for (Table table : tables) {
      if (table.last() >= count) {
        table.choices.stream().filter(choice -> choice < count).forEach(found::add);
      }
    }
    return List.copyOf(found);
  }

  private long[] least(int count, List<Integer> picks) {
    List<Integer> before = waiting.get(count);
    List<Table> decided = tables.stream().filter(table -> table.last() == count).toList();
    int size = 1;
    for (int choice : before) {
      size = Math.multiplyExact(size, sizes.get(choice));
    }
    long[] table = new long[size];
    for (int entry = 0; entry < size; entry++) {
      settle(before, entry, picks);
      table[entry] = Long.MAX_VALUE;
      for (int pick = 0; pick < sizes.get(count); pick++) {
        picks.set(count, pick);
        long most = least.get(count + 1)[index(waiting.get(count + 1), picks, sizes)];
        for (Table layer : decided) {
          most = Math.max(most, layer.at(picks));
        }
        table[entry] = Math.min(table[entry], most);
      }
    }
    return table;
  }

  /** Sets the picks that an entry of a table stands for. */
  private void settle(List<Integer> choices, int entry, List<Integer> picks) {
    int rest = entry;
    for (int choice : choices) {
      picks.set(choice, rest % sizes.get(choice));
      rest /= sizes.get(choice);
    }
  }

  private static int index(List<Integer> choices, List<Integer> picks, List<Integer> sizes) {
    int index = 0;
    int stride = 1;
    for (int choice : choices) {
      index += stride * picks.get(choice);
      stride *= sizes.get(choice);
    }
    return index;
  }

  private void check(int given) {
    if (given != sizes.size()) {
      throw new IllegalArgumentException(
          "need one entry for each of %s choices, got %s".formatted(sizes.size(), given));
    }
  }
}
