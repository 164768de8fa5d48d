package org.espalier.search.finals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.cost.Limit;
import org.espalier.cost.Macs;
import org.espalier.cost.NetworkCost;
import org.espalier.cost.Resource;
import org.espalier.report.Chart;
import org.espalier.report.Table;

/** What searches tell people of their trainings and candidates. */
public final class Findings {
  private static final String ACCURACY = "validation accuracy, %";

  private Findings() {}

  /** A row a training: network, cost, and what it came to. */
  public static Table table(String title, List<Training> trainings) {
    List<List<String>> rows = new ArrayList<>();
    for (Training training : trainings) {
      Candidate candidate = training.candidate();
      rows.add(
          List.of(
              training.label(),
              candidate.description(),
              Long.toString(candidate.macs()),
              Long.toString(candidate.parameters()),
              training.finished()
                  ? percent(training.trained().accuracy())
                  : training.running() ? "-" : training.failure()));
    }
    return new Table(title, List.of("training", "network", "MACs", "parameters", ACCURACY), rows);
  }

  /** Validation accuracy after each epoch, a curve a training. */
  public static Chart curves(String title, List<Training> trainings) {
    List<Chart.Line> lines = new ArrayList<>();
    for (Training training : trainings) {
      List<Chart.Point> points = new ArrayList<>();
      for (int epoch = 0; epoch < training.at().accuracies().size(); epoch++) {
        points.add(new Chart.Point(epoch + 1, 100 * training.at().accuracies().get(epoch)));
      }
      lines.add(new Chart.Line(training.label(), points, Chart.Style.CURVE));
    }
    return new Chart(title, "epoch", ACCURACY, lines);
  }

  /**
   * Networks and how good they are.
   *
   * @param name for the legend
   * @param candidates the networks
   * @param accuracies of each, shares in [0, 1]
   */
  public record Cloud(String name, List<Candidate> candidates, List<Double> accuracies) {
    public Cloud {
      candidates = List.copyOf(candidates);
      accuracies = List.copyOf(accuracies);
      if (candidates.size() != accuracies.size()) {
        throw new IllegalArgumentException(
            "%s candidates have %s accuracies".formatted(candidates.size(), accuracies.size()));
      }
    }

    /** The finished ones of some trainings. */
    public static Cloud of(String name, List<Training> trainings) {
      List<Training> finished = trainings.stream().filter(Training::finished).toList();
      return new Cloud(
          name,
          finished.stream().map(Training::candidate).toList(),
          finished.stream().map(training -> training.trained().accuracy()).toList());
    }
  }

  /**
   * Accuracy over cost, with the Pareto front of some clouds and the budget: over the first
   * resource that is limited, or over MACs.
   *
   * @param budget if there is one
   * @param compared how many of the first clouds have one Pareto front together
   */
  public static Chart overCost(
      String title, Optional<Budget> budget, List<Cloud> clouds, int compared) {
    Optional<Limit> limit = budget.map(each -> each.all().get(0));
    Resource axis = limit.map(Limit::resource).orElse(new Macs());
    List<Chart.Line> lines = new ArrayList<>();
    for (Cloud cloud : clouds) {
      List<Chart.Point> points = new ArrayList<>();
      for (int i = 0; i < cloud.candidates().size(); i++) {
        NetworkCost cost = NetworkCost.of(cloud.candidates().get(i).network());
        points.add(
            new Chart.Point(
                (double) axis.of(cost) / axis.steps(), 100 * cloud.accuracies().get(i)));
      }
      lines.add(new Chart.Line(cloud.name(), points, Chart.Style.POINTS));
    }
    if (!lines.isEmpty()) {
      lines.add(
          Chart.Line.paretoFront(
              lines.stream().limit(compared).flatMap(line -> line.points().stream()).toList()));
    }
    return new Chart(
        title,
        axis.name(),
        ACCURACY,
        lines,
        limit.map(each -> new Chart.Marker(each.most(), "budget")));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }
}
