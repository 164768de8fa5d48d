package org.espalier.search.width;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.espalier.search.WorkItem;

/** A unit of work of {@link AffineSharingSearch}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WidthItem.Steps.class, name = "steps"),
  @JsonSubTypes.Type(value = WidthItem.Judge.class, name = "judge"),
  @JsonSubTypes.Type(value = WidthItem.Rank.class, name = "rank"),
})
sealed interface WidthItem extends WorkItem {
  /**
   * Local steps from the shared weights: one batch and one combination of widths each.
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
      implements WidthItem {
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
   * @param gates whether the importance of channels is wanted beside the accuracy
   */
  record Judge(
      long seed, long plannedCost, String label, List<Integer> picks, long images, boolean gates)
      implements WidthItem {
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
      implements WidthItem {
    public Rank {
      picks = List.copyOf(picks);
    }
  }
}
