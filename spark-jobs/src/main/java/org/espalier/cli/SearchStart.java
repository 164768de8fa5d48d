package org.espalier.cli;

import java.util.Optional;
import org.espalier.config.ConfigSource;
import org.espalier.job.SearchJob;
import org.espalier.job.SearchSettings;
import org.espalier.spark.SparkCluster;

/** Starts searches for the commands that make one. */
final class SearchStart {
  private final Surroundings surroundings;
  private final RunOptions options;
  private final String command;

  SearchStart(Surroundings surroundings, RunOptions options, String command) {
    this.surroundings = surroundings;
    this.options = options;
    this.command = command;
  }

  /**
   * Runs a search by whatever method the configuration names.
   *
   * @param standard configuration if none is given
   */
  int start(Optional<ConfigSource> standard) {
    return start(standard, Optional.empty());
  }

  /**
   * Runs a search.
   *
   * @param standard configuration if none is given
   * @param method key of the section that the configuration must have, if the command insists
   */
  int start(Optional<ConfigSource> standard, Optional<String> method) {
    SparkCluster cluster = options.cluster();
    return new RunStarter(surroundings, options, command)
        .start(
            SearchSettings.class,
            standard,
            settings -> {
              method.ifPresent(key -> settings.require(key, command));
              return new SearchJob(settings, command, cluster);
            });
  }
}
