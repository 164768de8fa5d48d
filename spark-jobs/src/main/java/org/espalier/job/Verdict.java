package org.espalier.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.report.Chart;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.report.Text;
import org.espalier.search.FoundNetwork;

/**
 * What a search came to beside its baselines, in words and figures: how much better it is, whether
 * that is more than chance, what is cheaper by how much, and what is handed over and why.
 *
 * @param roles all final networks, the found ones first
 * @param exported the networks handed over, one for each data set and budget
 */
record Verdict(List<RoleFigures> roles, List<SearchOutcome.Judged> exported) {
  private static final String MINUS = "\u2212";

  /** What a reader in a hurry should know of the network handed over. */
  Optional<String> lead() {
    return exported.stream()
        .findFirst()
        .map(
            best ->
                "The network found%s recognises %s of the %s test images%s with %s multiply-accumulates an image and %s parameters."
                    .formatted(
                        best.found().purpose(),
                        found(best).testAccuracy(),
                        Amounts.count(best.test().examples()),
                        seeds(found(best)).isEmpty() ? "" : " (" + seeds(found(best)) + ")",
                        Amounts.count(RoleFigures.cost(best).macs()),
                        Amounts.count(RoleFigures.cost(best).parameters())));
  }

  /** The verdict; nothing if nothing was found. */
  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (RoleFigures found : roles) {
      if (!found.plainRole().equals(FoundNetwork.FOUND)) {
        continue;
      }
      rows.add(row(found, found));
      for (RoleFigures baseline : baselines(found)) {
        rows.add(row(found, baseline));
        sections.add(new Text(sentence(found, baseline)));
      }
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    exported.forEach(best -> sections.add(new Text(handedOver(best))));
    sections.add(
        new Table(
            "Found, beside its baselines",
            List.of(
                "network",
                "seeds",
                "test accuracy,\u00a0%",
                "found better by, points",
                "beyond noise",
                "MACs",
                "parameters"),
            rows));
    if (roles.size() > 1) {
      sections.add(new Text(howJudged()));
    }
    if (exported.stream().map(best -> best.found().within()).distinct().count() > 1) {
      sections.add(overCost());
    }
    return sections;
  }

  /** What several budgets came to: the found networks are those to choose from. */
  private Section overCost() {
    Map<String, List<Chart.Point>> points = new LinkedHashMap<>();
    for (RoleFigures role : roles) {
      points
          .computeIfAbsent(role.plainRole(), name -> new ArrayList<>())
          .add(new Chart.Point(macs(role), role.percent().mean(), role.role()));
    }
    List<Chart.Line> lines = new ArrayList<>();
    points.forEach((name, each) -> lines.add(new Chart.Line(name, each, Chart.Style.POINTS)));
    lines.add(Chart.Line.paretoFront(points.getOrDefault(FoundNetwork.FOUND, List.of())));
    return new Chart(
        "Accuracy over cost, and the Pareto front of what was found, after all was chosen",
        "MACs",
        "test accuracy, %, mean of the seeds",
        lines);
  }

  private List<RoleFigures> baselines(RoleFigures found) {
    return roles.stream()
        .filter(role -> !role.plainRole().equals(FoundNetwork.FOUND))
        .filter(role -> role.purpose().equals(found.purpose()))
        .toList();
  }

  private RoleFigures found(SearchOutcome.Judged best) {
    return roles.stream().filter(role -> role.networks().contains(best)).findFirst().orElseThrow();
  }

  private static String sentence(RoleFigures found, RoleFigures baseline) {
    Comparison accuracy = Comparison.of(found.percent(), baseline.percent());
    return "%s %s (%s)%s. It takes %s and has %s."
        .formatted(
            "Found%s is".formatted(found.purpose()),
            better(accuracy.difference()) + " " + baseline.plainRole(),
            baseline.testAccuracy(),
            noise(accuracy, found, baseline),
            cheaper(macs(found), macs(baseline), "MACs"),
            cheaper(parameters(found), parameters(baseline), "parameters"));
  }

