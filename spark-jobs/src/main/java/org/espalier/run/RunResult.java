package org.espalier.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.storage.StableJson;

/**
 * What came out of a run, for programs.
 *
 * @param outcome what depends on settings, seed, data and numeric platform alone: figures, hashes
 *     of weights; numbers, text, booleans, lists and maps of them
 * @param circumstances what may differ when the run is repeated: times, machines, paths
 */
public record RunResult(Map<String, ?> outcome, Map<String, ?> circumstances) {
  private static final ObjectMapper JSON =
      new ObjectMapper(StableJson.plain()).enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  public RunResult {
    outcome = new TreeMap<>(outcome);
    circumstances = new TreeMap<>(circumstances);
  }

  /** SHA-256 over the outcome: equal for runs that came to the same bits. */
  public String fingerprint() {
    try {
      return Manifest.sha256(JSON.writeValueAsBytes(outcome));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an outcome cannot be written as JSON: " + outcome, e);
    }
  }

  /**
   * The network that a run hands over.
   *
   * @param outcome as in {@code result.json}
   * @return of the networks there the one with its model; missing if there is none
   */
  public static JsonNode handedOver(JsonNode outcome) {
    return outcome.has("network")
        ? outcome.path("network")
        : outcome.path("networks").path(outcome.path("exported").asInt(-1));
  }

  /** The text of {@code result.json}. */
  public String toJson() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("fingerprint", fingerprint());
    result.put("outcome", outcome);
    result.put("circumstances", circumstances);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a result cannot be written as JSON: " + result, e);
    }
  }
}
