package org.espalier.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Searches widths with shared weights. */
@Command(
    name = "width",
    description =
        "Search the widths of a network under a budget on Spark with affine parameter sharing, retrain"
            + " what was found, evaluate, export with proof, report.")
final class WidthCommand implements Callable<Integer> {
  private static final String METHOD = "affineSharing";

  private final Surroundings surroundings;

  @Mixin private RunOptions options;

  WidthCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return new SearchStart(surroundings, options, "width")
        .start(Optional.empty(), Optional.of(METHOD));
  }
}
