package org.espalier.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.job.DataPart;
import org.espalier.job.StoredModel;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import org.espalier.training.ConfusionMatrix;
import org.espalier.training.Evaluation;
import org.espalier.training.EvaluationResult;
import picocli.CommandLine.Command;
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
    StoredModel model = StoredModel.open(run);
    DataPart judged =
        data == null ? model.own(part == null ? StoredModel.Part.TEST : part) : model.other(data);
    EvaluationResult result = model.evaluate(judged, evaluation);
    PrintWriter out = surroundings.out();
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
    return ExitCode.DONE;
  }
}
