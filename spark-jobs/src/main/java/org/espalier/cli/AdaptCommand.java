package org.espalier.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.config.ConfigSource;
import org.espalier.config.SettingsWriter;
import org.espalier.cost.Budget;
import org.espalier.data.format.DatasetSettings;
import org.espalier.job.AdaptJob;
import org.espalier.job.AdaptSettings;
import org.espalier.job.StoredMetaModel;
import org.espalier.network.ImageShape;
import org.espalier.text.InputException;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a network for a new task by what meta search has learned. */
@Command(
    name = "adapt",
    description =
        "Make a network for new images by what a run of meta search has learned: pick it within a"
            + " budget, adapt its weights, fine-tune, compare with training from scratch, export"
            + " with proof, report.")
final class AdaptCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @ArgGroup(exclusive = false)
  private NewTask task;

  @Mixin private RunOptions options;

  private AdaptCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What a configuration says otherwise. */
  static final class NewTask {
    @Option(
        names = "--model",
        required = true,
        paramLabel = "URI",
        description = "Folder of a finished run of meta search.")
    private String model;

    @Option(
        names = "--data",
        required = true,
        paramLabel = "PATH",
        description =
            "Folder of pictures, one folder a class; they are scaled to the size that the model"
                + " knows. Other formats, and the split, by --config.")
    private String data;

    @Option(
        names = "--family",
        paramLabel = "NAME",
        description =
            "Data set of the model that the pictures are like; default the first with images of"
                + " their size.")
    private String family = "";

    @Option(
        names = "--budget-macs",
        paramLabel = "N",
        description = "The most multiply-accumulates of an image; default the family's budget.")
    private long macs;

    @Option(
        names = "--budget-parameters",
        paramLabel = "N",
        description = "The most learned values; default the family's budget.")
    private long parameters;

    @Option(
        names = "--epochs",
        paramLabel = "N",
        description =
            "Epochs of fine-tuning; default at most 20, fewer where they would take longer than"
                + " about a quarter of a minute.")
    private Integer epochs;

    private ConfigSource config() {
      ImageShape images = StoredMetaModel.open(model).model().shape(family);
      AdaptSettings settings =
          AdaptSettings.of(
                  model,
                  new DatasetSettings.Folder(
                      data, images.height(), images.width(), images.channels(), null, null))
              .withFamily(family);
      if (macs != 0 || parameters != 0) {
        settings = settings.withBudget(new Budget(macs, parameters, null));
      }
      if (epochs != null) {
        settings = settings.withEpochs(epochs);
      }
      return new ConfigSource("adapt", SettingsWriter.toYaml(settings));
    }
  }

  /** The command, without the options that act on Spark alone. */
  static CommandLine line(Surroundings surroundings) {
    return RunOptions.withoutSpark(new CommandLine(new AdaptCommand(surroundings)));
  }

  @Override
  public Integer call() {
    options.refuseSpark();
    Master.requireLocal(options.master());
    if ((task == null) == options.config().isEmpty()) {
      throw new InputException("give --model and --data, or a --config that names both");
    }
    return new RunStarter(surroundings, options, "adapt")
        .start(AdaptSettings.class, Optional.ofNullable(task).map(NewTask::config), AdaptJob::new);
  }
}
