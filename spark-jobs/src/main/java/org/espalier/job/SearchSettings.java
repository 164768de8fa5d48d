package org.espalier.job;

import java.util.Objects;
import java.util.stream.Stream;
import org.espalier.data.format.DatasetSettings;
import org.espalier.search.random.RandomWidthSettings;
import org.espalier.search.rounds.Groups;
import org.espalier.search.width.AffineSharingSettings;
import org.espalier.text.InputException;
import org.espalier.training.Evaluation;

/**
 * Configuration of {@code espalier search}, {@code espalier width} and {@code espalier quickstart}:
 * one section says which method searches.
 *
 * @param seed of all randomness of search and trainings; default 1
 * @param data what to learn from; required
 * @param randomWidths random search over the widths of a network under a budget
 * @param affineSharing search over the widths of a network under a budget with shared weights
 * @param groups into which each round's items are dealt; part of the result, so not taken from the
 *     cluster; default 16
 * @param reproducible whether executors that calculate differently are refused; default true
 * @param startSeconds how long to wait for the first executor, at least 1; default 60
 * @param sharedFileSystem whether every machine of the cluster has this one's files under the same
 *     paths, so that paths without a scheme may be given with a master elsewhere; default false
 * @param evaluation on the test part, once for each final network; default its defaults
 * @param export of the network found; default its defaults
 */
public record SearchSettings(
    Long seed,
    DatasetSettings data,
    RandomWidthSettings randomWidths,
    AffineSharingSettings affineSharing,
    Integer groups,
    Boolean reproducible,
    Integer startSeconds,
    Boolean sharedFileSystem,
    Evaluation evaluation,
    ExportSettings export)
    implements ClusterSettings {
  public SearchSettings {
    seed = seed == null ? 1 : seed;
    Objects.requireNonNull(data, "data");
    checkMethod(randomWidths, affineSharing);
    groups = groups == null ? Groups.DEFAULT : groups;
    reproducible = reproducible == null || reproducible;
    startSeconds = startSeconds == null ? 60 : startSeconds;
    sharedFileSystem = sharedFileSystem != null && sharedFileSystem;
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

  private static void checkMethod(
      RandomWidthSettings randomWidths, AffineSharingSettings affineSharing) {
    long given = Stream.of(randomWidths, affineSharing).filter(Objects::nonNull).count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "exactly one of %s must be given, the method that searches; there are %d"
              .formatted(Methods.keys(), given));
    }
    if (affineSharing != null && affineSharing.finals().retrainings() == 0) {
      throw new IllegalArgumentException(
          "affineSharing.retrainings must be at least 1: without a final training there is no"
              + " network to hand over, got 0");
    }
  }

  /**
   * Insists on a method.
   *
   * @param key of its section
   * @param command as the person called it
   * @throws IllegalArgumentException if another method is given
   */
  public void require(String key, String command) {
    String given = method().method().key();
    if (!given.equals(key)) {
      throw new InputException(
          "espalier %s searches by %s, but the configuration has the section %s; 'espalier search'"
                  .formatted(command, key, given)
              + " takes any");
    }
  }

  /** The method that searches. */
  ChosenMethod<?> method() {
    return Methods.given(this).get(0);
  }
}
