package org.espalier.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.config.SettingsWriter;
import org.espalier.cost.Budget;
import org.espalier.cost.NetworkCost;
import org.espalier.meta.Adapter;
import org.espalier.meta.DomainFacts;
import org.espalier.meta.MetaModel;
import org.espalier.report.Downloads;
import org.espalier.report.Figures;
import org.espalier.report.Report;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.report.Text;
import org.espalier.report.html.HtmlReport;
import org.espalier.run.RunResult;
import org.espalier.tensor.NativeRuntime;
import org.espalier.training.EpochFigures;
import org.espalier.training.EvaluationResult;

/**
 * What adaptation to a new task came to.
 *
 * @param settings of the job
 * @param data of the task
 * @param chosen what was picked, and by what
 * @param made every network that was made, as far as its training did not run away
 * @param kept the one of them that is handed over
 * @param exported its files and proofs
 */
record AdaptResult(
    AdaptSettings settings,
    JobData data,
    Chosen chosen,
    List<Candidate> made,
    Candidate kept,
    ModelFiles.Exported exported) {
  /** After the steps of adaptation alone. */
  static final String ADAPTED = "adaptedAlone";

  /** Fine-tuned after adaptation. */
  static final String TUNED = "fineTuned";

  /** Trained from random weights, with at least as much work as adaptation and fine-tuning. */
  static final String SCRATCH = "fromScratch";

  AdaptResult {
    made = List.copyOf(made);
  }

  /**
   * What was picked, and by what.
   *
   * @param model that picked
   * @param fingerprint SHA-256 of its file
   * @param family that the task was taken to be of
   * @param budget of the network
   * @param pick the network
   * @param support images that described the task
   */
  record Chosen(
      MetaModel model,
      String fingerprint,
      DomainFacts family,
      Budget budget,
      Adapter.Pick pick,
      int support) {}

  /**
   * A network that was made.
   *
   * @param role how
   * @param network the network
   * @param validation accuracy on the validation part, in [0, 1]; empty if there is none
   * @param test on the test part
   * @param work that it took, in multiply-accumulates
   * @param history epochs of its training
   */
  record Candidate(
      String role,
      FinalNetwork network,
      Optional<Double> validation,
      EvaluationResult test,
      long work,
      List<EpochFigures> history) {
    Candidate {
      history = List.copyOf(history);
    }
  }

  /** Of a role, for people. */
  private static String name(String role) {
    return switch (role) {
      case ADAPTED -> "adapted alone";
      case TUNED -> "adapted, then fine-tuned";
      default -> "from scratch";
    };
  }

  /** The better on the validation part; of equals, and without such a part, the last. */
  static Candidate better(List<Candidate> made) {
    Candidate best = made.get(0);
    for (Candidate each : made) {
      best = each.validation().orElse(1.0) >= best.validation().orElse(1.0) ? each : best;
    }
    return best;
  }

  RunResult toRunResult(Duration wall) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("seed", settings.seed());
    outcome.put("data", data.data().fingerprint());
    outcome.put("split", data.splitFingerprint());
    outcome.put("platform", NativeRuntime.describe().line());
    outcome.put("metaModel", metaModel());
    outcome.put("budget", chosen.budget().describe());
    outcome.put("supportImages", chosen.support());
    outcome.put("kept", kept.role());
    Map<String, Object> network = Outcomes.network(kept.network(), kept.test());
    network.put("description", chosen.pick().description());
    outcome.put("network", network);
    outcome.put(
        "roles",
        made.stream().filter(each -> !each.role().equals(kept.role())).map(this::role).toList());
    outcome.put("candidates", made.stream().map(AdaptResult::figures).toList());
    return new RunResult(
        outcome,
        Outcomes.circumstances(AdaptJob.COMMAND, wall, exported.proofs(), exported.problems()));
  }

  private Map<String, Object> metaModel() {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("version", chosen.model().version());
    outcome.put("fingerprint", chosen.fingerprint());
    outcome.put("family", chosen.family().name());
    outcome.put("families", chosen.model().families().stream().map(DomainFacts::name).toList());
    return outcome;
  }

  /** As results of searches tell of baselines. */
  private Map<String, Object> role(Candidate candidate) {
    NetworkCost cost = NetworkCost.of(candidate.network().spec());
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("role", candidate.role());
    outcome.put("macs", Map.of("mean", (double) cost.macs()));
    outcome.put("parameters", Map.of("mean", (double) cost.parameters()));
    outcome.put(
        "testAccuracyPercent",
        new TreeMap<>(Map.of("mean", 100 * candidate.test().accuracy(), "deviation", 0.0)));
    outcome.put("seeds", 1);
    return outcome;
  }

  private static Map<String, Object> figures(Candidate candidate) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("role", candidate.role());
    candidate
        .validation()
        .ifPresent(share -> outcome.put("validationAccuracyPercent", 100 * share));
    outcome.put("testAccuracyPercent", 100 * candidate.test().accuracy());
    outcome.put("testLoss", candidate.test().loss());
    outcome.put("plannedWorkMacs", candidate.work());
    outcome.put("epochs", candidate.history().size());
    outcome.put("weights", candidate.network().weightsHash());
    return outcome;
  }

  private Optional<Candidate> made(String role) {
    return made.stream().filter(each -> each.role().equals(role)).findFirst();
  }

  JobSummary summary() {
    NetworkCost cost = NetworkCost.of(kept.network().spec());
    List<String> lines = new ArrayList<>();
    lines.add(
        "test accuracy %s on %s images (%s), %s parameters, %s MACs"
            .formatted(
                Amounts.percent(kept.test().accuracy()),
                Amounts.count(kept.test().examples()),
                name(kept.role()),
                Amounts.count(cost.parameters()),
                Amounts.count(cost.macs())));
    lines.add("beside it: " + beside());
    lines.add(Outcomes.proved(exported.proofs()));
    return new JobSummary(lines, exported.problems());
  }

  /** What the others came to, for people. */
  private String beside() {
    List<String> parts = new ArrayList<>();
    for (String role : List.of(ADAPTED, TUNED, SCRATCH)) {
      if (!role.equals(kept.role())) {
        parts.add(
            name(role)
                + " "
                + made(role)
                    .map(each -> Amounts.percent(each.test().accuracy()))
                    .orElse("nothing: its training ran away"));
      }
    }
    return String.join(", ", parts);
  }

  /**
   * The report as a page.
   *
   * @param result text of {@code result.json}
   */
  String report(String result, Circumstances circumstances) {
    NetworkCost cost = NetworkCost.of(kept.network().spec());
    String config = SettingsWriter.toYaml(settings);
    List<Report.Chapter> chapters = new ArrayList<>();
    chapters.add(
        new Report.Chapter("Verdict", List.of(figures(cost), comparison(), new Text(verdict()))));
    chapters.add(new Report.Chapter("Why this network", List.of(new Text(why()))));
    for (Candidate each : made) {
      if (!each.history().isEmpty()) {
        chapters.add(
            new Report.Chapter(
                "Training, " + name(each.role()), new TrainCurves(each.history()).sections()));
      }
    }
    chapters.add(ReportParts.test(kept.test(), data.data().images()));
    chapters.add(ReportParts.network(kept.network().spec()));
    chapters.add(ReportParts.exports(exported));
    chapters.add(downloads(config, result));
    chapters.add(ReportParts.origin(NamedData.of(data), AdaptJob.COMMAND, config, circumstances));
    return HtmlReport.render(
        new Report(
            "%s on %s".formatted(kept.network().spec().name(), Outcomes.dataName(settings.data())),
            "%s of the test images are recognised by a network of %s parameters that a meta-model picked."
                .formatted(
                    Amounts.percent(kept.test().accuracy()), Amounts.count(cost.parameters())),
            chapters));
  }

  private Report.Chapter downloads(String config, String result) {
    List<Downloads.Item> items = new ArrayList<>();
    items.add(
        ReportParts.embedded("config.yaml", "every default written out", "text/yaml", config));
    items.add(ReportParts.embedded("result.json", "all figures", "application/json", result));
    items.addAll(ReportParts.model(exported));
    return new Report.Chapter(
        "Downloads",
        List.of(new Downloads("Inside this page, and beside it in the run's folder", items)));
  }

  private Section figures(NetworkCost cost) {
    return new Figures(
        List.of(
            new Figures.Figure(
                "Test accuracy",
                Amounts.percent(kept.test().accuracy()),
                "%s, %s images"
                    .formatted(name(kept.role()), Amounts.count(kept.test().examples()))),
            new Figures.Figure(
                "From scratch",
                made(SCRATCH).map(each -> Amounts.percent(each.test().accuracy())).orElse("-"),
                "the same network, at least as much work"),
            new Figures.Figure(
                "Parameters", Amounts.count(cost.parameters()), Amounts.bytes(cost.bytes())),
            new Figures.Figure("MACs", Amounts.count(cost.macs()), "for one image"),
            new Figures.Figure("Work", Amounts.work(kept.work()), "of adaptation and fine-tuning"),
            new Figures.Figure("Seed", settings.seed().toString(), "one run")));
  }

  private Section comparison() {
    List<List<String>> rows =
        made.stream()
            .map(
                each ->
                    List.of(
                        name(each.role()),
                        each.validation().map(Amounts::percent).orElse("-"),
                        Amounts.percent(each.test().accuracy()),
                        Amounts.decimal(each.test().loss()),
                        Integer.toString(each.history().size()),
                        Amounts.work(each.work())))
            .toList();
    return new Table(
        "One network, made in different ways",
        List.of("weights", "validation", "test", "test loss", "epochs", "planned work"),
        rows);
  }

  private String verdict() {
    double scratch = made(SCRATCH).map(each -> each.test().accuracy()).orElse(0.0);
    double gain = kept.test().accuracy() - scratch;
    return ("What the meta-model gave is worth %s points of accuracy on %s test images over"
            + " training the same network from random weights; it was one run each, with seed"
            + " %s, so this has no spread over seeds. Which of the adapted weights are kept was"
            + " decided on the validation part.")
        .formatted(
            String.format(Locale.ROOT, "%+.2f", 100 * gain),
            Amounts.count(kept.test().examples()),
            settings.seed());
  }

  private String why() {
    return ("The meta-model (version %s, SHA-256 %s) has learned from %s. The images were taken to"
            + " be of the family '%s'. %s training images described the task; of the networks"
            + " within %s the controller found this one most probable: %s.")
        .formatted(
            chosen.model().version(),
            chosen.fingerprint(),
            chosen.model().describe(),
            chosen.family().name(),
            Amounts.count(chosen.support()),
            chosen.budget().describe(),
            chosen.pick().description());
  }
}
