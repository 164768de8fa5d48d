package org.espalier.data.format;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a picture that cannot be decoded. */
public enum OnUnreadable {
  /** Nothing is read, and the picture is named. */
  @JsonProperty("fail")
  FAIL,
  /** It is left out; how many were, and the first names, are said. */
  @JsonProperty("skip")
  SKIP
}
