package org.espalier.augment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of operations of colour where images are grey. */
public enum GreyImages {
  /** They are drawn, and leave the image as it is. */
  @JsonProperty("skip")
  SKIP,
  /** A policy that has one is refused. */
  @JsonProperty("refuse")
  REFUSE
}
