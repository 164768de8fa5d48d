package org.espalier.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.espalier.run.Checkpoint;
import org.espalier.text.InputException;

/**
 * What a checkpoint was made from: going on with other data, or where arithmetic differs, would
 * silently give another result.
 *
 * @param data fingerprints of the data
 * @param split fingerprints of the splits
 * @param platform numeric platform, empty where it does not matter or is known otherwise
 */
record Origin(String data, String split, String platform) {
  /** Its file in a checkpoint. */
  static final String FILE = "origin.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  static Origin of(NamedData data, String platform) {
    return new Origin(
        joined(data, JobData::fingerprint), joined(data, JobData::splitFingerprint), platform);
  }

  private static String joined(NamedData data, Function<JobData, String> fingerprint) {
    if (!data.several()) {
      return fingerprint.apply(data.sets().get(0));
    }
    return data.sets().stream()
        .map(each -> each.name() + " " + fingerprint.apply(each))
        .collect(Collectors.joining(", "));
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
   * @throws InputException if it was made from something else
   */
  void check(Checkpoint checkpoint) {
    try {
      Origin before = JSON.readValue(checkpoint.file(FILE), Origin.class);
      if (!platform.isEmpty() && !before.platform().equals(platform)) {
        throw new InputException(
            ("the run was begun where numbers are computed differently (%s, here '%s'), so it would"
                    + " not come to the same bits; go on with it there, say reproducible: false in"
                    + " the configuration to go on here, or begin anew with --fresh")
                .formatted(
                    before.platform().isEmpty()
                        ? "as reproducible: false allowed"
                        : "'" + before.platform() + "'",
                    platform));
      }
      if (!before.data().equals(data) || !before.split().equals(split)) {
        throw new InputException(
            "the data have changed since the run was begun; restore them, or begin anew with"
                + " --fresh");
      }
    } catch (IOException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "checkpoint %06d cannot be read: %s",
              checkpoint.number(),
              e.getMessage()),
          e);
    }
  }
}
