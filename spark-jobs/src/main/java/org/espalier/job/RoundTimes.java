package org.espalier.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What all rounds of a search took, over all its sessions. A slot is where one item is performed at
 * a time; what slots do not spend inside items is the cost of the frame, and waiting for the
 * slowest.
 *
 * @param cpuSeconds inside items
 * @param itemSeconds by the clock on the wall inside items, summed over items
 * @param wallSeconds of rounds, one after the other
 * @param slotSeconds wall seconds times the slots there were
 */
record RoundTimes(double cpuSeconds, double itemSeconds, double wallSeconds, double slotSeconds) {

  /** Of the rounds in an event log. */
  static RoundTimes of(List<JsonNode> events) {
    double cpu = 0;
    double items = 0;
    double wall = 0;
    double slots = 0;
    for (JsonNode event : events) {
      double seconds = event.path("wallSeconds").asDouble();
      cpu += event.path("cpuSeconds").asDouble();
      items += event.path("itemSeconds").asDouble();
      wall += seconds;
      slots += seconds * event.path("slots").asInt();
    }
    return new RoundTimes(cpu, items, wall, slots);
  }

  /** How many slots there were, the mean over time. */
  double slots() {
    return wallSeconds == 0 ? 0 : slotSeconds / wallSeconds;
  }

  /** Share of the slots' time outside of items, in [0, 1]. */
  double outside() {
    return slotSeconds == 0 ? 0 : Math.max(0, 1 - itemSeconds / slotSeconds);
  }

  /** For {@code result.json}. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("cpuSecondsOfExecutors", cpuSeconds);
    map.put("itemSeconds", itemSeconds);
    map.put("roundSeconds", wallSeconds);
    map.put("slots", slots());
    map.put("shareOutsideItemsPercent", 100 * outside());
    return map;
  }

  /** For people. */
  String describe() {
    return String.format(
        Locale.ROOT,
        "rounds took %,.1f s on %s, of whose time %.1f %% was spent outside of items",
        wallSeconds,
        slots() == 1
            ? "1 slot"
            : new DecimalFormat("#.#", DecimalFormatSymbols.getInstance(Locale.ROOT))
                    .format(slots())
                + " slots",
        100 * outside());
  }
}
