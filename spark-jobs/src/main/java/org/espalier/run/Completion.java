package org.espalier.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file that says that a run is complete: its fingerprint, and name, size and SHA-256 of what
 * came out of it. It is written last.
 */
final class Completion {
  static final String NAME = "_SUCCESS";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Completion() {}

  /** Its text. */
  static byte[] of(String fingerprint, Map<String, FileMark> outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("fingerprint", fingerprint);
    json.put("files", outcome);
    try {
      return Manifest.utf8(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What is no longer as a complete run left it.
   *
   * @return for messages; empty if all is
   */
  static Optional<String> damage(RunFiles files) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(files.read(NAME).orElse(new byte[0]));
    } catch (IOException e) {
      return Optional.of(NAME + " is damaged");
    }
    if (json.path("files").path(RunDirectory.RESULT).isMissingNode()) {
      return Optional.of(NAME + " is damaged");
    }
    for (Map.Entry<String, JsonNode> file : json.path("files").properties()) {
      Optional<String> damage = damage(files, file.getKey(), file.getValue());
      if (damage.isPresent()) {
        return damage;
      }
    }
    JsonNode result = JSON.readTree(files.read(RunDirectory.RESULT).orElseThrow());
    return result.path("fingerprint").equals(json.path("fingerprint"))
        ? Optional.empty()
        : Optional.of(NAME + " is damaged");
  }

  /** Names of the files that came out of a run without {@link #damage}, sorted. */
  static List<String> files(RunFiles files) throws IOException {
    JsonNode json = JSON.readTree(files.read(NAME).orElse(new byte[0]));
    return json.path("files").propertyStream().map(Map.Entry::getKey).sorted().toList();
  }

  private static Optional<String> damage(RunFiles files, String name, JsonNode written)
      throws IOException {
    if (!files.exists(name)) {
      return Optional.of(name + " is missing");
    }
    try {
      FileMark now = files.mark(name);
      boolean same =
          now.sha256().equals(written.path("sha256").asText())
              && now.bytes() == written.path("bytes").asLong(-1);
      return same ? Optional.empty() : Optional.of(name + " is not as it was written");
    } catch (IOException e) {
      return Optional.of(name + " cannot be read: " + RunFiles.text(e));
    }
  }
}
