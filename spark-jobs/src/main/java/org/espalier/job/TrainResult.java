package org.espalier.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.config.SettingsWriter;
import org.espalier.cost.NetworkCost;
import org.espalier.network.NetworkSpec;
import org.espalier.report.Downloads;
import org.espalier.report.Figures;
import org.espalier.report.Report;
import org.espalier.report.Section;
import org.espalier.report.Text;
import org.espalier.report.html.HtmlReport;
import org.espalier.run.RunResult;
import org.espalier.tensor.NativeRuntime;
import org.espalier.training.EpochFigures;
import org.espalier.training.EvaluationResult;

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
    outcome.put("seed", settings.seed());
    outcome.put("data", data.data().fingerprint());
    outcome.put("split", data.splitFingerprint());
    outcome.put("platform", NativeRuntime.describe().line());
    outcome.put("epochs", history.size());
    outcome.put("plannedWorkMacs", work);
    outcome.put("network", Outcomes.network(network, test));
    return new RunResult(
        outcome, Outcomes.circumstances("train", wall, exported.proofs(), exported.problems()));
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

  /**
   * The report as a page.
   *
   * @param result text of {@code result.json}
   */
  String report(long work, String result, Circumstances circumstances) {
    NetworkCost cost = NetworkCost.of(network.spec());
    String config = SettingsWriter.toYaml(settings);
    List<Downloads.Item> downloads = new ArrayList<>();
    downloads.add(
        ReportParts.embedded("config.yaml", "every default written out", "text/yaml", config));
    downloads.add(ReportParts.embedded("result.json", "all figures", "application/json", result));
    downloads.addAll(ReportParts.model(exported));
    return HtmlReport.render(
        new Report(
            title(settings, network.spec()),
            "%s of the test images are recognised by a network of %s parameters."
                .formatted(Amounts.percent(test.accuracy()), Amounts.count(cost.parameters())),
            List.of(
                new Report.Chapter("Verdict", List.of(figures(cost, work), new Text(verdict()))),
                new Report.Chapter("Training", new TrainCurves(history).sections()),
                ReportParts.test(test, data.data().images()),
                ReportParts.network(network.spec()),
                ReportParts.exports(exported),
                new Report.Chapter(
                    "Downloads",
                    List.of(
                        new Downloads(
                            "Inside this page, and beside it in the run's folder", downloads))),
                ReportParts.origin(NamedData.of(data), "train", config, circumstances))));
  }

  /** Of the page. */
  static String title(TrainSettings settings, NetworkSpec network) {
    return "%s on %s".formatted(network.name(), Outcomes.dataName(settings.data()));
  }

  /** E. B. Wilson's interval of 95 %, JASA 22, 1927, for a share of so many images. */
  private String verdict() {
    double z = 1.96;
    double n = test.examples();
    double share = test.accuracy();
    double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
    double half =
        z / (1 + z * z / n) * StrictMath.sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return ("One network was trained once, with seed %s, so there is nothing to compare it with and"
            + " no spread over seeds. As far as %s test images tell, it recognises between %s and"
            + " %s of such images (Wilson's interval of 95 %%).")
        .formatted(
            settings.seed(),
            Amounts.count(test.examples()),
            Amounts.percent(middle - half),
            Amounts.percent(middle + half));
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
}
