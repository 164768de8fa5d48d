package org.espalier.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.job.SearchJob;
import org.espalier.job.SearchSettings;
import org.espalier.spark.SparkCluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Searches a network. */
@Command(
    name = "search",
    description =
        "Search a network under a budget on Spark, retrain it, evaluate, export with proof, report.")
final class SearchCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RunOptions options;

  SearchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    SparkCluster cluster = options.cluster();
    return new RunStarter(surroundings, options, "search")
        .start(
            SearchSettings.class,
            Optional.empty(),
            settings -> new SearchJob(settings, "search", cluster));
  }
}
