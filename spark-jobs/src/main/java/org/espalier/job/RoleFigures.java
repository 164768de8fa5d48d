package org.espalier.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.espalier.cost.NetworkCost;
import org.espalier.report.Section;
import org.espalier.report.Table;

/**
 * The final networks of one role: the same network, or equally good answers, with several seeds.
 *
 * @param role of them all, with the name of their data set if it has one
 * @param networks at least one
 */
record RoleFigures(String role, List<SearchOutcome.Judged> networks) {
  RoleFigures {
    networks = List.copyOf(networks);
  }

  /** By role and data set, in the order of their first networks. */
  static List<RoleFigures> of(List<SearchOutcome.Judged> judged) {
    Map<String, List<SearchOutcome.Judged>> byRole = new LinkedHashMap<>();
    for (SearchOutcome.Judged each : judged) {
      String data = each.found().data().isEmpty() ? "" : " on " + each.found().data();
      byRole.computeIfAbsent(each.found().role() + data, role -> new ArrayList<>()).add(each);
    }
    return byRole.entrySet().stream()
        .map(entry -> new RoleFigures(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The final table: a row a role. */
  static Section table(List<SearchOutcome.Judged> judged) {
    List<List<String>> rows = of(judged).stream().map(RoleFigures::row).toList();
    return new Table(
        "With and without search, mean and deviation over the seeds",
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
        meanAndDeviation(judged -> 100 * judged.test().accuracy()),
        meanAndDeviation(judged -> 100 * judged.found().validationAccuracy()),
        range(judged -> cost(judged).macs()),
        range(judged -> cost(judged).parameters()),
        range(judged -> millions(judged.found().work().search())),
        range(judged -> millions(judged.found().work().training())));
  }

  /** Mean of the test accuracies, for people. */
  String testAccuracy() {
    return meanAndDeviation(judged -> 100 * judged.test().accuracy()) + " %";
  }

  /** The mean, and with several seeds the deviation of a sample, which divides by one fewer. */
  String meanAndDeviation(ToDoubleFunction<SearchOutcome.Judged> figure) {
    double[] values = networks.stream().mapToDouble(figure).toArray();
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    if (values.length == 1) {
      return String.format(Locale.ROOT, "%.2f", mean);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = StrictMath.sqrt(squares / (values.length - 1));
    return String.format(Locale.ROOT, "%.2f \u00b1 %.2f", mean, deviation);
  }

  /** One number if all are equal, else the least and the most. */
  String range(ToLongFunction<SearchOutcome.Judged> figure) {
    var values = networks.stream().mapToLong(figure).summaryStatistics();
    return values.getMin() == values.getMax()
        ? Amounts.count(values.getMin())
        : Amounts.count(values.getMin()) + " to " + Amounts.count(values.getMax());
  }

  private static NetworkCost cost(SearchOutcome.Judged judged) {
    return NetworkCost.of(judged.network().spec());
  }

  private static long millions(long macs) {
    return Math.round(macs / 1e6);
  }
}
