package org.espalier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.espalier.search.truth.TruthTable;
import org.espalier.spark.SparkCluster;
import org.espalier.study.Unfinished;
import org.espalier.text.InputException;
import picocli.CommandLine.Option;

/** Where the truth of a study comes from. */
final class TruthOptions {
  @Option(
      names = "--master",
      paramLabel = "URL",
      defaultValue = "local[*]",
      description = "Spark's master for --retrain; default ${DEFAULT-VALUE}.")
  private String master;

  @Option(
      names = "--retrain",
      description =
          "Train all networks anew, three times each. With --table, a training that was ended is"
              + " gone on with.")
  private boolean retrain;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description =
          "Table of the truth: written with --retrain, read without; default the one that comes"
              + " with the program.")
  private Path table;

  /**
   * The truth.
   *
   * @param shipped what comes with the program
   * @param training trains all networks
   */
  TruthTable truth(
      Supplier<TruthTable> shipped,
      BiFunction<SparkCluster, Optional<Unfinished>, TruthTable> training)
      throws IOException {
    SparkCluster cluster = SparkCluster.of(Master.checked(master));
    if (retrain) {
      CsvFile file = new CsvFile("--table", table, TruthTable.HEADER);
      Optional<Unfinished> unfinished = Optional.ofNullable(table).map(Unfinished::of);
      TruthTable truth = training.apply(cluster, unfinished);
      file.write(truth.toCsv().lines().skip(1).toList());
      unfinished.ifPresent(Unfinished::delete);
      return truth;
    }
    if (table == null) {
      return shipped.get();
    }
    try {
      return TruthTable.ofCsv(Files.readString(table), table.toString());
    } catch (NoSuchFileException e) {
      throw new InputException("there is no --table " + table, e);
    }
  }
}
