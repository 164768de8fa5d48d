package org.espalier.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What happened in a run, one JSON object a line, in one file a checkpoint. Events after the newest
 * checkpoint are forgotten when a run goes on from it, for they will happen again.
 *
 * <p>They are told in the report and change nothing else, so a file that is damaged is left out.
 */
final class EventLog {
  static final String FOLDER = "events";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OwnFiles own;
  private final List<String> waiting = new ArrayList<>();

  EventLog(OwnFiles own) {
    this.own = own;
  }

  void add(Map<String, ?> event) {
    try {
      waiting.add(JSON.writeValueAsString(event));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an event cannot be written as JSON: " + event, e);
    }
  }

  /** What waits, as the file of a checkpoint that is about to be written. */
  Map<String, byte[]> file(int checkpoint) {
    String text = waiting.isEmpty() ? "" : String.join("\n", waiting) + "\n";
    return Map.of(name(checkpoint), Manifest.utf8(text));
  }

  /** Forgets what waits, as it is written. */
  void written() {
    waiting.clear();
  }

  /** Forgets the files after a checkpoint. */
  void forgetAfter(int checkpoint) throws IOException {
    for (String name : own.files().list(FOLDER)) {
      if (number(name) > checkpoint) {
        own.delete(FOLDER + "/" + name);
      }
    }
  }

  /**
   * All events up to a checkpoint, in order.
   *
   * @param notes told about each file left out
   */
  List<JsonNode> read(int checkpoint, Consumer<String> notes) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String name : own.files().list(FOLDER)) {
      if (number(name) > 0 && number(name) <= checkpoint) {
        try {
          events.addAll(parse(FOLDER + "/" + name));
        } catch (IOException e) {
          notes.accept(
              "left out %s/%s, which is damaged: the times in the report lack what it held"
                  .formatted(FOLDER, name));
        }
      }
    }
    return events;
  }

  private List<JsonNode> parse(String name) throws IOException {
    byte[] content = own.files().read(name).orElseThrow();
    Optional<FileMark> written = own.mark(name);
    if (written.isPresent() && !written.get().equals(FileMark.of(content))) {
      throw new IOException(name + " is not as it was written");
    }
    List<JsonNode> events = new ArrayList<>();
    for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private static int number(String name) {
    return name.matches("[0-9]{6,9}\\.jsonl")
        ? Integer.parseInt(name.substring(0, name.indexOf('.')))
        : 0;
  }

  private static String name(int checkpoint) {
    return FOLDER + String.format(Locale.ROOT, "/%06d.jsonl", checkpoint);
  }
}
