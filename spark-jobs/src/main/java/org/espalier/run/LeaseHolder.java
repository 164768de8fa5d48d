package org.espalier.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds a lease, as it stands in the lease's file.
 *
 * @param user name of the account
 * @param host name of the machine
 * @param pid number of the process there
 * @param started when the process started, in milliseconds since 1970
 * @param heartbeat when it was last known to live, likewise
 * @param released whether it gave the lease back
 * @param application of a cluster that it is the driver of, empty if there is none
 */
record LeaseHolder(
    String user,
    String host,
    long pid,
    long started,
    long heartbeat,
    boolean released,
    String application) {
  private static final ObjectMapper JSON = new ObjectMapper();

  LeaseHolder {
    application = application == null ? "" : application;
  }

  /** Of a lease that cannot be read. */
  static LeaseHolder unknown() {
    return new LeaseHolder("somebody", "an unknown machine", 0, 0, 0, false, "");
  }

  /** This process. */
  static LeaseHolder self(Instant now) {
    ProcessHandle process = ProcessHandle.current();
    return new LeaseHolder(
        System.getProperty("user.name", "unknown"),
        hostName(),
        process.pid(),
        started(process),
        now.toEpochMilli(),
        false,
        DriverApplication.here());
  }

  /** The same holder, alive a moment ago. */
  LeaseHolder beating(Instant now) {
    return new LeaseHolder(user, host, pid, started, now.toEpochMilli(), released, application);
  }

  /** The same holder, no longer holding. */
  LeaseHolder leaving() {
    return new LeaseHolder(user, host, pid, started, heartbeat, true, application);
  }

  /** Whether another process may take over. */
  boolean gone(Instant now, Duration patience) {
    return released || silent(now, patience) || deadHere();
  }

  /**
   * Whether this is an attempt of the same application as another holder: the cluster starts a new
   * one only when it has given up the old one, which may not know yet.
   */
  boolean follows(LeaseHolder before) {
    boolean same = host.equals(before.host) && pid == before.pid && started == before.started;
    return !application.isEmpty() && application.equals(before.application) && !same;
  }

  /** For messages. */
  String describe(Instant now) {
    return "%s on %s, process %d%s, last heard of %d seconds ago"
        .formatted(
            user,
            host,
            pid,
            application.isEmpty() ? "" : " (" + application + ")",
            Math.max(0, (now.toEpochMilli() - heartbeat) / 1000));
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
      return Optional.of(JSON.readValue(json, LeaseHolder.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean silent(Instant now, Duration patience) {
    return now.toEpochMilli() - heartbeat > patience.toMillis();
  }

  // Process numbers are used again, hence the start time.
  private boolean deadHere() {
    return host.equals(hostName())
        && ProcessHandle.of(pid)
            .filter(process -> process.isAlive() && started(process) == started)
            .isEmpty();
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
