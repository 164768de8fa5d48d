package org.espalier.job;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.espalier.cost.LayerCost;
import org.espalier.cost.NetworkCost;
import org.espalier.data.ImageDataset;
import org.espalier.export.ExportProof;
import org.espalier.network.NetworkSpec;
import org.espalier.report.Code;
import org.espalier.report.Confusion;
import org.espalier.report.Downloads;
import org.espalier.report.Drawing;
import org.espalier.report.Folded;
import org.espalier.report.Picture;
import org.espalier.report.Pictures;
import org.espalier.report.Report;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.report.Text;
import org.espalier.storage.Bytes;
import org.espalier.training.ConfusionMatrix;
import org.espalier.training.EvaluationResult;

/** The chapters that reports of several jobs share. */
final class ReportParts {
  private static final int PICTURED = 20;
  private static final int MOST_DRAWN = 30;

  private ReportParts() {}

  /** Confusion, classes and mistakes on the test part. */
  static Report.Chapter test(EvaluationResult test, ImageDataset images) {
    List<String> classes = images.classes();
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Text(
            "The test part was used once, after all choices had been made: %s of %s images right."
                .formatted(
                    Amounts.count(Math.round(test.accuracy() * test.examples())),
                    Amounts.count(test.examples()))));
    if (classes.size() <= MOST_DRAWN) {
      sections.add(new Confusion("Confusion", classes, counts(test.confusion())));
    } else {
      sections.add(frequent(test.confusion(), classes));
    }
    sections.add(new Folded("Figures by class", List.of(perClass(test, classes))));
    List<Picture> pictures =
        test.mistakes().stream().limit(PICTURED).map(mistake -> picture(mistake, images)).toList();
    sections.add(
        pictures.isEmpty()
            ? new Text("No mistakes were made on the test part.")
            : new Pictures("Mistakes made with the greatest confidence", pictures));
    return new Report.Chapter("Test", sections);
  }

  /** A drawing and a cost table. */
  static Report.Chapter network(NetworkSpec spec) {
    NetworkCost cost = NetworkCost.of(spec);
    List<List<String>> rows = new ArrayList<>();
    for (LayerCost layer : cost.layers()) {
      if (layer.macs() > 0 || layer.parameters() > 0) {
        rows.add(
            row(layer.name(), layer.macs(), layer.parameters(), layer.activationBytes(), cost));
      }
    }
    rows.add(row("total", cost.macs(), cost.parameters(), cost.peakActivationBytes(), cost));
    return new Report.Chapter(
        "Network",
        List.of(
            new Folded("Drawing", List.of(new Drawing(spec.name(), spec))),
            new Folded(
                "Costs by layer",
                List.of(
                    new Table(
                        "Cost of one image; the total of memory is its peak",
                        List.of("layer", "MACs", "share", "parameters", "bytes of features held"),
                        rows)))));
  }

  /** Proofs of the exports. */
  static Report.Chapter exports(ModelFiles.Exported exported) {
    List<ExportProof> proofs = exported.proofs();
    List<List<String>> rows =
        proofs.stream()
            .map(
                proof ->
                    List.of(
                        proof.format().name(),
                        proof.runtime(),
                        Amounts.count(proof.images()),
                        String.format(Locale.ROOT, "%.2e", proof.largestDifference()),
                        String.format(Locale.ROOT, "%.1e", proof.tolerance()),
                        Amounts.percent((double) proof.agreeing() / proof.images())))
            .toList();
    return new Report.Chapter(
        "Exports",
        List.of(
            new Text(
                "Each exported file takes plain pixels; it was run on test images and compared with"
                    + " our own outputs."
                    + exported.problems().stream()
                        .map(" Not written: %s."::formatted)
                        .collect(Collectors.joining())),
            new Table(
                "Proof",
                List.of(
                    "format",
                    "run by",
                    "images",
                    "largest difference of a logit",
                    "explained by rounding",
                    "same class"),
                rows)));
  }

  /**
   * Data, configuration and what ran.
   *
   * @param command of the program
   * @param config resolved
   */
  static Report.Chapter origin(
      NamedData data, String command, String config, Circumstances circumstances) {
    return new Report.Chapter(
        "How to repeat this",
        List.of(
            new Text(String.join("; ", data.describe()) + "."),
            new Code(
                "Command, with the configuration below",
                "submit/espalier %s --config config.yaml --output runs/again".formatted(command)),
            new Folded(
                "Configuration, every default written out",
                List.of(new Code("config.yaml", config))),
            new Folded(
                "Program, machine and data",
                List.of(
                    new Table("Made by", List.of("what", "which"), circumstances.rows(), 2),
                    new Table("Fingerprints", List.of("of", "SHA-256"), fingerprints(data))))));
  }

  /** A file of text that the page carries. */
  static Downloads.Embedded embedded(String name, String note, String mediaType, String text) {
    return new Downloads.Embedded(
        name, note, mediaType, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The files of a model, beside the page. */
  static List<Downloads.Item> model(ModelFiles.Exported model) {
    List<Downloads.Item> items = new ArrayList<>();
    model
        .files()
        .forEach(
            (name, content) ->
                items.add(new Downloads.Beside("model/" + name, Amounts.bytes(content.length))));
    return items;
  }

  /** What marks a page of a run that is not finished. */
  static String unfinished(double share, String phase, Circumstances circumstances) {
    return String.format(
        Locale.ROOT,
        "This run is not finished. %.0f %% of the planned work was done at %s (%s). The page is"
            + " written anew with every checkpoint: reload it. If the date stays as it is, the run"
            + " was stopped, and the same command goes on with it.",
        100 * share,
        circumstances.date(),
        phase);
  }

  private static List<List<String>> fingerprints(NamedData data) {
    List<List<String>> rows = new ArrayList<>();
    for (JobData each : data.sets()) {
      String name = data.several() ? " of " + each.name() : "";
      rows.add(List.of("data" + name, each.fingerprint()));
      rows.add(List.of("split" + name, each.splitFingerprint()));
    }
    return rows;
  }

  private static List<List<Long>> counts(ConfusionMatrix confusion) {
    return confusion.counts().stream()
        .map(row -> row.stream().map(Integer::longValue).toList())
        .toList();
  }

  private static Section frequent(ConfusionMatrix confusion, List<String> classes) {
    record Pair(int actual, int predicted, int count) {}
    List<Pair> pairs = new ArrayList<>();
    for (int actual = 0; actual < classes.size(); actual++) {
      for (int predicted = 0; predicted < classes.size(); predicted++) {
        if (actual != predicted && confusion.count(actual, predicted) > 0) {
          pairs.add(new Pair(actual, predicted, confusion.count(actual, predicted)));
        }
      }
    }
    pairs.sort((a, b) -> Integer.compare(b.count(), a.count()));
    List<List<String>> rows =
        pairs.stream()
            .limit(MOST_DRAWN)
            .map(
                pair ->
                    List.of(
                        classes.get(pair.actual()),
                        classes.get(pair.predicted()),
                        Amounts.count(pair.count())))
            .toList();
    return new Table("Most frequent confusions", List.of("true class", "answer", "images"), rows);
  }

  private static Section perClass(EvaluationResult test, List<String> classes) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      ConfusionMatrix.ClassFigures figures = test.perClass().get(i);
      rows.add(
          List.of(
              classes.get(i),
              Amounts.count(figures.support()),
              Amounts.percent(figures.precision()),
              Amounts.percent(figures.recall()),
              Amounts.percent(figures.f1())));
    }
    return new Table("By class", List.of("class", "images", "precision", "recall", "F1"), rows);
  }

  private static Picture picture(EvaluationResult.Mistake mistake, ImageDataset images) {
    return Picture.of(
        images.shape(),
        images.image(mistake.example()),
        images.maxValue(),
        String.format(
            Locale.ROOT,
            "%s taken for %s, %.0f\u00a0%% sure (image\u00a0%d)",
            images.classes().get(mistake.actual()),
            images.classes().get(mistake.predicted()),
            100 * mistake.confidence(),
            mistake.example()));
  }

  private static List<String> row(
      String name, long macs, long parameters, long bytes, NetworkCost cost) {
    return List.of(
        name,
        Amounts.count(macs),
        Amounts.percent((double) macs / cost.macs()),
        Amounts.count(parameters),
        Amounts.count(bytes));
  }
}
