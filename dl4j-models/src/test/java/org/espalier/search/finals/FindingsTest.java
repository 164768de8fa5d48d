package org.espalier.search.finals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.cost.Limit;
import org.espalier.cost.WeightBytes;
import org.espalier.report.Chart;
import org.espalier.report.Table;
import org.espalier.storage.Bytes;
import org.espalier.storage.Floats;
import org.espalier.training.TrainingSettings;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final Training.Role FOUND = new Training.Role("found", 2, true);
  private static final Candidate WIDE = Networks.candidate(4, 8);
  private static final Candidate NARROW = Networks.candidate(4, 4);
  private static final Training DONE = finished(0, WIDE, 0.75);
  private static final Training CHEAP = finished(1, NARROW, 0.5);
  private static final Training FAILED =
      Retraining.begin(7, FOUND, 2, Networks.candidate(8, 8), TrainingSettings.defaults())
          .failed("it diverged");

  @Test
  void candidatesAreDrawnOverWhatIsLimitedFirst() {
    List<Findings.Cloud> clouds =
        List.of(Findings.Cloud.of("candidates", List.of(DONE, CHEAP, FAILED)));

    Chart macs = chart(new Budget(950L, 75L, null), clouds, 1);
    Chart parameters = chart(Budget.ofParameters(75), clouds, 1);
    Chart bytes = chart(Budget.of(new Limit(new WeightBytes(4), 300.0)), clouds, 1);

    assertThat(macs.x()).isEqualTo("MACs");
    assertThat(macs.marker()).contains(new Chart.Marker(950, "budget"));
    assertThat(macs.lines())
        .extracting(Chart.Line::name)
        .containsExactly("candidates", "Pareto front");
    assertThat(macs.lines().get(0).points())
        .containsExactly(
            new Chart.Point(WIDE.macs(), 75, "found 0, [1, 4, 8]"),
            new Chart.Point(NARROW.macs(), 50, "found 1, [1, 4, 4]"));
    assertThat(parameters.x()).isEqualTo("parameters");
    assertThat(parameters.marker()).contains(new Chart.Marker(75, "budget"));
    assertThat(places(parameters.lines().get(1)))
        .containsExactly(
            new Chart.Point(NARROW.parameters(), 50), new Chart.Point(WIDE.parameters(), 75));
    assertThat(bytes.lines().get(0).points())
        .extracting(Chart.Point::x)
        .containsExactly(WIDE.parameters() / 2.0, NARROW.parameters() / 2.0);
  }

  @Test
  void cloudsThatAreComparedHaveOneFront() {
    List<Findings.Cloud> clouds =
        List.of(
            Findings.Cloud.of("one", List.of(CHEAP)), Findings.Cloud.of("other", List.of(DONE)));

    Chart alone = chart(Budget.ofParameters(75), clouds, 1);
    Chart both = chart(Budget.ofParameters(75), clouds, 2);

    assertThat(places(alone.lines().get(2)))
        .containsExactly(new Chart.Point(NARROW.parameters(), 50));
    assertThat(places(both.lines().get(2)))
        .containsExactly(
            new Chart.Point(NARROW.parameters(), 50), new Chart.Point(WIDE.parameters(), 75));
  }

  @Test
  void theChosenCandidateHasARingAroundItsPoint() {
    List<Findings.Cloud> clouds = List.of(Findings.Cloud.of("candidates", List.of(DONE, CHEAP)));

    Chart chart = Findings.overCost("c", Optional.empty(), clouds, 1, Optional.of(NARROW));

    Chart.Line rings = chart.lines().get(2);
    assertThat(rings.style()).isEqualTo(Chart.Style.RINGS);
    assertThat(places(rings)).containsExactly(new Chart.Point(NARROW.macs(), 50));
  }

  private static List<Chart.Point> places(Chart.Line line) {
    return line.points().stream().map(point -> new Chart.Point(point.x(), point.y())).toList();
  }

  private static Chart chart(Budget budget, List<Findings.Cloud> clouds, int compared) {
    return Findings.overCost("c", Optional.of(budget), clouds, compared, Optional.empty());
  }

  @Test
  void aTableSaysWhatEachTrainingCameTo() {
    Table table = Findings.table("t", List.of(DONE, FAILED));

    assertThat(table.rows())
        .containsExactly(
            List.of("found 0", "[1, 4, 8]", "" + WIDE.macs(), "" + WIDE.parameters(), "75.00"),
            List.of(
                "found 2",
                "[1, 8, 8]",
                "" + FAILED.candidate().macs(),
                "" + FAILED.candidate().parameters(),
                "it diverged"));
  }

  @Test
  void everySeedHasACurveWithAPointAnEpoch() {
    Chart chart = Findings.curves("c", List.of(DONE, CHEAP, FAILED));

    assertThat(places(chart.lines().get(0)))
        .containsExactly(new Chart.Point(1, 25), new Chart.Point(2, 75));
    assertThat(chart.lines().get(1).points())
        .extracting(Chart.Point::name)
        .containsExactly("found 1", "found 1");
    assertThat(chart.lines().get(2).points()).isEmpty();
    assertThat(chart.lines()).extracting(Chart.Line::name).containsOnly("found");
  }

  @Test
  void theAxisOfCurvesBeginsAfterTheirRise() {
    List<Double> accuracies = List.of(0.1, 0.3, 0.8, 0.9, 0.88, 0.91, 0.92, 0.92, 0.93, 0.93);
    Training.Trained trained = new Training.Trained(0.93, 1, Floats.EMPTY, Floats.EMPTY);
    Training ten =
        Retraining.begin(7, FOUND, 0, WIDE, TrainingSettings.defaults())
            .after(new Training.Standing(12, true, Bytes.EMPTY, accuracies, trained));

    assertThat(Findings.curves("c", List.of(ten)).floor()).hasValue(80);
    assertThat(Findings.curves("c", List.of(FAILED)).floor()).isEmpty();
  }

  private static Training finished(int number, Candidate candidate, double accuracy) {
    Training.Trained trained = new Training.Trained(accuracy, 1, Floats.EMPTY, Floats.EMPTY);
    return Retraining.begin(7, FOUND, number, candidate, TrainingSettings.defaults())
        .after(new Training.Standing(12, true, Bytes.EMPTY, List.of(0.25, accuracy), trained));
  }
}
