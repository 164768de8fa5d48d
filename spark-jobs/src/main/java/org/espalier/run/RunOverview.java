package org.espalier.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a run looks like from outside, read without writing anything, while it goes on or not.
 *
 * @param name of its folder
 * @param command that makes it
 * @param state of it
 * @param share of the planned work that is done, in [0, 1], as of the newest checkpoint; empty
 *     before the first
 * @param detail what is worth knowing: the phase, the accuracy; may be empty
 * @param silence since its driver was last heard of; empty unless it is not finished
 */
public record RunOverview(
    String name,
    String command,
    State state,
    OptionalDouble share,
    String detail,
    Optional<Duration> silence) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] NOTHING = {};

  /** Drivers renew their lease every few seconds; one that is late for longer has gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What a run is doing. */
  public enum State {
    /** A driver works on it. */
    RUNNING,
    /** Its driver ended in order; it can be gone on with. */
    STOPPED,
    /** Its driver has not been heard of for a while; it can be gone on with. */
    SILENT,
    /** Complete. */
    DONE,
    /** It cannot be read. */
    UNREADABLE
  }

  /**
   * The runs in a folder, by name; if the folder is a run itself, that one.
   *
   * @param uri folder on any Hadoop file system, or a local path
   * @param now for how long drivers have been silent
   * @throws RunRefusedException if there is no such folder, or it cannot be read
   */
  public static List<RunOverview> in(String uri, Instant now) {
    RunFiles files = RunFiles.at(uri);
    try {
      if (!files.isFolder("")) {
        throw new RunRefusedException(
            "cannot list runs: %s is not a folder; name one whose folders are runs"
                .formatted(files.root()));
      }
      List<RunOverview> runs = new ArrayList<>();
      of(files, now).ifPresent(runs::add);
      for (RunFiles folder : runs.isEmpty() ? files.folders() : List.<RunFiles>of()) {
        of(folder, now).ifPresent(runs::add);
      }
      runs.sort(Comparator.comparing(RunOverview::name));
      return runs;
    } catch (IOException e) {
      throw new RunRefusedException(
          "cannot list the runs of %s: %s".formatted(files.root(), RunFiles.text(e)), e);
    }
  }

  /** The run in a folder, empty if it holds something else. */
  private static Optional<RunOverview> of(RunFiles files, Instant now) {
    String name = files.root().getName();
    try {
      Optional<String> first =
          files
              .read(RunDirectory.CONFIG)
              .flatMap(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().findFirst())
              .filter(line -> !line.isEmpty() && RunIdentity.isRun(line));
      if (first.isEmpty()) {
        return Optional.empty();
      }
      String command = first.get().substring(first.get().lastIndexOf(' ') + 1);
      return Optional.of(
          files.exists(Completion.NAME)
              ? done(files, name, command)
              : unfinished(files, name, command, now));
    } catch (IOException e) {
      return Optional.of(
          new RunOverview(
              name,
              "",
              State.UNREADABLE,
              OptionalDouble.empty(),
              RunFiles.text(e),
              Optional.empty()));
    }
  }

  private static RunOverview done(RunFiles files, String name, String command) throws IOException {
    JsonNode outcome = json(files.read(RunDirectory.RESULT).orElse(NOTHING)).path("outcome");
    JsonNode network = RunResult.handedOver(outcome);
    String detail =
        network.has("testAccuracyPercent")
            ? "test accuracy %s %%, %s MACs"
                .formatted(
                    decimal(network.path("testAccuracyPercent")), network.path("macs").asText())
            : "";
    return new RunOverview(
        name, command, State.DONE, OptionalDouble.of(1), detail, Optional.empty());
  }

  private static RunOverview unfinished(RunFiles files, String name, String command, Instant now)
      throws IOException {
    Optional<String> lease = newest(files, Lease.FOLDER, "[0-9]{6,9}");
    boolean released = false;
    Optional<Duration> silence = Optional.empty();
    if (lease.isPresent()) {
      // Read before its time: a driver that renews it in between seems younger, not older.
      released = json(files.read(lease.get()).orElse(NOTHING)).path("released").asBoolean();
      silence =
          files
              .modified(lease.get())
              .map(at -> Duration.between(Instant.ofEpochMilli(at), now))
              .map(age -> age.isNegative() ? Duration.ZERO : age);
    }
    State state =
        silence.isEmpty() || released
            ? State.STOPPED
            : silence.get().compareTo(PATIENCE) > 0 ? State.SILENT : State.RUNNING;
    JsonNode event = lastEvent(files);
    return new RunOverview(
        name,
        command,
        state,
        event.has("shareDone")
            ? OptionalDouble.of(event.path("shareDone").asDouble())
            : OptionalDouble.empty(),
        describe(event),
        silence);
  }

  private static JsonNode lastEvent(RunFiles files) throws IOException {
    Optional<String> name = newest(files, EventLog.FOLDER, "[0-9]{6,9}\\.jsonl");
    if (name.isEmpty()) {
      return JSON.missingNode();
    }
    List<String> lines =
        files
            .read(name.get())
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
            .orElse(List.of());
    return lines.isEmpty()
        ? JSON.missingNode()
        : json(lines.get(lines.size() - 1).getBytes(StandardCharsets.UTF_8));
  }

  private static String describe(JsonNode event) {
    List<String> parts = new ArrayList<>();
    if (event.has("nextPhase")) {
      parts.add(event.path("nextPhase").asText());
    }
    if (event.has("validationAccuracy")) {
      parts.add(
          String.format(
              Locale.ROOT,
              "validation accuracy %.2f %%",
              100 * event.path("validationAccuracy").asDouble()));
    }
    event
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().contains("accuracy, percent")) {
                parts.add("%s %s".formatted(entry.getKey(), decimal(entry.getValue())));
              }
            });
    return String.join(", ", parts);
  }

  private static String decimal(JsonNode number) {
    return String.format(Locale.ROOT, "%.2f", number.asDouble());
  }

  /** The last file of a folder whose name is of a form. */
  private static Optional<String> newest(RunFiles files, String folder, String form)
      throws IOException {
    return files.list(folder).stream()
        .filter(name -> name.matches(form))
        .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .map(name -> folder + "/" + name);
  }

  // A file that is being written, or was damaged, says nothing; that is no reason to end.
  private static JsonNode json(byte[] bytes) {
    try {
      JsonNode node = JSON.readTree(bytes);
      return node == null ? JSON.missingNode() : node;
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}
