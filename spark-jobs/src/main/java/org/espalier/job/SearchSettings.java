package org.espalier.job;

import java.util.Objects;
import org.espalier.data.format.DatasetSettings;
import org.espalier.search.Groups;
import org.espalier.search.random.RandomWidthSettings;
import org.espalier.training.Evaluation;

/**
 * Configuration of {@code espalier search} and {@code espalier quickstart}.
 *
 * @param seed of all randomness of search and trainings; default 1
 * @param data what to learn from; required
 * @param randomWidths random search over the widths of a network under a budget; required
 * @param groups into which each round's items are dealt; part of the result, so not taken from the
 *     cluster; default 16
 * @param reproducible whether executors that calculate differently are refused; default true
 * @param startSeconds how long to wait for the first executor, at least 1; default 60
 * @param evaluation on the test part, once for each final network; default its defaults
 * @param export of the network found; default its defaults
 */
public record SearchSettings(
    Long seed,
    DatasetSettings data,
    RandomWidthSettings randomWidths,
    Integer groups,
    Boolean reproducible,
    Integer startSeconds,
    Evaluation evaluation,
    ExportSettings export) {
  public SearchSettings {
    seed = seed == null ? 1 : seed;
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(randomWidths, "randomWidths");
    groups = groups == null ? Groups.DEFAULT : groups;
    reproducible = reproducible == null || reproducible;
    startSeconds = startSeconds == null ? 60 : startSeconds;
    evaluation = evaluation == null ? Evaluation.standard() : evaluation;
    export = export == null ? ExportSettings.STANDARD : export;
    if (groups < 1 || groups > Groups.MAX) {
      throw new IllegalArgumentException(
          "groups must be from 1 to %d, got %d".formatted(Groups.MAX, groups));
    }
    if (startSeconds < 1) {
      throw new IllegalArgumentException("startSeconds must be at least 1, got " + startSeconds);
    }
  }
}