  private static String better(double points) {
    String size = points(Math.abs(points));
    if (size.equals("0.00")) {
      return "as accurate as";
    }
    return "%s points %s accurate than".formatted(size, points > 0 ? "more" : "less");
  }

  private static String noise(Comparison accuracy, RoleFigures found, RoleFigures baseline) {
    if (accuracy.beyondNoise().isEmpty()) {
      int fewest = Math.min(found.networks().size(), baseline.networks().size());
      return fewest < Comparison.FEWEST_SEEDS
          ? "; with %s it cannot be told whether that is more than noise"
              .formatted(fewest == 1 ? "one seed" : "two seeds")
          : "; as no seed differs from another, noise cannot be told";
    }
    return ", which is %s: the 95 %% interval is %s"
        .formatted(
            accuracy.beyondNoise().get() ? "beyond noise" : "within noise", interval(accuracy));
  }

  private static String interval(Comparison accuracy) {
    double half = accuracy.halfWidth().orElseThrow();
    return "%s to %s points"
        .formatted(signed(accuracy.difference() - half), signed(accuracy.difference() + half));
  }

  private static String cheaper(double found, double baseline, String what) {
    double share = found / baseline - 1;
    String percent = String.format(Locale.ROOT, "%.1f", Math.abs(100 * share));
    return percent.equals("0.0")
        ? "as many " + what
        : "%s %% %s %s".formatted(percent, share < 0 ? "fewer" : "more", what);
  }

  private String handedOver(SearchOutcome.Judged best) {
    RoleFigures found = found(best);
    if (found.networks().size() == 1) {
      return "Handed over is the only training of %s: its accuracy on the validation part is %s."
          .formatted(found.role(), Amounts.percent(best.found().validationAccuracy()));
    }
    String which =
        "Handed over is training %s of %s".formatted(best.found().number(), found.role());
    String others =
        found.networks().stream()
            .filter(each -> each.found().number() != best.found().number())
            .map(each -> Amounts.percent(each.found().validationAccuracy()))
            .collect(Collectors.joining(", "));
    return which
        + ", of %s seeds the best on the validation part (%s; the others %s). The test part, where it has %s, had no say."
            .formatted(
                found.networks().size(),
                Amounts.percent(best.found().validationAccuracy()),
                others,
                Amounts.percent(best.test().accuracy()));
  }

  private static List<String> row(RoleFigures found, RoleFigures role) {
    Comparison accuracy = Comparison.of(found.percent(), role.percent());
    boolean itself = role.role().equals(found.role());
    return List.of(
        role.role(),
        Integer.toString(role.networks().size()),
        role.percent().describe(),
        itself ? "" : signed(accuracy.difference()),
        itself
            ? ""
            : accuracy
                .beyondNoise()
                .map(beyond -> (beyond ? "yes: " : "no: ") + interval(accuracy))
                .orElse("cannot be told"),
        role.range(judged -> RoleFigures.cost(judged).macs()),
        role.range(judged -> RoleFigures.cost(judged).parameters()));
  }

  private String howJudged() {
    int images = roles.get(0).networks().get(0).test().examples();
    return String.format(
        Locale.ROOT,
        "Noise is judged over seeds: by the 95 %% interval of Welch's t for the difference of the"
            + " means, where each network was trained with at least %d seeds (retrainings: %d or"
            + " more). It says nothing of other test images: one of the %,d is %.2f points.",
        Comparison.FEWEST_SEEDS,
        Comparison.FEWEST_SEEDS,
        images,
        100.0 / images);
  }

  private static String seeds(RoleFigures role) {
    return role.networks().size() == 1 ? "" : "mean of %s seeds".formatted(role.networks().size());
  }

  private static double macs(RoleFigures role) {
    return role.sample(each -> RoleFigures.cost(each).macs()).mean();
  }

  private static double parameters(RoleFigures role) {
    return role.sample(each -> RoleFigures.cost(each).parameters()).mean();
  }

  private static String points(double points) {
    return String.format(Locale.ROOT, "%.2f", points);
  }

  private static String signed(double points) {
    String size = points(Math.abs(points));
    return size.equals("0.00") ? size : (points > 0 ? "+" : MINUS) + size;
  }
}
