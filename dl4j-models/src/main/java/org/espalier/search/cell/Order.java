package org.espalier.search.cell;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which gradients a policy learns from. */
public enum Order {
  /** Of the validation loss with the shared weights as they are. */
  @JsonProperty("first")
  FIRST,

  /** After a step of the weights, with what the step depends on: {@link Unrolled}. */
  @JsonProperty("second")
  SECOND
}
