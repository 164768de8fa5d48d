package org.espalier.meta;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.espalier.meta.MetaState.Learner;
import org.espalier.report.Chart;
import org.espalier.report.Figures;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.report.Text;

/** What meta-learning tells of a state. */
final class MetaReport {
  /** Rounds whose mean is one point of a curve, at most so many points. */
  private static final int POINTS = 60;

  private static final int NETWORKS_SHOWN = 3;

  private final MetaState state;
  private final List<Backbone> backbones;

  MetaReport(MetaState state, List<Backbone> backbones) {
    this.state = state;
    this.backbones = List.copyOf(backbones);
  }

  /** All there is to tell so far. */
  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    Learner first = state.learners().get(0);
    if (!first.judged().isEmpty()) {
      sections.add(headline(first));
      sections.add(scores());
      sections.add(networks());
      dependence(first).ifPresent(sections::add);
    }
    if (!first.history().isEmpty()) {
      sections.add(curves());
    }
    if (first.judged().size() > 1 && first.judged().get(0).embedding().size() > 1) {
      sections.add(plane(first));
    }
    return sections;
  }

  private static List<MetaResult.Adapted> of(List<MetaResult.Adapted> tasks, int family) {
    return tasks.stream().filter(each -> each.family() == family).toList();
  }

  private String name(int family) {
    return state.families().get(family).name();
  }

  private Section headline(Learner first) {
    List<Figures.Figure> figures = new ArrayList<>();
    for (int family = 0; family < state.families().size(); family++) {
      List<MetaResult.Adapted> tasks = of(first.judged(), family);
      figures.add(
          new Figures.Figure(
              "score on new tasks of " + name(family),
              Judgement.of(tasks).text() + " %",
              "mean and 95 %% interval of %s tasks of classes never seen before"
                  .formatted(tasks.size())));
    }
    return new Figures(figures);
  }

  private Section scores() {
    List<String> columns = new ArrayList<>(List.of("learner"));
    IntStream.range(0, state.families().size())
        .forEach(family -> columns.add(name(family) + ", score %"));
    columns.add("MACs, mean");
    columns.add("work of learning, MACs");
    List<List<String>> rows = new ArrayList<>();
    for (Learner learner : state.learners()) {
      if (!learner.judged().isEmpty()) {
        rows.add(row(learner.role().text(), learner.judged(), learner.work()));
      }
      if (!learner.shuffled().isEmpty()) {
        rows.add(
            row(
                learner.role().text() + ", guided by other tasks",
                learner.shuffled(),
                learner.work()));
      }
    }
    return new Table("Adapted to new tasks, mean and 95 % interval", columns, rows);
  }

  private List<String> row(String who, List<MetaResult.Adapted> tasks, long work) {
    List<String> row = new ArrayList<>(List.of(who));
    IntStream.range(0, state.families().size())
        .forEach(family -> row.add(Judgement.of(of(tasks, family)).text()));
    double macs = tasks.stream().mapToLong(MetaResult.Adapted::macs).average().orElse(0);
    row.add(Long.toString(Math.round(macs)));
    row.add(Long.toString(work));
    return row;
  }

  /** Which networks each family's tasks got, the most frequent first. */
  private Section networks() {
    List<List<String>> rows = new ArrayList<>();
    for (Learner learner : state.learners()) {
      for (int family = 0; family < state.families().size(); family++) {
        List<MetaResult.Adapted> tasks = of(learner.judged(), family);
        Map<List<Integer>, Integer> counts = new LinkedHashMap<>();
        tasks.forEach(task -> counts.merge(task.picks(), 1, Integer::sum));
        List<Map.Entry<List<Integer>, Integer>> frequent =
            counts.entrySet().stream()
                .sorted(
                    Comparator.comparingInt(
                        (Map.Entry<List<Integer>, Integer> each) -> -each.getValue()))
                .limit(NETWORKS_SHOWN)
                .toList();
        for (Map.Entry<List<Integer>, Integer> each : frequent) {
          rows.add(
              List.of(
                  learner.role().text(),
                  name(family),
                  backbones.get(family).describe(each.getKey()),
                  percent(each.getValue() / (double) tasks.size()),
                  Long.toString(backbones.get(family).macs(each.getKey()))));
        }
      }
    }
    return new Table(
        "Networks that tasks were given",
        List.of("learner", "family", "network", "of its tasks, %", "MACs"),
        rows,
        3);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private java.util.Optional<Section> dependence(Learner first) {
    if (state.families().size() < 2) {
      return java.util.Optional.empty();
    }
    int choices = first.judged().get(0).picks().size();
    List<String> bits =
        IntStream.range(0, choices)
            .mapToObj(
                choice ->
                    String.format(
                        Locale.ROOT, "%.2f", Judgement.information(first.judged(), choice)))
            .toList();
    double most = StrictMath.log(state.families().size()) / StrictMath.log(2);
    return java.util.Optional.of(
        new Text(
            String.format(
                Locale.ROOT,
                "Picks depend on the family of a task by %s bits, choice by choice; %.2f would be"
                    + " all there is to know, 0 a controller that does not look.",
                String.join(", ", bits),
                most)));
  }

  private Section curves() {
    List<Chart.Line> lines = new ArrayList<>();
    for (Learner learner : state.learners()) {
      if (!learner.history().isEmpty()) {
        for (int family = 0; family < state.families().size(); family++) {
          lines.add(curve(learner, family));
        }
      }
    }
    return new Chart(
        "Score after adaptation while learning", "round", "score on query examples, %", lines);
  }

  private Chart.Line curve(Learner learner, int family) {
    int each = Math.max(1, learner.history().size() / POINTS);
    List<Chart.Point> points = new ArrayList<>();
    for (int from = 0; from + each <= learner.history().size(); from += each) {
      double mean =
          learner.history().subList(from, from + each).stream()
              .mapToDouble(figures -> figures.scores().get(family))
              .average()
              .orElse(0);
      points.add(new Chart.Point(from + each / 2.0, 100 * mean));
    }
    String name =
        state.families().size() == 1
            ? learner.role().text()
            : learner.role().text() + ", " + name(family);
    return new Chart.Line(name, points, Chart.Style.CURVE);
  }

  private Section plane(Learner first) {
    List<double[]> plane =
        Plane.of(first.judged().stream().map(MetaResult.Adapted::embedding).toList());
    Map<Integer, List<Chart.Point>> points = new TreeMap<>();
    for (int i = 0; i < plane.size(); i++) {
      points
          .computeIfAbsent(first.judged().get(i).family(), family -> new ArrayList<>())
          .add(new Chart.Point(plane.get(i)[0], plane.get(i)[1]));
    }
    List<Chart.Line> lines = new ArrayList<>();
    points.forEach(
        (family, each) -> lines.add(new Chart.Line(name(family), each, Chart.Style.POINTS)));
    return new Chart("Embeddings of new tasks", "first principal component", "second", lines);
  }
}
