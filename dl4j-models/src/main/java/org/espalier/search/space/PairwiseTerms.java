package org.espalier.search.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the terms of a {@link PairwiseCost}. */
public final class PairwiseTerms {
  private final long[][] single;
  private final Map<Long, PairwiseCost.Pair> pairs = new TreeMap<>();
  private long constant;

  /**
   * No terms yet.
   *
   * @param sizes options of each choice
   */
  public PairwiseTerms(List<Integer> sizes) {
    single = sizes.stream().map(long[]::new).toArray(long[][]::new);
  }

  /** Adds an amount that every candidate takes. */
  public void add(long amount) {
    constant += amount;
  }

  /** Adds an amount that candidates with an option take. */
  public void add(int choice, int option, long amount) {
    single[choice][option] += amount;
  }

  /**
   * Adds an amount that candidates with an option of one choice and one of another take.
   *
   * @param first choice
   * @param second choice, after the first
   */
  public void add(int first, int option, int second, int other, long amount) {
    pair(first, second)[option][other] += amount;
  }

  private long[][] pair(int first, int second) {
    return pairs.computeIfAbsent(
            (long) second << Integer.SIZE | first,
            unused ->
                new PairwiseCost.Pair(
                    first, second, new long[single[first].length][single[second].length]))
        .table;
  }

  /** The sum of all that was added. */
  public PairwiseCost sum() {
    return new PairwiseCost(constant, single, new ArrayList<>(pairs.values()));
  }
}
