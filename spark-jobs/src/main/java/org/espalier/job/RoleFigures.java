package org.espalier.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.espalier.cost.NetworkCost;
import org.espalier.report.Section;
import org.espalier.report.Table;

/**
 * The final networks of one role: the same network, or equally good answers, with several seeds.
 *
 * @param role of them all, with the name of their data set and their budget if there are several
 * @param networks at least one
 */
record RoleFigures(String role, List<SearchOutcome.Judged> networks) {
  RoleFigures {
    networks = List.copyOf(networks);
  }

  /** By role, data set and budget, in the order of their first networks. */
  static List<RoleFigures> of(List<SearchOutcome.Judged> judged) {
    Map<String, List<SearchOutcome.Judged>> byRole = new LinkedHashMap<>();
    for (SearchOutcome.Judged each : judged) {
      String role = each.found().role() + each.found().purpose();
      byRole.computeIfAbsent(role, key -> new ArrayList<>()).add(each);
    }
    return byRole.entrySet().stream()
        .map(entry -> new RoleFigures(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The final table: a row a role. */
  static Section table(List<SearchOutcome.Judged> judged) {
    List<List<String>> rows = of(judged).stream().map(RoleFigures::row).toList();
    return new Table(
        "Mean and deviation over the seeds",
        List.of(
            "network",
            "seeds",
            "test accuracy,\u00a0%",
            "validation accuracy,\u00a0%",
            "MACs",
            "parameters",
            "search, million MACs",
            "training, million MACs"),
        rows);
  }

  private List<String> row() {
    return List.of(
        role,
        Integer.toString(networks.size()),
        percent().describe(),
        sample(judged -> 100 * judged.found().validationAccuracy()).describe(),
        range(judged -> cost(judged).macs()),
        range(judged -> cost(judged).parameters()),
        range(judged -> millions(judged.found().work().search())),
        range(judged -> millions(judged.found().work().training())));
  }

  /** Mean of the test accuracies, for people. */
  String testAccuracy() {
    return percent().describe() + " %";
  }

  /** Test accuracies in percent. */
  Sample percent() {
    return sample(judged -> 100 * judged.test().accuracy());
  }

  /** A figure over the seeds. */
  Sample sample(ToDoubleFunction<SearchOutcome.Judged> figure) {
    return Sample.of(networks.stream().mapToDouble(figure).toArray());
  }

  /** What the networks are, without the name of their data set and their budget. */
  String plainRole() {
    return networks.get(0).found().role();
  }

  /** Their data set and their budget, such as {@code " on digits"}; often empty. */
  String purpose() {
    return networks.get(0).found().purpose();
  }

  /** For {@code result.json}. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("role", plainRole());
    SearchOutcome.purpose(networks.get(0).found(), map);
    map.put("seeds", networks.size());
    put(map, "testAccuracyPercent", percent());
    put(map, "validationAccuracyPercent", sample(each -> 100 * each.found().validationAccuracy()));
    put(map, "testLoss", sample(each -> each.test().loss()));
    put(map, "macs", sample(each -> cost(each).macs()));
    put(map, "parameters", sample(each -> cost(each).parameters()));
    put(map, "plannedSearchMacs", sample(each -> each.found().work().search()));
    put(map, "plannedTrainingMacs", sample(each -> each.found().work().training()));
    return map;
  }

  private static void put(Map<String, Object> map, String name, Sample sample) {
    map.put(name, Map.of("mean", sample.mean(), "deviation", sample.deviation()));
  }

  /** One number if all are equal, else the least and the most. */
  String range(ToLongFunction<SearchOutcome.Judged> figure) {
    var values = networks.stream().mapToLong(figure).summaryStatistics();
    return values.getMin() == values.getMax()
        ? Amounts.count(values.getMin())
        : Amounts.count(values.getMin()) + " to " + Amounts.count(values.getMax());
  }

  static NetworkCost cost(SearchOutcome.Judged judged) {
    return NetworkCost.of(judged.network().spec());
  }

  private static long millions(long macs) {
    return Math.round(macs / 1e6);
  }
}
