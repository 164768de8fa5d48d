package org.espalier.search.supernet;

import java.util.List;
import org.espalier.search.WorkItem;

/** A unit of work on a supernet. A path is named by its picks: one index for each choice. */
public sealed interface SupernetItem extends WorkItem {
  /**
   * Local steps from the shared weights: one batch and one path each.
   *
   * @param seed of the item
   * @param plannedCost multiply-accumulates
   * @param label for people
   * @param picks of each step
   * @param images seed of the endless sequence of batches
   * @param firstBatch number of the first step's batch in it
   * @param learningRate of every step
   */
  record Steps(
      long seed,
      long plannedCost,
      String label,
      List<List<Integer>> picks,
      long images,
      long firstBatch,
      double learningRate)
      implements SupernetItem {
    public Steps {
      picks = picks.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Judges one sample of the policy on some validation images with shared weights.
   *
   * @param seed of the item
   * @param plannedCost multiply-accumulates
   * @param label for people
   * @param picks the sample
   * @param images seed by which the images are drawn, equal for all samples of a round
   * @param gates whether the gradients of gates are wanted beside the accuracy
   */
  record Judge(
      long seed, long plannedCost, String label, List<Integer> picks, long images, boolean gates)
      implements SupernetItem {
    public Judge {
      picks = List.copyOf(picks);
    }
  }

  /**
   * Judges one candidate on the validation part, with statistics of batch norm of its own.
   *
   * @param seed of the item
   * @param plannedCost multiply-accumulates
   * @param label for people
   * @param picks the candidate
   * @param images seed of the endless sequence of batches that tuning takes, from its beginning
   * @param tuned whether it is tuned before
   */
  record Rank(
      long seed, long plannedCost, String label, List<Integer> picks, long images, boolean tuned)
      implements SupernetItem {
    public Rank {
      picks = List.copyOf(picks);
    }
  }
}
