package org.espalier.job;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.espalier.config.SettingsWriter;
import org.espalier.cost.NetworkCost;
import org.espalier.report.Chart;
import org.espalier.report.Figures;
import org.espalier.report.Report;
import org.espalier.report.Section;
import org.espalier.report.html.HtmlReport;
import org.espalier.run.RunResult;
import org.espalier.tensor.NativeRuntime;
import org.espalier.training.EpochFigures;
import org.espalier.training.EvaluationResult;
import org.espalier.training.Score;

/**
 * What a training came to.
 *
 * @param settings of the job
 * @param data it learned from
 * @param network what it made
 * @param history its epochs
 * @param test how good it is
 * @param exported its files and proofs
 */
record TrainResult(
    TrainSettings settings,
    JobData data,
    FinalNetwork network,
    List<EpochFigures> history,
    EvaluationResult test,
    ModelFiles.Exported exported) {

  RunResult toRunResult(long work, Duration wall) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("command", "train");
    outcome.put("seed", settings.seed());
    outcome.put("data", data.data().fingerprint());
    outcome.put("split", data.splitFingerprint());
    outcome.put("platform", NativeRuntime.describe().line());
    outcome.put("epochs", history.size());
    outcome.put("plannedWorkMacs", work);
    outcome.put("network", Outcomes.network(network, test));
    return new RunResult(
        outcome, Outcomes.circumstances(wall, exported.proofs(), exported.problems()));
  }

  JobSummary summary() {
    NetworkCost cost = NetworkCost.of(network.spec());
    return new JobSummary(
        List.of(
            "test accuracy %s on %s images, %s parameters, %s MACs"
                .formatted(
                    Amounts.percent(test.accuracy()),
                    Amounts.count(test.examples()),
                    Amounts.count(cost.parameters()),
                    Amounts.count(cost.macs())),
            Outcomes.proved(exported.proofs())),
        exported.problems());
  }

  String report(long work) {
    NetworkCost cost = NetworkCost.of(network.spec());
    return HtmlReport.render(
        new Report(
            "%s on %s".formatted(network.spec().name(), Outcomes.dataName(settings.data())),
            "%s of the test images are recognised by a network of %s parameters."
                .formatted(Amounts.percent(test.accuracy()), Amounts.count(cost.parameters())),
            List.of(
                new Report.Chapter("Result", List.of(figures(cost, work))),
                new Report.Chapter("Training", curves()),
                ReportParts.test(test, data.data().images()),
                ReportParts.network(network.spec()),
                ReportParts.exports(exported),
                ReportParts.origin(NamedData.of(data), "train", SettingsWriter.toYaml(settings)))));
  }

  private Section figures(NetworkCost cost, long work) {
    return new Figures(
        List.of(
            new Figures.Figure(
                "Test accuracy",
                Amounts.percent(test.accuracy()),
                "top-%s %s, %s images"
                    .formatted(
                        test.k(), Amounts.percent(test.topK()), Amounts.count(test.examples()))),
            new Figures.Figure("Test loss", Amounts.decimal(test.loss()), "nats an image"),
            new Figures.Figure(
                "Parameters", Amounts.count(cost.parameters()), Amounts.bytes(cost.bytes())),
            new Figures.Figure("MACs", Amounts.count(cost.macs()), "for one image"),
            new Figures.Figure("Planned work", Amounts.work(work), history.size() + " epochs done"),
            new Figures.Figure("Seed", settings.seed().toString(), "no search; one training")));
  }

  private List<Section> curves() {
    return List.of(
        new Chart(
            "Loss",
            "epoch",
            "nats an image",
            List.of(
                line("training", figures -> figures.training().loss()),
                line("validation", validation(Score::loss)))),
        new Chart(
            "Accuracy",
            "epoch",
            "percent",
            List.of(
                line("training", figures -> 100 * figures.training().accuracy()),
                line("validation", validation(score -> 100 * score.accuracy())))),
        new Chart(
            "Learning rate",
            "epoch",
            "at the epoch's end",
            List.of(line("learning rate", EpochFigures::learningRate))));
  }

  private Chart.Line line(String name, ToDoubleFunction<EpochFigures> value) {
    return new Chart.Line(
        name,
        history.stream()
            .map(figures -> new Chart.Point(figures.epoch(), value.applyAsDouble(figures)))
            .toList(),
        Chart.Style.CURVE);
  }

  // Without a validation part there is no number, and a point without one is not drawn.
  private static ToDoubleFunction<EpochFigures> validation(ToDoubleFunction<Score> value) {
    return figures -> figures.validation().map(value::applyAsDouble).orElse(Double.NaN);
  }
}
