package org.espalier.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.job.StoppedException;
import org.espalier.job.StoredMetaModel;
import org.espalier.meta.FamilyScore;
import org.espalier.meta.MetaEvaluation;
import org.espalier.task.MetaPart;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges what a run of meta search has learned. */
@Command(
    name = "meta-evaluate",
    description =
        "Judge what a run of meta search has learned by new tasks of classes that it has not"
            + " learned from, with 95 %% intervals.")
final class MetaEvaluateCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "URI",
      description = "Folder of a finished run of meta search.")
  private String model;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "Where the data of the run are now, if they were moved.")
  private String data;

  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "test",
      description = "Whose classes are drawn: test or validation; default ${DEFAULT-VALUE}.")
  private MetaPart part;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "600",
      description = "Tasks of each data set, at least 2; default ${DEFAULT-VALUE}.")
  private int tasks;

  @Option(
      names = "--ways",
      paramLabel = "N",
      description = "Classes of a task; default as in the run.")
  private Integer ways;

  @Option(
      names = "--shots",
      paramLabel = "N",
      description = "Examples of each class to learn from; default as in the run.")
  private Integer shots;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of the tasks, which are others than those of the run whatever the seed; default"
              + " ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private JsonOption json;

  MetaEvaluateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (part == MetaPart.TRAIN) {
      throw new InputException(
          "--part is test or validation: the model was learned from the classes of train");
    }
    if (tasks < 2) {
      throw new InputException("--tasks must be at least 2, got " + tasks);
    }
    NativeRuntime.start();
    MetaEvaluation evaluation =
        new MetaEvaluation(
            part, tasks, Optional.ofNullable(ways), Optional.ofNullable(shots), seed);
    Surroundings people = json.forPeople(surroundings);
    List<FamilyScore> scores = judge(people, evaluation);
    PrintWriter out = people.out();
    for (FamilyScore each : scores) {
      out.printf(
          Locale.ROOT,
          "%s: %.2f ± %.2f %% (95 %% interval) on %,d tasks of %d classes with %d examples each,"
              + " networks of %,.0f MACs%n",
          each.family(),
          100 * each.mean(),
          100 * each.interval(),
          each.tasks(),
          each.ways(),
          each.shots(),
          each.macs());
    }
    json.print(surroundings, () -> summary(scores));
    return ExitCode.DONE;
  }

  private List<FamilyScore> judge(Surroundings people, MetaEvaluation evaluation) {
    StoredMetaModel stored = StoredMetaModel.open(model);
    try (Terminal terminal = new Terminal(people)) {
      return stored.evaluate(
          evaluation,
          Optional.ofNullable(data),
          share -> {
            terminal.progress(share, "adapting to tasks");
            if (terminal.stopRequested()) {
              throw new StoppedException("stopped before the last task");
            }
          });
    }
  }

  private Map<String, Object> summary(List<FamilyScore> scores) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("command", "meta-evaluate");
    summary.put("model", model);
    summary.put("part", part.name().toLowerCase(Locale.ROOT));
    summary.put("seed", seed);
    summary.put("families", scores.stream().map(MetaEvaluateCommand::summary).toList());
    return summary;
  }

  private static Map<String, Object> summary(FamilyScore score) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("name", score.family());
    summary.put("tasks", score.tasks());
    summary.put("ways", score.ways());
    summary.put("shots", score.shots());
    summary.put("scorePercent", 100 * score.mean());
    summary.put("intervalPercent", 100 * score.interval());
    summary.put("macs", score.macs());
    return summary;
  }
}
