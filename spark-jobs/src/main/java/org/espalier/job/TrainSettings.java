package org.espalier.job;

import org.espalier.data.SplitSettings;
import org.espalier.data.format.DatasetSettings;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.Required;
import org.espalier.training.Evaluation;
import org.espalier.training.TrainingSettings;

/**
 * Configuration of {@code espalier train}.
 *
 * @param seed of all randomness of the training; default 1
 * @param data what to learn from; required
 * @param split into training, validation and test; default its defaults
 * @param network what is trained; required
 * @param training how; default its defaults
 * @param evaluation on the test part, once, at the end; default its defaults
 * @param export of the trained network; default its defaults
 * @param reproducible whether a run begun where numbers are computed differently is refused; may be
 *     changed in an unfinished run, as after an update of Java; default true
 * @param checkpointSeconds how often the run can be gone on from, at least 1; default 60
 */
public record TrainSettings(
    Long seed,
    @Required("what to learn from") DatasetSettings data,
    SplitSettings split,
    @Required("what is trained") NetworkSettings network,
    TrainingSettings training,
    Evaluation evaluation,
    ExportSettings export,
    Boolean reproducible,
    @Range(min = 1, max = Range.MANY) Integer checkpointSeconds) {
  public TrainSettings {
    seed = Checks.given(seed, 1L);
    Checks.present("data", data);
    split = Checks.given(split, SplitSettings.STANDARD);
    Checks.present("network", network);
    training = Checks.given(training, TrainingSettings.defaults());
    evaluation = Checks.given(evaluation, Evaluation.standard());
    export = Checks.given(export, ExportSettings.STANDARD);
    reproducible = Checks.given(reproducible, true);
    checkpointSeconds = Checks.given(checkpointSeconds, 60);
    Checks.ranges(
        TrainSettings.class,
        seed,
        data,
        split,
        network,
        training,
        evaluation,
        export,
        reproducible,
        checkpointSeconds);
  }
}
