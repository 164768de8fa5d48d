package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A number for each candidate: a constant, a term for each pick, one for each pair of picks and one
 * in proportion to each of its traits. It is added to, term by term.
 */
final class PairwiseScore {
  private final int[] sizes;

  /** Where the terms of each choice begin in {@link #single}. */
  private final int[] starts;

  private final double[] single;

  /** {@code [later choice][earlier choice][pick of the later * options of the earlier + pick]}. */
  private final double[][][] pairs;

  private final double[] slopes;

  private double constant;

  /**
   * Zero everywhere.
   *
   * @param traits how many there are of a candidate
   */
  PairwiseScore(List<Integer> sizes, int traits) {
    slopes = new double[traits];
    this.sizes = sizes.stream().mapToInt(Integer::intValue).toArray();
    starts = new int[this.sizes.length];
    pairs = new double[this.sizes.length][][];
    int next = 0;
    for (int choice = 0; choice < starts.length; choice++) {
      starts[choice] = next;
      next += this.sizes[choice];
      pairs[choice] = new double[choice][];
      for (int other = 0; other < choice; other++) {
        pairs[choice][other] = new double[this.sizes[choice] * this.sizes[other]];
      }
    }
    single = new double[next];
  }

  /**
   * Draws every term independently, with the variances of a prior.
   *
   * @param factor on what is drawn
   */
  void draw(PairwisePrior prior, double factor, RandomGenerator random) {
    constant += factor * StrictMath.sqrt(prior.constant()) * random.nextGaussian();
    double ofSingle = factor * StrictMath.sqrt(prior.single(sizes.length));
    double ofPair = factor * StrictMath.sqrt(prior.pair(sizes.length));
    for (int i = 0; i < single.length; i++) {
      single[i] += ofSingle * random.nextGaussian();
    }
    for (double[][] ofChoice : pairs) {
      for (double[] table : ofChoice) {
        for (int i = 0; i < table.length; i++) {
          table[i] += ofPair * random.nextGaussian();
        }
      }
    }
    double ofTrait = factor * StrictMath.sqrt(prior.trait(slopes.length));
    for (int trait = 0; trait < slopes.length; trait++) {
      slopes[trait] += ofTrait * random.nextGaussian();
    }
  }

  /** Adds to all terms of a candidate, in proportion to the variances of a prior. */
  void add(PairwisePrior prior, double factor, int[] picks, double[] traits) {
    constant += factor * prior.constant();
    double ofSingle = factor * prior.single(sizes.length);
    double ofPair = factor * prior.pair(sizes.length);
    for (int choice = 0; choice < picks.length; choice++) {
      single[starts[choice] + picks[choice]] += ofSingle;
      for (int other = 0; other < choice; other++) {
        pairs[choice][other][picks[choice] * sizes[other] + picks[other]] += ofPair;
      }
    }
    for (int trait = 0; trait < slopes.length; trait++) {
      slopes[trait] += factor * prior.trait(slopes.length) * traits[trait];
    }
  }

  /** The number of a candidate. */
  double of(int[] picks, double[] traits) {
    double sum = constant;
    for (int trait = 0; trait < slopes.length; trait++) {
      sum += slopes[trait] * traits[trait];
    }
    for (int choice = 0; choice < picks.length; choice++) {
      sum += of(picks, choice);
    }
    return sum;
  }

  /** What a choice adds to those before it. */
  private double of(int[] picks, int choice) {
    double sum = single[starts[choice] + picks[choice]];
    double[][] tables = pairs[choice];
    for (int other = 0; other < choice; other++) {
      sum += tables[other][picks[choice] * sizes[other] + picks[other]];
    }
    return sum;
  }

  /**
   * The candidate with the largest number among all that are accepted, if there is one; of equals
   * the first in the order of their picks. Only of candidates without traits.
   */
  List<List<Integer>> largest(Predicate<List<Integer>> accepted) {
    Search search = new Search(accepted);
    search.descend(0, constant);
    return search.found;
  }

  /** The most that each choice and those after it can add together, whatever was picked before. */
  private double[] bounds() {
    double[] bounds = new double[sizes.length + 1];
    for (int choice = sizes.length - 1; choice >= 0; choice--) {
      double most = Double.NEGATIVE_INFINITY;
      for (int option = 0; option < sizes[choice]; option++) {
        double sum = single[starts[choice] + option];
        for (int other = 0; other < choice; other++) {
          double largest = Double.NEGATIVE_INFINITY;
          for (int pick = 0; pick < sizes[other]; pick++) {
            largest = Math.max(largest, pairs[choice][other][option * sizes[other] + pick]);
          }
          sum += largest;
        }
        most = Math.max(most, sum);
      }
      bounds[choice] = bounds[choice + 1] + most;
    }
    return bounds;
  }

  /** A walk over all candidates but those that cannot be the largest any more. */
  private final class Search {
    private final Predicate<List<Integer>> accepted;
    private final double[] bounds = bounds();
    private final int[] picks = new int[sizes.length];
    private double most = Double.NEGATIVE_INFINITY;
    private List<List<Integer>> found = List.of();

    private Search(Predicate<List<Integer>> accepted) {
      this.accepted = accepted;
    }

    private void descend(int choice, double sum) {
      if (choice < picks.length) {
        for (int option = 0; option < sizes[choice]; option++) {
          picks[choice] = option;
          double longer = sum + of(picks, choice);
          if (longer + bounds[choice + 1] > most) {
            descend(choice + 1, longer);
          }
        }
      } else if (sum > most) {
        List<Integer> candidate = new ArrayList<>();
        for (int pick : picks) {
          candidate.add(pick);
        }
        if (accepted.test(candidate)) {
          most = sum;
          found = List.of(List.copyOf(candidate));
        }
      }
    }
  }
}
