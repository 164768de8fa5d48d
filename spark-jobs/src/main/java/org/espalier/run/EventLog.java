package org.espalier.run;

import java.util.Locale;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened in a run, one JSON object a line, in one file a checkpoint. Events after the newest
 * checkpoint are forgotten when a run goes on from it, for they will happen again.
 */
final class EventLog {
  static final String FOLDER = "events";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunFiles files;
  private final List<String> waiting = new ArrayList<>();

  EventLog(RunFiles files) {
    this.files = files;
  }

  void add(Map<String, ?> event) {
    try {
      waiting.add(JSON.writeValueAsString(event));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an event cannot be written as JSON: " + event, e);
    }
  }

  /** Writes what waits as the file of a checkpoint. */
  void write(int checkpoint) throws IOException {
    String text = waiting.isEmpty() ? "" : String.join("\n", waiting) + "\n";
    files.write(name(checkpoint), Manifest.utf8(text));
    waiting.clear();
  }

  /** Forgets the files after a checkpoint. */
  void forgetAfter(int checkpoint) throws IOException {
    for (String name : files.list(FOLDER)) {
      if (!name.matches("[0-9]{6,9}\\.jsonl")
          || Integer.parseInt(name.substring(0, name.indexOf('.'))) > checkpoint) {
        files.delete(FOLDER + "/" + name);
      }
    }
  }

  /** All events written, in order. */
  List<JsonNode> read() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String name : files.list(FOLDER)) {
      Optional<byte[]> content = files.read(FOLDER + "/" + name);
      for (String line :
          content
              .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
              .orElse("")
              .lines()
              .toList()) {
        events.add(JSON.readTree(line));
      }
    }
    return events;
  }

  private static String name(int checkpoint) {
    return FOLDER + String.format(Locale.ROOT, "/%06d.jsonl", checkpoint);
  }
}
