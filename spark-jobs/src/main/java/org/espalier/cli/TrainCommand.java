package org.espalier.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.job.TrainJob;
import org.espalier.job.TrainSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains one network. */
@Command(
    name = "train",
    description =
        "Train one network, evaluate it on the test part, export it with proof, write a report.")
final class TrainCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RunOptions options;

  private TrainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The command, without the options that act on Spark alone. */
  static CommandLine line(Surroundings surroundings) {
    return RunOptions.withoutSpark(new CommandLine(new TrainCommand(surroundings)));
  }

  @Override
  public Integer call() {
    options.refuseSpark();
    Master.requireLocal(options.master());
    return new RunStarter(surroundings, options, "train")
        .start(TrainSettings.class, Optional.empty(), TrainJob::new);
  }
}
