package org.espalier.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the program wrote into a run: each file's name, size and SHA-256.
 *
 * <p>It is kept as numbered files of which the highest that can be read counts. One that lists new
 * files is written before them, so whenever the writer is killed, what it left is listed. Where the
 * ledger is lost nothing is known to be the program's, and so nothing is removed.
 *
 * @param whole files that were written to their end
 * @param begun the files written since, in the order of writing; the last one is written only when
 *     the others are there
 */
record Ledger(Map<String, FileMark> whole, Map<String, FileMark> begun) {
  static final String FOLDER = "written";

  private static final ObjectMapper JSON = new ObjectMapper();
  // The one before stays until the next, should the newest be damaged.
  private static final int KEPT = 2;

  Ledger {
    whole = Collections.unmodifiableMap(new TreeMap<>(whole));
    begun = Collections.unmodifiableMap(new LinkedHashMap<>(begun));
  }

  static Ledger empty() {
    return new Ledger(Map.of(), Map.of());
  }

  /** What a file's bytes were when it was written. */
  Optional<FileMark> of(String name) {
    return Optional.ofNullable(begun.getOrDefault(name, whole.get(name)));
  }

  /**
   * Reads the ledger of a run.
   *
   * @param notes told of damage
   * @return an empty one if there is none that can be read
   */
  static Ledger read(RunFiles files, Consumer<String> notes) throws IOException {
    List<Integer> numbers = numbers(files);
    Collections.reverse(numbers);
    for (int number : numbers) {
      try {
        Optional<byte[]> json = files.read(name(number));
        if (json.isPresent()) {
          return fromJson(JSON.readTree(json.get()));
        }
      } catch (IOException | IllegalArgumentException e) {
        notes.accept("left out %s: %s".formatted(name(number), "it cannot be read"));
      }
    }
    return empty();
  }

  /** Writes it as the newest, and forgets those too old to keep. */
  void write(RunFiles files) throws IOException {
    int number = numbers(files).stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    // One that lost the lease may have come between; the holder's is the one above it.
    while (!files.writeOnce(name(number), toJson())) {
      number++;
    }
    for (int older : numbers(files)) {
      if (older <= number - KEPT) {
        files.delete(name(older));
      }
    }
  }

  private byte[] toJson() {
    ObjectNode json = JSON.createObjectNode();
    put(json.putObject("whole"), whole);
    put(json.putObject("begun"), begun);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(ObjectNode json, Map<String, FileMark> marks) {
    marks.forEach(
        (name, mark) ->
            json.putObject(name).put("bytes", mark.bytes()).put("sha256", mark.sha256()));
  }

  private static Ledger fromJson(JsonNode json) {
    return new Ledger(marks(json.path("whole")), marks(json.path("begun")));
  }

  private static Map<String, FileMark> marks(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("not a ledger");
    }
    Map<String, FileMark> marks = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (!inside(entry.getKey())) {
        throw new IllegalArgumentException("a ledger lists " + entry.getKey());
      }
      JsonNode mark = entry.getValue();
      marks.put(
          entry.getKey(), new FileMark(mark.path("bytes").asLong(), mark.path("sha256").asText()));
    }
    return marks;
  }

  // What it lists may be removed, so a ledger that somebody made up must not lead elsewhere.
  private static boolean inside(String name) {
    return Arrays.stream(name.split("/", -1))
        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  private static List<Integer> numbers(RunFiles files) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (String name : files.list(FOLDER)) {
      if (name.matches("[0-9]{6,9}\\.json")) {
        numbers.add(Integer.valueOf(name.substring(0, name.indexOf('.'))));
      }
    }
    Collections.sort(numbers);
    return numbers;
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "%s/%06d.json", FOLDER, number);
  }
}
