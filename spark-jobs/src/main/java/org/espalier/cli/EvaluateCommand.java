package org.espalier.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.job.DataPart;
import org.espalier.job.StoredModel;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import org.espalier.training.ConfusionMatrix;
import org.espalier.training.Evaluation;
import org.espalier.training.EvaluationResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Evaluates the model of a run. */
@Command(
    name = "evaluate",
    description = "Evaluate the model of a run on a part of its data, or on other data.")
final class EvaluateCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "--run", required = true, paramLabel = "URI", description = "Folder of the run.")
  private String run;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "One of several models of the run, by the name of its folder in artefacts/; default the"
              + " one in model/.")
  private String name;

  @Option(
      names = "--part",
      description = "Part of the run's data: train, validation or test; default test.")
  private StoredModel.Part part;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description =
          "Other data of the same kind, all of which are judged; beside a run on the digits that"
              + " come along, a folder of pictures by class.")
  private String data;

  @Option(names = "--top", paramLabel = "K", description = "What counts for top-k; default 5.")
  private Integer top;

  @Mixin private JsonOption json;

  EvaluateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Evaluation evaluation = new Evaluation(top, 0, null);
    NativeRuntime.start();
    if (data != null && part != null) {
      throw new InputException("give --part of the run's data, or other --data, not both");
    }
    StoredModel model = StoredModel.open(run, Optional.ofNullable(name));
    DataPart judged = data == null ? model.own(part()) : model.other(data);
    EvaluationResult result = model.evaluate(judged, evaluation);
    PrintWriter out = json.forPeople(surroundings).out();
    judged.remarks().forEach(line -> out.println("data: " + line));
    out.printf(
        Locale.ROOT,
        "accuracy %.2f %%, top-%d %.2f %%, loss %.4f on %,d images%n",
        100 * result.accuracy(),
        result.k(),
        100 * result.topK(),
        result.loss(),
        result.examples());
    List<ConfusionMatrix.ClassFigures> classes = result.perClass();
    out.println("class                 images  precision   recall       F1");
    for (int i = 0; i < classes.size(); i++) {
      ConfusionMatrix.ClassFigures figures = classes.get(i);
      out.printf(
          Locale.ROOT,
          "%-20.20s %7d  %7.2f %%  %6.2f %%  %6.2f %%%n",
          model.classes().get(i),
          figures.support(),
          100 * figures.precision(),
          100 * figures.recall(),
          100 * figures.f1());
    }
    json.print(surroundings, () -> summary(model, judged, result));
    return ExitCode.DONE;
  }

  private Map<String, Object> summary(StoredModel model, DataPart judged, EvaluationResult result) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("command", "evaluate");
    summary.put("run", run);
    if (data == null) {
      summary.put("part", part().name().toLowerCase(Locale.ROOT));
    } else {
      summary.put("data", data);
    }
    summary.put("images", result.examples());
    summary.put("accuracyPercent", 100 * result.accuracy());
    summary.put("k", result.k());
    summary.put("topKPercent", 100 * result.topK());
    summary.put("loss", result.loss());
    List<Map<String, Object>> classes = new ArrayList<>();
    for (int i = 0; i < model.classes().size(); i++) {
      ConfusionMatrix.ClassFigures figures = result.perClass().get(i);
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("name", model.classes().get(i));
      each.put("images", figures.support());
      each.put("precisionPercent", 100 * figures.precision());
      each.put("recallPercent", 100 * figures.recall());
      each.put("f1Percent", 100 * figures.f1());
      classes.add(each);
    }
    summary.put("classes", classes);
    summary.put("remarks", judged.remarks());
    return summary;
  }

  private StoredModel.Part part() {
    return part == null ? StoredModel.Part.TEST : part;
  }
}
