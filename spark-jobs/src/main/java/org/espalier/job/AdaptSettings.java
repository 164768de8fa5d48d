package org.espalier.job;

import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;
import org.espalier.data.format.DatasetSettings;
import org.espalier.settings.Checks;
import org.espalier.settings.Place;
import org.espalier.settings.Range;
import org.espalier.settings.Required;
import org.espalier.training.Evaluation;
import org.espalier.training.Optimiser;
import org.espalier.training.TrainingSettings;

/**
 * Configuration of {@code espalier adapt}.
 *
 * @param seed of all randomness; default 1
 * @param model a finished run of meta search, as a URI of any Hadoop file system or a local path;
 *     required
 * @param data the new task: images of a size that the model has learned from; required
 * @param split into training, validation and test; default its defaults
 * @param family of the model that the new data are like, which gives the budget; default empty, the
 *     first whose images have the size of these
 * @param budget of the network; default that of the family
 * @param shots training images of each class that the task is described by and that the network
 *     first adapts to, at most 500 in all; default 5
 * @param training how the network is then fine-tuned, and trained from scratch to compare; default
 *     20 epochs of batches of 32 at a rate of 0.05
 * @param mostWork multiply-accumulates that fine-tuning may take, for which there are fewer epochs
 *     if need be; 0 for any number; default 40,000,000,000, which is about a quarter of a minute of
 *     one processor
 * @param evaluation on the test part; default its defaults
 * @param export of the network; default its defaults
 */
public record AdaptSettings(
    Long seed,
    @Required(value = "a run of meta search", example = "runs/meta-omniglot") @Place String model,
    @Required("the new task") DatasetSettings data,
    SplitSettings split,
    String family,
    Budget budget,
    @Range(min = 1, max = 500) Integer shots,
    TrainingSettings training,
    @Range(min = 0) Long mostWork,
    Evaluation evaluation,
    ExportSettings export) {
  /** Images that describe a task, over all classes. */
  static final int MOST_SHOTS = 500;

  public AdaptSettings {
    seed = Checks.given(seed, 1L);
    Checks.notBlank("model", model);
    Checks.present("data", data);
    split = Checks.given(split, SplitSettings.STANDARD);
    family = Checks.given(family, "");
    shots = Checks.given(shots, 5);
    training =
        Checks.given(
            training,
            TrainingSettings.defaults()
                .withEpochs(20)
                .withBatchSize(32)
                .withOptimiser(new Optimiser.Sgd(0.05, null)));
    mostWork = Checks.given(mostWork, 40_000_000_000L);
    evaluation = Checks.given(evaluation, Evaluation.standard());
    export = Checks.given(export, ExportSettings.STANDARD);
    Checks.ranges(
        AdaptSettings.class,
        seed,
        model,
        data,
        split,
        family,
        budget,
        shots,
        training,
        mostWork,
        evaluation,
        export);
  }

  /** Every default for a new task. */
  public static AdaptSettings of(String model, DatasetSettings data) {
    return new AdaptSettings(null, model, data, null, null, null, null, null, null, null, null);
  }

  /** The same with a family of the model. */
  public AdaptSettings withFamily(String name) {
    return new AdaptSettings(
        seed, model, data, split, name, budget, shots, training, mostWork, evaluation, export);
  }

  /** The same with a budget. */
  public AdaptSettings withBudget(Budget limit) {
    return new AdaptSettings(
        seed, model, data, split, family, limit, shots, training, mostWork, evaluation, export);
  }

  /** The same with so many epochs of fine-tuning, whatever work they are. */
  public AdaptSettings withEpochs(int epochs) {
    return new AdaptSettings(
        seed,
        model,
        data,
        split,
        family,
        budget,
        shots,
        training.withEpochs(epochs),
        0L,
        evaluation,
        export);
  }
}
