package org.espalier.search.finals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.espalier.cost.Budget;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchResult;
import org.espalier.search.space.Candidate;
import org.espalier.search.space.WidthSpace;

/** What searches over widths tell people of their trainings and candidates. */
public final class Findings {
  private static final String ACCURACY = "validation accuracy, %";

  private Findings() {}

  /**
   * A finished training's network.
   *
   * @param searchWork planned work to choose it
   * @param trainingWork planned work of the training
   */
  public static FoundNetwork network(
      WidthSpace space, Training training, long searchWork, long trainingWork) {
    return new FoundNetwork(
        training.role().name(),
        training.number(),
        space.network(training.candidate().widths()),
        training.trained().values(),
        training.trained().buffers(),
        training.trained().accuracy(),
        new FoundNetwork.Work(searchWork, trainingWork));
  }

  /** A row a training: network, cost, and what it came to. */
  public static SearchResult.Table table(String title, List<Training> trainings) {
    List<List<String>> rows = new ArrayList<>();
    for (Training training : trainings) {
      Candidate candidate = training.candidate();
      rows.add(
          List.of(
              training.label(),
              candidate.widths().toString(),
              Long.toString(candidate.macs()),
              Long.toString(candidate.parameters()),
              training.finished()
                  ? percent(training.trained().accuracy())
                  : training.running() ? "-" : training.failure()));
    }
    return new SearchResult.Table(
        title, List.of("network", "widths", "MACs", "parameters", ACCURACY), rows);
  }

  /** Validation accuracy after each epoch, a curve a training. */
  public static SearchResult.Chart curves(String title, List<Training> trainings) {
    List<SearchResult.Line> lines = new ArrayList<>();
    for (Training training : trainings) {
      List<SearchResult.Point> points = new ArrayList<>();
      for (int epoch = 0; epoch < training.accuracies().size(); epoch++) {
        points.add(new SearchResult.Point(epoch + 1, 100 * training.accuracies().get(epoch)));
      }
      lines.add(new SearchResult.Line(training.label(), points, SearchResult.Style.CURVE));
    }
    return new SearchResult.Chart(title, "epoch", ACCURACY, lines);
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
            "%d candidates have %d accuracies".formatted(candidates.size(), accuracies.size()));
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
   * Accuracy over cost, with the Pareto front of the first cloud and the budget: over MACs, unless
   * only parameters are limited.
   */
  public static SearchResult.Chart overCost(String title, Budget budget, List<Cloud> clouds) {
    return overCost(title, budget, clouds, 1);
  }

  /**
   * As {@link #overCost(String, Budget, List)}.
   *
   * @param compared how many of the first clouds have one Pareto front together
   */
  public static SearchResult.Chart overCost(
      String title, Budget budget, List<Cloud> clouds, int compared) {
    boolean macs = budget.mostMacs().isPresent();
    List<SearchResult.Line> lines = new ArrayList<>();
    for (Cloud cloud : clouds) {
      List<SearchResult.Point> points = new ArrayList<>();
      for (int i = 0; i < cloud.candidates().size(); i++) {
        Candidate candidate = cloud.candidates().get(i);
        points.add(
            new SearchResult.Point(
                macs ? candidate.macs() : candidate.parameters(), 100 * cloud.accuracies().get(i)));
      }
      lines.add(new SearchResult.Line(cloud.name(), points, SearchResult.Style.POINTS));
    }
    if (!lines.isEmpty()) {
      lines.add(
          SearchResult.Line.paretoFront(
              lines.stream().limit(compared).flatMap(line -> line.points().stream()).toList()));
    }
    OptionalLong limit = macs ? budget.mostMacs() : budget.mostParameters();
    return new SearchResult.Chart(
        title,
        macs ? "MACs" : "parameters",
        ACCURACY,
        lines,
        Optional.of(new SearchResult.Marker((double) limit.orElseThrow(), "budget")));
  }

  /** Networks of a space beside each other, layer by layer. */
  public static SearchResult.Widths widths(
      String title, WidthSpace space, List<SearchResult.Widths.Row> rows) {
    return new SearchResult.Widths(title, space.layerNames(), rows);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }
}
