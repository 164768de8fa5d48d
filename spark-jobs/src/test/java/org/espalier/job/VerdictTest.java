package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.espalier.report.Chart;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.report.Text;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void aDifferenceBeyondNoiseIsSaidWithItsInterval() {
    String text = text(found(0.97, 0.98, 0.99), uniform(0.90, 0.91, 0.92));

    // Seeds differ by 1 point: the half width is 2.776445 * sqrt(1 / 3 + 1 / 3).
    assertThat(text)
        .contains("Found is 7.00 points more accurate than uniform widths (91.00 ± 1.00 %), which")
        .contains("which is beyond noise: the 95 % interval is +4.73 to +9.27 points.")
        .contains("It takes 50.0 % fewer MACs and has 47.2 % fewer parameters.");
  }

  @Test
  void aSmallDifferenceIsWithinNoise() {
    String text = text(found(0.97, 0.98, 0.99), uniform(0.98, 0.985, 0.99));

    assertThat(text)
        .contains("Found is 0.50 points less accurate than")
        .contains("which is within noise: the 95 % interval is −")
        .contains(" to +");
  }

  @Test
  void twoSeedsCannotTell() {
    assertThat(text(found(0.98, 0.99), uniform(0.5, 0.51)))
        .contains("; with two seeds it cannot be told whether that is more than noise.")
        .contains("(retrainings: 3 or more)")
        .doesNotContain("interval is");
    assertThat(text(found(0.98), uniform(0.5)))
        .contains("; with one seed it cannot be told whether that is more than noise.");
    assertThat(text(found(0.98, 0.98, 0.98), uniform(0.5, 0.5, 0.5)))
        .contains("as no seed differs from another, noise cannot be told");
  }

  @Test
  void whichSeedIsHandedOverIsSaidWithItsReason() {
    assertThat(text(found(0.97, 0.98), uniform(0.9, 0.9)))
        .contains(
            "Handed over is training 1 of found, of 2 seeds the best on the validation part (88.00 %;")
        .contains("the others 87.00 %). The test part, where it has 98.00 %, had no say.");
    assertThat(text(found(0.97), uniform(0.9)))
        .contains("Handed over is the only training of found: its accuracy");
  }

  @Test
  void everyRoleHasARowAndDataSetsAreNotMixed() {
    List<SearchOutcome.Judged> judged = new ArrayList<>();
    judged.addAll(networks("found", "a", 4, 0.9));
    judged.addAll(networks("found", "b", 4, 0.8));
    judged.addAll(networks("uniform widths", "a", 8, 0.7));
    judged.addAll(networks("uniform widths", "b", 8, 0.6));

    List<Section> sections = new Verdict(RoleFigures.of(judged), List.of()).sections();

    Table table =
        sections.stream()
            .filter(Table.class::isInstance)
            .map(Table.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(table.rows())
        .extracting(row -> row.get(0) + " " + row.get(3))
        .containsExactly(
            "found on a ",
            "uniform widths on a +20.00",
            "found on b ",
            "uniform widths on b +20.00");
    assertThat(words(sections)).contains("Found on a is 20.00 points", "Found on b is 20.00");
  }

  @Test
  void budgetsAreNotMixedAndMakeAParetoFront() {
    SearchOutcome.Judged dear = JudgedNetworks.of("found", 0, "", 8, 0.9);
    SearchOutcome.Judged cheap =
        JudgedNetworks.within("5 MACs", JudgedNetworks.of("found", 0, "", 4, 0.8));
    SearchOutcome.Judged worse =
        JudgedNetworks.within("6 MACs", JudgedNetworks.of("found", 0, "", 6, 0.7));
    SearchOutcome.Judged baseline =
        JudgedNetworks.within("5 MACs", JudgedNetworks.of("uniform widths", 0, "", 4, 0.6));
    List<SearchOutcome.Judged> judged = List.of(dear, cheap, baseline, worse);

    List<Section> sections =
        new Verdict(RoleFigures.of(judged), List.of(dear, cheap, worse)).sections();

    assertThat(words(sections))
        .contains("Found within 5 MACs is 20.00 points more accurate than uniform widths");
    Chart chart =
        sections.stream()
            .filter(Chart.class::isInstance)
            .map(Chart.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(chart.lines())
        .extracting(Chart.Line::name)
        .containsExactly("found", "uniform widths", "Pareto front");
    assertThat(chart.lines().get(2).points())
        .extracting(Chart.Point::name)
        .containsExactly("found within 5 MACs", "found");
  }

  @Test
  void foldersOfModelsAreNamedByTheirBudgets() {
    SearchOutcome.Judged judged =
        JudgedNetworks.within(
            "100,000 MACs and 5,000 parameters", JudgedNetworks.of("found", 0, "", 4, 0.8));

    assertThat(new SearchOutcome.Exported(judged, null).folder())
        .isEqualTo("found-within-100000-macs-and-5000-parameters");
  }

  @Test
  void withoutANetworkThereIsNoVerdict() {
    assertThat(new Verdict(List.of(), List.of()).sections()).isEmpty();
    assertThat(new Verdict(List.of(), List.of()).lead()).isEmpty();
  }

  private static String text(
      List<SearchOutcome.Judged> found, List<SearchOutcome.Judged> baseline) {
    List<SearchOutcome.Judged> judged = new ArrayList<>(found);
    judged.addAll(baseline);
    SearchOutcome.Judged best = found.get(found.size() - 1);
    Verdict verdict = new Verdict(RoleFigures.of(judged), List.of(best));
    assertThat(verdict.lead().orElseThrow())
        .startsWith("The network found recognises " + RoleFigures.of(found).get(0).testAccuracy())
        .contains(" of the 100 test images")
        .endsWith("2,344 multiply-accumulates an image and 94 parameters.");
    return words(verdict.sections());
  }

  private static String words(List<Section> sections) {
    return sections.stream()
        .filter(Text.class::isInstance)
        .map(section -> ((Text) section).text())
        .collect(Collectors.joining("\n"));
  }

  private static List<SearchOutcome.Judged> found(double... accuracies) {
    return networks("found", "", 4, accuracies);
  }

  private static List<SearchOutcome.Judged> uniform(double... accuracies) {
    return networks("uniform widths", "", 8, accuracies);
  }

  private static List<SearchOutcome.Judged> networks(
      String role, String data, int width, double... accuracies) {
    List<SearchOutcome.Judged> networks = new ArrayList<>();
    for (double accuracy : accuracies) {
      networks.add(JudgedNetworks.of(role, networks.size(), data, width, accuracy));
    }
    return networks;
  }
}
