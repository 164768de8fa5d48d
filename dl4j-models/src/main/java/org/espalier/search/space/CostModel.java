package org.espalier.search.space;

import java.util.ArrayList;
import java.util.List;

/**
 * What the candidates of a space take of a resource, known without building their networks. A
 * candidate is a list of picks, one index for each choice; amounts are in the resource's smallest
 * steps.
 */
public interface CostModel {

  /** Options of each choice. */
  List<Integer> sizes();

  /**
   * The amount of a candidate; equal to its network's.
   *
   * @param picks one index for each choice
   */
  long exact(List<Integer> picks);

  /**
   * The least amount of the candidates that begin with some picks.
   *
   * @param picks of at least the first choices
   * @param count how many of them are settled
   */
  long smallest(List<Integer> picks, int count);

  /** The least amount of all candidates. */
  default long smallest() {
    return smallest(List.of(), 0);
  }

  /** A candidate of the least amount; of equal ones that with the smaller picks. */
  default List<Integer> cheapest() {
    List<Integer> picks = new ArrayList<>();
    for (int choice = 0; choice < sizes().size(); choice++) {
      picks.add(0);
      for (int pick = 1; pick < sizes().get(choice); pick++) {
        List<Integer> other = new ArrayList<>(picks);
        other.set(choice, pick);
        if (smallest(other, choice + 1) < smallest(picks, choice + 1)) {
          picks = other;
        }
      }
    }
    return List.copyOf(picks);
  }

  /**
   * The mean amount of candidates whose choices are drawn independently, or a bound on it that the
   * implementation names. Where every choice is certain, it is {@link #exact}.
   *
   * @param marginals probabilities, {@code [choice][pick]}
   */
  double expected(double[][] marginals);

  /**
   * Derivative of {@link #expected} by the probabilities.
   *
   * @param marginals probabilities, {@code [choice][pick]}
   */
  double[][] gradient(double[][] marginals);

  /**
   * The same for candidates that pick among some options only.
   *
   * @param kept for each choice the options that there still are, rising, at least one; picks of
   *     the new model are indices into them
   */
  CostModel restricted(List<List<Integer>> kept);
}
