package org.espalier.latency;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.cost.LatencyTable;
import org.espalier.text.InputException;
import org.espalier.text.Suggestion;

/**
 * Reads times that were measured elsewhere, by {@link DeviceProgram} or by other means. The first
 * line is {@code #espalier-latency,1}, further lines that begin with {@code #} say what was
 * measured ({@code #space}, which must be there) and where ({@code #device}, {@code #threads},
 * {@code #runtime}, {@code #clock}, {@code #date}); after a heading each line is an operation,
 * microseconds and, if known, the quartiles of what was seen:
 *
 * <pre>
 * operation,microseconds,low,high
 * relu 8x8x16 8x8x16,0.31,0.29,0.35
 * </pre>
 */
public final class LatencyCsv {
  /** The version of the form that this program writes and reads. */
  static final int FORMAT = 1;

  private static final String VERSION = "#espalier-latency,";
  private static final String HEADING = "operation,microseconds";
  private static final int MOST_NAMED = 5;

  private final LatencyPlan plan;
  private final String where;
  private final Map<String, String> metadata = new HashMap<>();
  private final Map<String, LatencyTable.Time> times = new TreeMap<>();
  private final Map<String, Double> wholes = new LinkedHashMap<>();

  private LatencyCsv(LatencyPlan plan, String where) {
    this.plan = plan;
    this.where = where;
  }

  /**
   * The table of a file.
   *
   * @param plan of the space that the table is for
   * @param text what the file holds
   * @param where what it is called in messages
   * @throws InputException naming file and line and what is wrong there, or operations that are
   *     missing
   */
  public static LatencyTable read(LatencyPlan plan, String text, String where) {
    return new LatencyCsv(plan, where).read(text.lines().toList());
  }

  private LatencyTable read(List<String> lines) {
    String first = lines.isEmpty() ? "" : lines.get(0).strip();
    if (!first.equals(VERSION + FORMAT)) {
      throw wrong(
          1,
          "expected '%s%s', the version that this program reads, got '%s'"
              .formatted(VERSION, FORMAT, first));
    }
    Set<String> seen = new HashSet<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("#")) {
        String[] parts = line.substring(1).split(",", 2);
        metadata.put(parts[0].strip(), parts.length < 2 ? "" : parts[1].strip());
      } else if (!line.isEmpty() && !line.startsWith(HEADING)) {
        row(i + 1, line, seen);
      }
    }
    checkSpace();
    Set<String> missing = new TreeSet<>(plan.needed());
    missing.removeAll(times.keySet());
    if (!missing.isEmpty()) {
      String more =
          missing.size() > MOST_NAMED ? " and %s more".formatted(missing.size() - MOST_NAMED) : "";
      throw new InputException(
          "%s: these operations are missing: %s%s"
              .formatted(
                  where, String.join(", ", missing.stream().limit(MOST_NAMED).toList()), more));
    }
    return plan.table(device(), times, wholes);
  }

  private void checkSpace() {
    String space = metadata.get("space");
    if (space == null) {
      throw new InputException(
          "%s: there is no line '#space,%s', which says of which networks these times are"
              .formatted(where, plan.space()));
    }
    if (!space.equals(plan.space())) {
      throw new InputException(
          "%s: was measured for other networks: for %s, and the configuration has %s"
              .formatted(where, space, plan.space()));
    }
  }

  private void row(int number, String line, Set<String> seen) {
    String[] fields = line.split(",", -1);
    if (fields.length != 2 && fields.length != 4) {
      throw wrong(
          number,
          "expected an operation, microseconds and at most low and high, got '%s'".formatted(line));
    }
    String name = fields[0].strip();
    double time = number(number, fields[1], true);
    if (!seen.add(name)) {
      throw wrong(number, "'%s' has a line already".formatted(name));
    }
    if (name.equals(Whole.CALL) || plan.isWhole(name)) {
      wholes.put(name, time);
    } else if (plan.byName().containsKey(name)) {
      double low = fields.length == 2 ? time : number(number, fields[2], false);
      double high = fields.length == 2 ? time : number(number, fields[3], false);
      times.put(name, new LatencyTable.Time(time, low, high));
    } else {
      throw wrong(
          number,
          "the networks have no operation '%s'%s"
              .formatted(
                  name,
                  Suggestion.closest(name, plan.byName().keySet())
                      .map(close -> "; did you mean '%s'?".formatted(close))
                      .orElse("")));
    }
  }

  private double number(int line, String text, boolean positive) {
    double number;
    try {
      number = Double.parseDouble(text.strip());
    } catch (NumberFormatException notANumber) {
      throw wrong(line, "microseconds must be a number, got '%s'".formatted(text.strip()));
    }
    if (!Double.isFinite(number) || (positive && number <= 0)) {
      throw wrong(
          line,
          "microseconds must be %s, got '%s'"
              .formatted(positive ? "above 0 and finite" : "finite", text.strip()));
    }
    return number;
  }

  private LatencyTable.Device device() {
    String threads = metadata.getOrDefault("threads", "1");
    if (!threads.matches("[1-9][0-9]{0,3}")) {
      throw new InputException(
          "%s: the line #threads must have a number from 1, got '%s'".formatted(where, threads));
    }
    return new LatencyTable.Device(
        metadata.getOrDefault("device", "unknown device"),
        Integer.parseInt(threads),
        metadata.getOrDefault("runtime", "unknown runtime"),
        metadata.getOrDefault("clock", "unknown clock"),
        metadata.getOrDefault("date", "unknown date"));
  }

  private InputException wrong(int line, String problem) {
    return new InputException("%s, line %s: %s".formatted(where, line, problem));
  }
}
