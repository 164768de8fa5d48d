package org.espalier.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a driver on a cluster ended, and before that how far it is, as a file in the folder of its
 * run: {@code exit.SUBMISSION.json}. Spark's own launcher says that all went well even if a driver
 * in cluster mode failed.
 *
 * @param code of the process, 0 if all went well
 * @param message what it had to say to the person, perhaps in several lines
 */
public record DriverExit(int code, String message) {
  private static final String PREFIX = "exit";
  private static final Pattern FILE =
      Pattern.compile(
          PREFIX + "\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.json(\\.unfinished)?");

  private static final String RUNNING = "running";

  private static final ObjectMapper JSON = new ObjectMapper();

  public DriverExit {
    Objects.requireNonNull(message, "message");
  }

  /** Name of the file of a submission. */
  public static String name(String submission) {
    return PREFIX + "." + submission + ".json";
  }

  /** Whether a file is such a one, by its name; submissions are called by random UUIDs. */
  static boolean isName(String name) {
    return FILE.matcher(name).matches();
  }

  /**
   * Writes the file.
   *
   * @param folder of the run
   * @throws RunStorageException if the file cannot be written
   */
  public void write(String folder, String submission) {
    RunFiles files = RunFiles.at(folder);
    ObjectNode json = JSON.createObjectNode().put("code", code).put("message", message);
    try {
      files.makeRoot();
      files.write(name(submission), json.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new RunStorageException(
          "cannot say in %s how the driver ended: %s".formatted(folder, RunFiles.text(e)), e);
    }
  }

  /**
   * Writes a line of a driver that still works into the same file, for the person who waits.
   *
   * @param folder of the run, which is there
   * @throws RunStorageException if the file cannot be written
   */
  public static void running(String folder, String submission, String line) {
    String json = JSON.createObjectNode().put(RUNNING, line).toString();
    try {
      RunFiles.at(folder).write(name(submission), json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new RunStorageException(
          "cannot say in %s how far the driver is: %s".formatted(folder, RunFiles.text(e)), e);
    }
  }

  /**
   * The latest line of a driver that still works.
   *
   * @param folder of the run
   * @return empty if there is none yet, or the driver has ended
   * @throws RunStorageException if the folder cannot be read
   */
  public static Optional<String> progress(String folder, String submission) {
    try {
      Optional<byte[]> bytes = RunFiles.at(folder).read(name(submission));
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      return Optional.ofNullable(JSON.readTree(bytes.get()).path(RUNNING).textValue());
    } catch (IOException e) {
      throw new RunStorageException(
          "cannot read from %s how far the driver is: %s".formatted(folder, RunFiles.text(e)), e);
    }
  }

  /**
   * Removes the file if an earlier attempt of the driver left one, which would speak for one that
   * is killed.
   *
   * @param folder of the run
   * @throws RunStorageException if it cannot be removed
   */
  public static void clear(String folder, String submission) {
    try {
      RunFiles.at(folder).delete(name(submission));
    } catch (IOException e) {
      throw new RunStorageException(
          "cannot remove from %s how an earlier driver ended: %s"
              .formatted(folder, RunFiles.text(e)),
          e);
    }
  }

  /**
   * Reads the file and removes it.
   *
   * @param folder of the run
   * @return empty if there is none, or it says only how far the driver was
   * @throws RunStorageException if the folder cannot be read
   */
  public static Optional<DriverExit> take(String folder, String submission) {
    RunFiles files = RunFiles.at(folder);
    try {
      Optional<byte[]> bytes = files.read(name(submission));
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      JsonNode json = JSON.readTree(bytes.get());
      files.delete(name(submission));
      if (json.has(RUNNING)) {
        return Optional.empty(); // killed, before it could say how it ended
      }
      return Optional.of(new DriverExit(json.path("code").asInt(1), json.path("message").asText()));
    } catch (IOException e) {
      throw new RunStorageException(
          "cannot read from %s how the driver ended: %s".formatted(folder, RunFiles.text(e)), e);
    }
  }
}
