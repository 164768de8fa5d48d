package org.espalier.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.espalier.bench.AugmentationBenchmark;
import org.espalier.network.ImageShape;
import org.espalier.text.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times the operations of augmentation. */
@Command(
    name = "augment",
    description =
        "Time the operations of augmentation and whole policies on one thread: microseconds of"
            + " processor time an image, on images of Fashion-MNIST's and of CIFAR-10's size.")
final class BenchAugment implements Callable<Integer> {
  private static final int MOST_ROUNDS = 1000;

  private final Surroundings surroundings;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Rounds of which the median counts; default ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write the table here too, replacing an earlier one.")
  private Path csv;

  BenchAugment(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new InputException(
          "--rounds must be from 1 to %s, got %s".formatted(MOST_ROUNDS, rounds));
    }
    CsvFile table = new CsvFile("--csv", csv, AugmentationBenchmark.HEADER);
    List<String> lines = new ArrayList<>();
    surroundings.out().println(AugmentationBenchmark.HEADER);
    for (ImageShape shape : AugmentationBenchmark.SHAPES) {
      List<String> timed = new AugmentationBenchmark(shape).run(rounds);
      timed.forEach(surroundings.out()::println);
      surroundings.out().flush();
      lines.addAll(timed);
    }
    table.write(lines);
    return ExitCode.DONE;
  }
}
