package org.espalier.cost;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.espalier.storage.StrictJson;
import org.espalier.text.InputException;

/**
 * What the operations of a space took on a device, measured one by one, and how their sum is
 * corrected so that it says what whole networks take there: a network takes {@code network + sum of
 * (overhead(kind) + factor(kind) * microseconds)} over its layers.
 *
 * @param format version of the form, {@value #FORMAT}
 * @param space the networks whose operations these are, as a text that tells spaces apart
 * @param device where they were measured
 * @param operations by their {@linkplain LayerCost#signature signatures}, at least one
 * @param correction of the sum
 * @param check networks that took no part in the correction; empty if none were measured
 */
public record LatencyTable(
    int format,
    String space,
    Device device,
    Map<String, Time> operations,
    Correction correction,
    List<Checked> check) {
  /** The version that this program writes and reads. */
  public static final int FORMAT = 2;

  private static final int LONGEST = 8 << 20;
  private static final StrictJson<LatencyTable> JSON =
      new StrictJson<>(LatencyTable.class, "a table of latencies", "part", LONGEST);

  public LatencyTable {
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "latency table of format %s, this program reads format %s".formatted(format, FORMAT));
    }
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(correction, "correction");
    operations = Collections.unmodifiableMap(new TreeMap<>(operations));
    check = List.copyOf(check);
    if (space.isEmpty()) {
      throw new IllegalArgumentException("space must say what networks the table is for");
    }
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("operations must have at least one entry");
    }
  }

  /**
   * Where and how a table was measured.
   *
   * @param name of the device
   * @param threads that computed an operation, at least 1
   * @param runtime program that ran the operations, with its version
   * @param clock what was read: {@code "processor time"} or {@code "wall time"}
   * @param date when
   */
  public record Device(String name, int threads, String runtime, String clock, String date) {
    public Device {
      if (threads < 1) {
        throw new IllegalArgumentException("threads must be at least 1, got " + threads);
      }
    }

    /** For people. */
    public String describe() {
      return "%s, %s, %s, %s"
          .formatted(name, threads == 1 ? "1 thread" : threads + " threads", runtime, clock);
    }
  }

  /**
   * The time of an operation in microseconds.
   *
   * @param microseconds what counts, above 0
   * @param low a quarter of the rounds was faster
   * @param high a quarter of the rounds was slower
   */
  public record Time(double microseconds, double low, double high) {
    public Time {
      if (!(microseconds > 0 && microseconds < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "microseconds must be above 0 and finite, got " + microseconds);
      }
      if (!Double.isFinite(low) || !Double.isFinite(high)) {
        throw new IllegalArgumentException(
            "low and high must be finite, got %s and %s".formatted(low, high));
      }
    }
  }

  /**
   * How sums of operations are corrected.
   *
   * @param network microseconds that every network takes besides its operations, at least 0
   * @param factors by kind of operation, at least 0; kinds that are missing count as measured
   * @param overheads microseconds that each operation of a kind takes besides, whatever its size,
   *     at least 0; kinds that are missing have none
   * @param networks from which this was learnt
   */
  public record Correction(
      double network, Map<String, Double> factors, Map<String, Double> overheads, int networks) {
    /** None. */
    public static final Correction NONE = new Correction(0, Map.of(), Map.of(), 0);

    public Correction {
      factors = Collections.unmodifiableMap(new TreeMap<>(factors));
      overheads = Collections.unmodifiableMap(new TreeMap<>(overheads));
      check("network", network);
      factors.forEach((kind, factor) -> check("the factor of " + kind, factor));
      overheads.forEach((kind, overhead) -> check("the overhead of " + kind, overhead));
    }

    private static void check(String what, double value) {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("%s must be at least 0, got %s".formatted(what, value));
      }
    }

    /** An operation's part of a network's time. */
    public double of(String signature, double microseconds) {
      String kind = kind(signature);
      return overheads.getOrDefault(kind, 0.0) + factors.getOrDefault(kind, 1.0) * microseconds;
    }
  }

  /**
   * A network measured whole.
   *
   * @param network which, for people
   * @param measured microseconds, above 0
   * @param sum of its operations in microseconds
   * @param predicted microseconds by the table, the sum corrected
   */
  public record Checked(String network, double measured, double sum, double predicted) {
    public Checked {
      if (!(measured > 0 && measured < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("measured must be above 0, got " + measured);
      }
    }

    /** By which share of the measured time the prediction is off, at least 0. */
    public double error() {
      return Math.abs(predicted / measured - 1);
    }

    /** The same of the sum without correction. */
    public double errorOfSum() {
      return Math.abs(sum / measured - 1);
    }
  }

  /** What kind of operation a signature is of: what stands before its sizes. */
  public static String kind(String signature) {
    String first = signature.substring(0, (signature + " ").indexOf(' '));
    return first.replaceFirst("[0-9]+x[0-9]+.*", "");
  }

  /** Microseconds by signature, corrected, for {@link Latency}. */
  public Map<String, Double> corrected() {
    Map<String, Double> corrected = new TreeMap<>();
    operations.forEach(
        (signature, time) ->
            corrected.put(signature, correction.of(signature, time.microseconds())));
    return corrected;
  }

  /** As JSON text over several lines, ending with a line feed. */
  public String toJson() {
    return JSON.write(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param text itself
   * @param where what the text is called in messages
   * @throws InputException naming the place and what is wrong there
   */
  public static LatencyTable fromJson(String text, String where) {
    return JSON.read(text, where);
  }

  /**
   * Reads a file.
   *
   * @throws InputException naming the place and what is wrong there
   */
  public static LatencyTable read(Path file) {
    return fromJson(LatencyFile.text(file), file.toString());
  }
}
