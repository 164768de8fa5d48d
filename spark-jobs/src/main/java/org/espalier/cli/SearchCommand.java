package org.espalier.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Searches a network. */
@Command(
    name = "search",
    description =
        "Search a network under a budget on Spark by the method that the configuration names, retrain"
            + " it, evaluate, export with proof, report.")
final class SearchCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RunOptions options;

  SearchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return new SearchStart(surroundings, options, "search").start(Optional.empty());
  }
}
