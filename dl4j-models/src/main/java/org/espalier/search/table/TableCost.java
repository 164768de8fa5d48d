package org.espalier.search.table;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.PricedChoices;

/** Costs that were measured or counted for every network of a small space. */
final class TableCost implements CostModel {
  private final List<Integer> sizes;

  /** Steps between numbers of networks that differ by 1 in a choice. */
  private final int[] strides;

  /** {@code [settled choices][their number]}: the least of all networks that begin so. */
  private final long[][] least;

  /**
   * A table.
   *
   * @param amounts by number, as {@link PricedChoices#number} counts, at least 1
   */
  TableCost(List<Integer> sizes, long[] amounts) {
    this.sizes = List.copyOf(sizes);
    strides = new int[sizes.size()];
    int stride = 1;
    for (int choice = 0; choice < strides.length; choice++) {
      strides[choice] = stride;
      stride *= sizes.get(choice);
    }
    least = new long[sizes.size() + 1][];
    least[sizes.size()] = amounts.clone();
    for (int settled = sizes.size() - 1; settled >= 0; settled--) {
      // The first choices count fastest, so those that begin alike are a stride apart.
      least[settled] = new long[strides[settled]];
      for (int number = 0; number < strides[settled]; number++) {
        long smallest = Long.MAX_VALUE;
        for (int option = 0; option < sizes.get(settled); option++) {
          smallest = Math.min(smallest, least[settled + 1][number + option * strides[settled]]);
        }
        least[settled][number] = smallest;
      }
    }
  }

  /** The amount of a network by its number. */
  long amount(int number) {
    return least[sizes.size()][number];
  }

  @Override
  public TableCost restricted(List<List<Integer>> kept) {
    PricedChoices left = new PricedChoices(kept.stream().map(List::size).toList(), List.of());
    long[] amounts = new long[Math.toIntExact(left.size())];
    for (int number = 0; number < amounts.length; number++) {
      List<Integer> picks = left.picks(number);
      amounts[number] =
          exact(
              IntStream.range(0, kept.size())
                  .mapToObj(choice -> kept.get(choice).get(picks.get(choice)))
                  .toList());
    }
    return new TableCost(left.sizes(), amounts);
  }

  @Override
  public List<Integer> sizes() {
    return sizes;
  }

  @Override
  public long exact(List<Integer> picks) {
    return smallest(picks, sizes.size());
  }

  @Override
  public long smallest(List<Integer> picks, int count) {
    int number = 0;
    for (int choice = 0; choice < count; choice++) {
      number += picks.get(choice) * strides[choice];
    }
    return least[count][number];
  }

  @Override
  public double expected(double[][] marginals) {
    return contracted(marginals, -1)[0];
  }

  @Override
  public double[][] gradient(double[][] marginals) {
    double[][] gradient = new double[sizes.size()][];
    for (int choice = 0; choice < gradient.length; choice++) {
      gradient[choice] = contracted(marginals, choice);
    }
    return gradient;
  }

  /**
   * The mean over all choices but one, one number an option of that.
   *
   * @param left the choice that is left, or -1 for none
   */
  private double[] contracted(double[][] marginals, int left) {
    double[] rest = new double[least[sizes.size()].length];
    for (int number = 0; number < rest.length; number++) {
      rest[number] = amount(number);
    }
    for (int choice = sizes.size() - 1; choice > left; choice--) {
      rest = last(rest, marginals[choice]);
    }
    for (int choice = 0; choice < left; choice++) {
      rest = first(rest, marginals[choice]);
    }
    return rest;
  }

  /** The mean over the choice whose options are farthest apart. */
  private static double[] last(double[] table, double[] marginals) {
    int stride = table.length / marginals.length;
    double[] mean = new double[stride];
    for (int option = 0; option < marginals.length; option++) {
      for (int number = 0; number < stride; number++) {
        mean[number] += marginals[option] * table[option * stride + number];
      }
    }
    return mean;
  }

  /** The mean over the choice whose options are side by side. */
  private static double[] first(double[] table, double[] marginals) {
    double[] mean = new double[table.length / marginals.length];
    for (int number = 0; number < mean.length; number++) {
      for (int option = 0; option < marginals.length; option++) {
        mean[number] += marginals[option] * table[number * marginals.length + option];
      }
    }
    return mean;
  }
}
