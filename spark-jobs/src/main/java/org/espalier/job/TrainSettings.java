package org.espalier.job;

import java.util.Objects;
import org.espalier.data.SplitSettings;
import org.espalier.data.format.DatasetSettings;
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
 * @param reproducible whether a run begun where numbers are computed differently is refused;
 *     default true
 * @param checkpointSeconds how often the run can be gone on from, at least 1; default 60
 */
public record TrainSettings(
    Long seed,
    DatasetSettings data,
    SplitSettings split,
    NetworkSettings network,
    TrainingSettings training,
    Evaluation evaluation,
    ExportSettings export,
    Boolean reproducible,
    Integer checkpointSeconds) {
  public TrainSettings {
    seed = seed == null ? 1 : seed;
    Objects.requireNonNull(data, "data");
    split = split == null ? SplitSettings.STANDARD : split;
    Objects.requireNonNull(network, "network");
    training = training == null ? TrainingSettings.defaults() : training;
    evaluation = evaluation == null ? Evaluation.standard() : evaluation;
    export = export == null ? ExportSettings.STANDARD : export;
    reproducible = reproducible == null || reproducible;
    checkpointSeconds = checkpointSeconds == null ? 60 : checkpointSeconds;
    if (checkpointSeconds < 1) {
      throw new IllegalArgumentException(
          "checkpointSeconds must be at least 1, got " + checkpointSeconds);
    }
  }
}
