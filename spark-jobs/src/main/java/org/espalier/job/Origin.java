package org.espalier.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.espalier.run.Checkpoint;

/**
 * What a checkpoint was made from: going on with other data would silently give another result.
 *
 * @param data fingerprint of the data
 * @param split fingerprint of the split
 */
record Origin(String data, String split) {
  /** Its file in a checkpoint. */
  static final String FILE = "origin.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  static Origin of(JobData data) {
    return new Origin(data.data().fingerprint(), data.splitFingerprint());
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Compares with a checkpoint.
   *
   * @throws IllegalArgumentException if it was made from something else
   */
  void check(Checkpoint checkpoint) {
    try {
      if (!equals(JSON.readValue(checkpoint.file(FILE), Origin.class))) {
        throw new IllegalArgumentException(
            "the data have changed since the run was begun; restore them, or begin anew with"
                + " --fresh");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "checkpoint %06d cannot be read: %s".formatted(checkpoint.number(), e.getMessage()), e);
    }
  }
}
