package org.espalier.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Who holds a lease, as it stands in the lease's file.
 *
 * @param process random, one for each process: two machines may have the same name, and two
 *     containers the same process numbers
 * @param user name of the account, for people
 * @param host name of the machine, for people
 * @param pid number of the process there, for people
 * @param beats how often it has renewed the lease: whoever sees the number change knows that it
 *     lives, whatever the time
 * @param released whether it gave the lease back
 * @param application of a cluster that it is the driver of, empty if there is none
 * @param lock identity of the {@link LeaseLock} that it holds, empty if there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LeaseHolder(
    String process,
    String user,
    String host,
    long pid,
    long beats,
    boolean released,
    String application,
    String lock) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String THIS_PROCESS = UUID.randomUUID().toString();
  private static final Pattern PROCESS = Pattern.compile("[0-9a-f-]*");
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  LeaseHolder {
    process = Objects.requireNonNullElse(process, "");
    user = Objects.requireNonNullElse(user, "somebody");
    host = Objects.requireNonNullElse(host, "an unknown machine");
    application = Objects.requireNonNullElse(application, "");
    lock = Objects.requireNonNullElse(lock, "");
  }

  /** Of a lease that cannot be read. */
  static LeaseHolder unknown() {
    return new LeaseHolder(null, null, null, 0, 0, false, null, null);
  }

  /** This process. */
  static LeaseHolder self() {
    return new LeaseHolder(
        THIS_PROCESS,
        System.getProperty("user.name"),
        hostName(),
        ProcessHandle.current().pid(),
        0,
        false,
        DriverApplication.here(),
        "");
  }

  /** The same holder with a lock. */
  LeaseHolder locking(String identity) {
    return new LeaseHolder(process, user, host, pid, beats, released, application, identity);
  }

  /** The same holder, a sign of life later. */
  LeaseHolder beating() {
    return new LeaseHolder(process, user, host, pid, beats + 1, released, application, lock);
  }

  /** The same holder, no longer holding. */
  LeaseHolder leaving() {
    return new LeaseHolder(process, user, host, pid, beats, true, application, lock);
  }

  /** Whether another holder is the same process. */
  boolean same(LeaseHolder other) {
    return process.equals(other.process);
  }

  /**
   * Whether this is an attempt of the same application as another holder: the cluster starts a new
   * one only when it has given up the old one, which may not know yet.
   */
  boolean follows(LeaseHolder before) {
    return !application.isEmpty() && application.equals(before.application) && !same(before);
  }

  /** For messages. */
  String describe() {
    return "%s on %s, process %s%s"
        .formatted(user, host, pid, application.isEmpty() ? "" : " (" + application + ")");
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Empty if the file is not whole, which is so while it is being written. */
  static Optional<LeaseHolder> fromJson(byte[] json) {
    try {
      return Optional.ofNullable(JSON.readValue(json, LeaseHolder.class))
          .filter(holder -> PROCESS.matcher(holder.process).matches());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  // Java would ask for the name's address too, which takes seconds where it has none.
  private static String hostName() {
    try {
      return Files.isReadable(HOST_NAME)
          ? Files.readString(HOST_NAME).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
