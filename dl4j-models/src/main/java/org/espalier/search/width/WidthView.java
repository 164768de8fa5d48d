package org.espalier.search.width;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.espalier.search.space.WidthSpace;
import org.espalier.storage.Floats;

/** What executors of {@link AffineSharingSearch} read in a round. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WidthView.Supernet.class, name = "supernet"),
  @JsonSubTypes.Type(value = WidthView.Alone.class, name = "alone"),
})
sealed interface WidthView {
  WidthSpace space();

  /**
   * While shared weights are trained and read.
   *
   * @param space the networks
   * @param values shared ones
   * @param angle of the transition
   * @param maps those learned; empty where sharing has a closed form
   */
  record Supernet(WidthSpace space, Floats values, double angle, LearnedMaps maps)
      implements WidthView {}

  /**
   * While networks are trained alone: items carry their weights.
   *
   * @param space the networks
   * @param longerEpochs of the baseline with longer trainings; 0 while it is not known
   */
  record Alone(WidthSpace space, int longerEpochs) implements WidthView {}
}
