package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Candidates of independent choices by falling probability. Options are ranked within their choice;
 * a candidate's successors take the next rank in its last choice that is not at its best, or in one
 * after it, so that each candidate has one predecessor, which is at least as probable.
 */
final class RankedCandidates implements Iterator<List<Integer>> {
  private static final Comparator<Entry> ORDER =
      Comparator.<Entry>comparingDouble(entry -> -entry.logProbability)
          .thenComparing(entry -> entry.picks, RankedCandidates::compare);

  private final double[][] logarithms;
  private final int[][] byRank;
  private final PriorityQueue<Entry> next = new PriorityQueue<>(ORDER);

  /**
   * Begins.
   *
   * @param logarithms of the probabilities, {@code [choice][option]}
   */
  RankedCandidates(double[][] logarithms) {
    this.logarithms = logarithms;
    byRank = new int[logarithms.length][];
    for (int choice = 0; choice < logarithms.length; choice++) {
      double[] values = logarithms[choice];
      byRank[choice] =
          IntStream.range(0, values.length)
              .boxed()
              .sorted(Comparator.comparingDouble(option -> -values[option]))
              .mapToInt(Integer::intValue)
              .toArray();
    }
    next.add(entry(new int[logarithms.length], 0));
  }

  @Override
  public boolean hasNext() {
    return !next.isEmpty();
  }

  @Override
  public List<Integer> next() {
    if (next.isEmpty()) {
      throw new NoSuchElementException("there are no more candidates");
    }
    Entry best = next.remove();
    for (int choice = best.last; choice < byRank.length; choice++) {
      if (best.ranks[choice] + 1 < byRank[choice].length) {
        int[] ranks = best.ranks.clone();
        ranks[choice]++;
        next.add(entry(ranks, choice));
      }
    }
    return best.picks;
  }

  private Entry entry(int[] ranks, int last) {
    List<Integer> picks = new ArrayList<>();
    double logProbability = 0;
    for (int choice = 0; choice < ranks.length; choice++) {
      int pick = byRank[choice][ranks[choice]];
      picks.add(pick);
      logProbability += logarithms[choice][pick];
    }
    return new Entry(ranks, last, List.copyOf(picks), logProbability);
  }

  private static int compare(List<Integer> left, List<Integer> right) {
    for (int choice = 0; choice < left.size(); choice++) {
      int order = Integer.compare(left.get(choice), right.get(choice));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static final class Entry {
    private final int[] ranks;
    private final int last;
    private final List<Integer> picks;
    private final double logProbability;

    private Entry(int[] ranks, int last, List<Integer> picks, double logProbability) {
      this.ranks = ranks;
      this.last = last;
      this.picks = picks;
      this.logProbability = logProbability;
    }
  }
}
