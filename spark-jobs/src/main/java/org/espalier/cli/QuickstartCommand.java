package org.espalier.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.config.ConfigSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A search that needs nothing but the program. */
@Command(
    name = "quickstart",
    description =
        "See it work: search the widths of a small network for handwritten digits on Spark with"
            + " shared weights, retrain it beside baselines, evaluate, export with proof, report."
            + " Takes one to two minutes.")
final class QuickstartCommand implements Callable<Integer> {
  private static final String NAME = "quickstart.yaml";

  private final Surroundings surroundings;

  @Mixin private RunOptions options;

  QuickstartCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return new SearchStart(surroundings, options, "quickstart").start(Optional.of(builtIn()));
  }

  private static ConfigSource builtIn() {
    try (InputStream in = QuickstartCommand.class.getResourceAsStream("/conf/" + NAME)) {
      byte[] bytes = Objects.requireNonNull(in, NAME).readAllBytes();
      return new ConfigSource(NAME, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
