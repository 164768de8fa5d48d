package org.espalier.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** What came out of a command as one line of JSON, for programs; see {@code docs/programs.md}. */
final class JsonOption {
  @Option(
      names = "--json",
      description =
          "Print what came out as one line of JSON, and all else on standard error; see"
              + " docs/programs.md.")
  private boolean json;

  /** Whether a program reads the output. */
  boolean given() {
    return json;
  }

  /** Where a command talks to people: not on the output that a program reads. */
  Surroundings forPeople(Surroundings surroundings) {
    if (!json) {
      return surroundings;
    }
    Screen err = surroundings.err();
    boolean terminal = err.width() < Screen.UNLIMITED.getAsInt();
    return new Surroundings(err, err, terminal, surroundings.clock());
  }

  /**
   * Prints what came out, if a program reads it.
   *
   * @param summary plain data; only asked for if it is printed
   * @throws OutputFailedException if nobody reads it
   */
  void print(Surroundings surroundings, Supplier<?> summary) {
    if (json) {
      RecordOutput.on(surroundings.out())
          .write(JsonLine.of(summary.get(), surroundings.terminal()));
    }
  }
}
