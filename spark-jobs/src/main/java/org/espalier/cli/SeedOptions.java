package org.espalier.cli;

import java.util.List;
import java.util.stream.LongStream;
import org.espalier.text.InputException;
import picocli.CommandLine.Option;

/** How often a study searches, and from which seeds. */
final class SeedOptions {
  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Searches of each kind; default ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--first-seed",
      paramLabel = "SEED",
      description = "Seed of the first search; the others follow; default ${DEFAULT-VALUE}.")
  private long first = 1;

  /**
   * Options.
   *
   * @param usual searches if nothing is said
   */
  SeedOptions(int usual) {
    seeds = usual;
  }

  /**
   * The seeds.
   *
   * @throws InputException if there are none
   */
  List<Long> all() {
    if (seeds < 1) {
      throw new InputException("--seeds must be at least 1, got " + seeds);
    }
    return LongStream.range(first, first + seeds).boxed().toList();
  }
}
