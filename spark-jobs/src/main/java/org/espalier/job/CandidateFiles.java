package org.espalier.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.cost.NetworkCost;
import org.espalier.network.NetworkSpecs;
import org.espalier.search.Assessment;
import org.espalier.storage.StableJson;
import org.espalier.text.CsvFields;

/** Every candidate that a search looked at, for programs: one JSON object or one row a look. */
final class CandidateFiles {
  private static final ObjectMapper JSON = new ObjectMapper(StableJson.plain());

  private CandidateFiles() {}

  /** One JSON object a line. */
  static String jsonLines(List<Assessment> candidates) {
    StringBuilder lines = new StringBuilder();
    try {
      for (Assessment each : candidates) {
        Map<String, Object> line = new LinkedHashMap<>(figures(each));
        line.values().removeIf(value -> value.equals(""));
        line.put("widths", each.network().widths());
        lines.append(JSON.writeValueAsString(line)).append('\n');
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return lines.toString();
  }

  /** Comma-separated values as of RFC 4180, a heading first. */
  static String csv(List<Assessment> candidates) {
    List<String> rows = new ArrayList<>();
    for (Assessment each : candidates) {
      Map<String, Object> figures = figures(each);
      if (rows.isEmpty()) {
        rows.add(String.join(",", figures.keySet()));
      }
      rows.add(
          figures.values().stream()
              .map(value -> CsvFields.of(value.toString()))
              .collect(Collectors.joining(",")));
    }
    return String.join("\r\n", rows) + "\r\n";
  }

  private static Map<String, Object> figures(Assessment each) {
    NetworkCost cost = NetworkCost.of(each.network());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("phase", each.phase());
    figures.put("label", each.label());
    figures.put("description", each.description());
    figures.put("network", each.network().name());
    figures.put("specification", NetworkSpecs.hash(each.network()));
    figures.put("macs", cost.macs());
    figures.put("parameters", cost.parameters());
    figures.put("bytes", cost.bytes());
    figures.put("peakActivationBytes", cost.peakActivationBytes());
    figures.put(
        "validationAccuracyPercent", each.score().<Object>map(s -> 100 * s.accuracy()).orElse(""));
    figures.put("validationLoss", each.score().<Object>map(score -> score.loss()).orElse(""));
    figures.put("plannedWorkMacs", each.work());
    figures.put("chosen", each.chosen());
    figures.put("failure", each.failure());
    return figures;
  }
}
