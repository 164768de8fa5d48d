package org.espalier.search.space;

import java.util.ArrayList;
import java.util.List;
import org.espalier.cost.Macs;
import org.espalier.cost.Parameters;
import org.espalier.cost.Resource;

/**
 * What a candidate costs, as a sum of terms in one choice and in two choices, so that it is known
 * without building the network, and so is its expectation when choices are drawn independently.
 *
 * <p>A layer's cost depends on the choices that meet in it, and in these networks at most two do.
 * In spaces of widths, terms are differences from the narrowest network {@code a}: {@code u_i(k) =
 * f(a; i = k) - f(a)} and {@code v_ij(k, m) = f(a; i = k, j = m) - f(a; i = k) - f(a; j = m) +
 * f(a)}; they are exact whole numbers, whatever {@code f} is.
 */
public final class PairwiseCost implements CostModel {
  private final long constant;
  private final long[][] single;
  private final List<Pair> pairs;
  private final Completions cheapest;
  private final Completions dearest;

  PairwiseCost(long constant, long[][] single, List<Pair> pairs) {
    this.constant = constant;
    this.single = single;
    this.pairs = pairs;
    cheapest = new Completions(single, pairs, 1);
    dearest = new Completions(single, pairs, -1);
  }

  /** Terms of two choices, the first before the second, {@code [pick][pick]}. */
  static final class Pair {
    final int first;
    final int second;
    final long[][] table;

    Pair(int first, int second, long[][] table) {
      this.first = first;
      this.second = second;
      this.table = table;
    }
  }

  /**
   * The terms of a resource.
   *
   * @param resource whose layers add up
   */
  static PairwiseCost of(WidthSpace space, Resource resource) {
    return new CostTerms(space, resource::decidedBy).sum(resource);
  }

  /** Multiply-accumulates of one image. */
  public static PairwiseCost macs(WidthSpace space) {
    return of(space, new Macs());
  }

  /** Learned values. */
  public static PairwiseCost parameters(WidthSpace space) {
    return of(space, new Parameters());
  }

  @Override
  public PairwiseCost restricted(List<List<Integer>> kept) {
    long[][] fewer = new long[single.length][];
    for (int i = 0; i < single.length; i++) {
      fewer[i] = at(single[i], kept.get(i));
    }
    List<Pair> restricted = new ArrayList<>();
    for (Pair pair : pairs) {
      long[][] table =
          kept.get(pair.first).stream()
              .map(k -> at(pair.table[k], kept.get(pair.second)))
              .toArray(long[][]::new);
      restricted.add(new Pair(pair.first, pair.second, table));
    }
    return new PairwiseCost(constant, fewer, restricted);
  }

  private static long[] at(long[] values, List<Integer> indices) {
    return indices.stream().mapToLong(index -> values[index]).toArray();
  }

  @Override
  public List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    for (long[] options : single) {
      sizes.add(options.length);
    }
    return List.copyOf(sizes);
  }

  @Override
  public long exact(List<Integer> picks) {
    check(picks.size(), single.length);
    return terms(picks, single.length);
  }

  /** The cost of the dearest candidate there is. */
  public long largest() {
    return constant - dearest.best(List.of(), 0);
  }

  @Override
  public long smallest(List<Integer> picks, int count) {
    return terms(picks, count) + cheapest.best(picks, count);
  }

  /**
   * The mean cost of candidates whose choices are drawn independently (the width coupling of
   * constraint-aware search: a term of two choices weighs the product of their probabilities).
   *
   * @param marginals probabilities, {@code [choice][pick]}
   */
  @Override
  public double expected(double[][] marginals) {
    check(marginals.length, single.length);
    double sum = constant;
    for (int i = 0; i < single.length; i++) {
      for (int k = 0; k < single[i].length; k++) {
        sum += marginals[i][k] * single[i][k];
      }
    }
    for (Pair pair : pairs) {
      for (int k = 0; k < pair.table.length; k++) {
        double inner = 0;
        for (int m = 0; m < pair.table[k].length; m++) {
          inner += marginals[pair.second][m] * pair.table[k][m];
        }
        sum += marginals[pair.first][k] * inner;
      }
    }
    return sum;
  }

  /**
   * Derivative of {@link #expected} by the probabilities: for each option its own term and the mean
   * of its terms with the options of other choices.
   *
   * @param marginals probabilities, {@code [choice][pick]}
   */
  @Override
  public double[][] gradient(double[][] marginals) {
    check(marginals.length, single.length);
    double[][] gradient = new double[single.length][];
    for (int i = 0; i < single.length; i++) {
      gradient[i] = new double[single[i].length];
      for (int k = 0; k < single[i].length; k++) {
        gradient[i][k] = single[i][k];
      }
    }
    for (Pair pair : pairs) {
      for (int k = 0; k < pair.table.length; k++) {
        for (int m = 0; m < pair.table[k].length; m++) {
          gradient[pair.first][k] += marginals[pair.second][m] * pair.table[k][m];
          gradient[pair.second][m] += marginals[pair.first][k] * pair.table[k][m];
        }
      }
    }
    return gradient;
  }

  private long terms(List<Integer> picks, int count) {
    check(Math.min(count, picks.size()), count);
    long sum = constant;
    for (int i = 0; i < count; i++) {
      sum += single[i][picks.get(i)];
    }
    for (Pair pair : pairs) {
      if (pair.second < count) {
        sum += pair.table[picks.get(pair.first)][picks.get(pair.second)];
      }
    }
    return sum;
  }

  private static void check(int given, int needed) {
    if (given != needed) {
      throw new IllegalArgumentException(
          "need one entry for each of %s choices, got %s".formatted(needed, given));
    }
  }
}
