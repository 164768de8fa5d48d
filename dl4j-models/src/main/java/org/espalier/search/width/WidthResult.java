package org.espalier.search.width;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What an item of {@link AffineSharingSearch} found. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WidthResult.Loss.class, name = "loss"),
  @JsonSubTypes.Type(value = WidthResult.Judged.class, name = "judged"),
})
sealed interface WidthResult {
  /**
   * Of local steps, beside the difference they made.
   *
   * @param loss mean over the steps, in nats
   */
  record Loss(double loss) implements WidthResult {}

  /**
   * Of a sample or a candidate with shared weights.
   *
   * @param accuracy a share
   * @param loss in nats; 0 where it is not asked for
   * @param gates for each choice and each of its widths the derivative of the loss by the gate of
   *     that width; empty where not asked for
   */
  record Judged(double accuracy, double loss, List<List<Double>> gates) implements WidthResult {
    public Judged {
      gates = gates.stream().map(List::copyOf).toList();
    }
  }
}
