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
import org.espalier.search.Assessment;
import org.espalier.training.Score;

/** What searches tell people of their trainings and candidates. */
public final class Findings {
  static final String ACCURACY = "validation accuracy, %";

  private Findings() {}

  /**
   * A look at a candidate by a training of it.
   *
   * @param course of the training
   * @param phase of the search, for people
   */
  public static Assessment assessment(Course course, String phase, Training training) {
    Candidate candidate = training.candidate();
    return new Assessment(
        phase,
        training.label(),
        candidate.description(),
        candidate.network(),
        training.finished()
            ? Optional.of(new Score(training.trained().loss(), training.trained().accuracy()))
            : Optional.empty(),
        course.work(training.settings(), candidate.macs(), 0, training.step()),
        training.failure(),
        false);
  }

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

  /**
   * Validation accuracy after each epoch, a curve a training; those of one role share a colour. The
   * axis begins where the curves are after a fifth of their epochs, as the first ones rise from
   * chance.
   */
  public static Chart curves(String title, List<Training> trainings) {
    List<Chart.Line> lines = new ArrayList<>();
    double floor = Double.POSITIVE_INFINITY;
    for (Training training : trainings) {
      List<Double> accuracies = training.at().accuracies();
      List<Chart.Point> points = new ArrayList<>();
      for (int epoch = 0; epoch < accuracies.size(); epoch++) {
        double percent = 100 * accuracies.get(epoch);
        points.add(new Chart.Point(epoch + 1, percent, training.label()));
        floor = epoch < accuracies.size() / 5 ? floor : Math.min(floor, percent);
      }
      lines.add(new Chart.Line(training.role().name(), points, Chart.Style.CURVE));
    }
    Chart chart = new Chart(title, "epoch", ACCURACY, lines);
    return Double.isFinite(floor) ? chart.above(floor) : chart;
  }

  /**
   * Networks and how good they are.
   *
   * @param name for the legend
   * @param candidates the networks
   * @param accuracies of each, shares in [0, 1]
   * @param names of each, for people
   */
  public record Cloud(
      String name, List<Candidate> candidates, List<Double> accuracies, List<String> names) {
    public Cloud {
      candidates = List.copyOf(candidates);
      accuracies = List.copyOf(accuracies);
      names = List.copyOf(names);
      if (candidates.size() != accuracies.size() || candidates.size() != names.size()) {
        throw new IllegalArgumentException(
            "%s candidates have %s accuracies and %s names"
                .formatted(candidates.size(), accuracies.size(), names.size()));
      }
    }

    /** The finished ones of some trainings. */
    public static Cloud of(String name, List<Training> trainings) {
      List<Training> finished = trainings.stream().filter(Training::finished).toList();
      return new Cloud(
          name,
          finished.stream().map(Training::candidate).toList(),
          finished.stream().map(training -> training.trained().accuracy()).toList(),
          finished.stream()
              .map(each -> "%s, %s".formatted(each.label(), each.candidate().description()))
              .toList());
    }
  }

  /**
   * Accuracy over cost, with the Pareto front of some clouds and the budget: over the first
   * resource that is limited, or over MACs.
   *
   * @param budget if there is one
   * @param compared how many of the first clouds have one Pareto front together
   * @param chosen the candidate to put a ring around
   */
  public static Chart overCost(
      String title,
      Optional<Budget> budget,
      List<Cloud> clouds,
      int compared,
      Optional<Candidate> chosen) {
    Optional<Limit> limit = budget.map(each -> each.all().get(0));
    Resource axis = limit.map(Limit::resource).orElse(new Macs());
    List<Chart.Line> lines = new ArrayList<>();
    List<Chart.Point> rings = new ArrayList<>();
    for (Cloud cloud : clouds) {
      List<Chart.Point> points = new ArrayList<>();
      for (int i = 0; i < cloud.candidates().size(); i++) {
        Candidate candidate = cloud.candidates().get(i);
        Chart.Point point =
            new Chart.Point(
                (double) axis.of(NetworkCost.of(candidate.network())) / axis.steps(),
                100 * cloud.accuracies().get(i),
                cloud.names().get(i));
        points.add(point);
        if (chosen.filter(candidate::equals).isPresent()) {
          rings.add(point);
        }
      }
      lines.add(new Chart.Line(cloud.name(), points, Chart.Style.POINTS));
    }
    if (!lines.isEmpty()) {
      lines.add(
          Chart.Line.paretoFront(
              lines.stream().limit(compared).flatMap(line -> line.points().stream()).toList()));
    }
    if (!rings.isEmpty()) {
      lines.add(new Chart.Line("found", rings, Chart.Style.RINGS));
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
