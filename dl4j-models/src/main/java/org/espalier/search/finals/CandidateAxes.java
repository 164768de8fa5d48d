package org.espalier.search.finals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.espalier.cost.NetworkCost;
import org.espalier.network.NetworkSpec;
import org.espalier.report.ParallelAxes;
import org.espalier.search.Assessment;

/**
 * Shows candidates of any method as parallel coordinates: the output channels of every layer in
 * which they differ, and what they cost.
 */
final class CandidateAxes {
  /** With fewer there is nothing to compare. */
  private static final int FEWEST = 3;

  /** More would be a heap of ink, and megabytes of it. */
  private static final int MOST = 300;

  private CandidateAxes() {}

  /** The candidates that have a score, the best if they are many; empty if they are too few. */
  static Optional<ParallelAxes> of(String title, List<Assessment> candidates) {
    List<Assessment> all =
        candidates.stream()
            .filter(each -> each.score().isPresent())
            .sorted(Comparator.comparingDouble(each -> -each.score().orElseThrow().accuracy()))
            .toList();
    if (all.size() < FEWEST) {
      return Optional.empty();
    }
    List<Assessment> scored = all.subList(0, Math.min(MOST, all.size()));
    Map<String, List<Double>> axes = axes(scored.stream().map(Assessment::network).toList());
    List<ParallelAxes.Line> lines = new ArrayList<>();
    for (int i = 0; i < scored.size(); i++) {
      int number = i;
      Assessment each = scored.get(i);
      lines.add(
          new ParallelAxes.Line(
              "%s, %s".formatted(each.label(), each.description()),
              axes.values().stream().map(values -> values.get(number)).toList(),
              100 * each.score().orElseThrow().accuracy(),
              each.chosen()));
    }
    return Optional.of(
        new ParallelAxes(
            scored.size() < all.size()
                ? "%s; the best %s of %s".formatted(title, scored.size(), all.size())
                : title,
            List.copyOf(axes.keySet()),
            Findings.ACCURACY,
            lines));
  }

  /** Names of axes, each with a value for every network. */
  private static Map<String, List<Double>> axes(List<NetworkSpec> networks) {
    Map<String, List<Double>> axes = new LinkedHashMap<>();
    List<Map<String, Integer>> widths = networks.stream().map(NetworkSpec::widths).toList();
    Set<String> common = new LinkedHashSet<>(widths.get(0).keySet());
    widths.forEach(each -> common.retainAll(each.keySet()));
    for (String layer : common) {
      List<Double> values = widths.stream().map(each -> (double) each.get(layer)).toList();
      // Layers that are added up have one width: they are one axis, and what never varies is none.
      if (values.stream().distinct().count() > 1 && !axes.containsValue(values)) {
        axes.put(layer.replaceFirst("/conv(olution)?$", ""), values);
      }
    }
    List<NetworkCost> costs = networks.stream().map(NetworkCost::of).toList();
    boolean alike = axes.isEmpty();
    if (alike && costs.stream().mapToInt(each -> each.layers().size()).distinct().count() > 1) {
      axes.put("layers", values(costs, cost -> cost.layers().size()));
    }
    axes.put("MACs", values(costs, NetworkCost::macs));
    axes.put("parameters", values(costs, NetworkCost::parameters));
    return axes;
  }

  private static List<Double> values(List<NetworkCost> costs, ToDoubleFunction<NetworkCost> value) {
    return costs.stream().map(cost -> value.applyAsDouble(cost)).toList();
  }
}
