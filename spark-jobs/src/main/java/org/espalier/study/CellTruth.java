package org.espalier.study;

import java.util.Optional;
import org.espalier.data.LabelledData;
import org.espalier.data.Splits;
import org.espalier.search.cell.CellStudy;
import org.espalier.search.finals.Course;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.WarmCache;
import org.espalier.search.truth.BestOfRandom;
import org.espalier.search.truth.TruthTable;
import org.espalier.spark.SparkCluster;
import org.espalier.tensor.NativeRuntime;

/** Performs {@link CellStudy}: finds the truth on Spark, and searches in this process. */
public final class CellTruth {
  private static final int WARM_THINGS = 8;

  private final LabelledData data = DigitsSetup.digits();

  /** Reads the digits. */
  public CellTruth() {}

  /** Trains every network of the study and evaluates each once on the test part. */
  public TruthTable train(SparkCluster cluster, Optional<Unfinished> unfinished) {
    return new TruthTraining("cells-truth", CellStudy::truth).train(cluster, data, unfinished);
  }

  /**
   * What one search came to.
   *
   * @param arm what searched
   * @param seed of the search
   * @param derived by it
   * @param row of the truth of the derived cell
   * @param regret mean test accuracy of the best cell less that of the derived one, a share
   * @param rank of the derived cell in the truth, from 1
   * @param random what random search comes to with the same planned work
   */
  public record Outcome(
      String arm,
      long seed,
      CellStudy.Derived derived,
      TruthTable.Row row,
      double regret,
      int rank,
      BestOfRandom random) {}

  /** One search. */
  public Outcome search(CellStudy.Arm arm, long seed, TruthTable truth) {
    NativeRuntime.start();
    try (WarmCache cache = new WarmCache(WARM_THINGS)) {
      CellStudy.Derived derived =
          CellStudy.derive(
              CellStudy.settings(arm),
              data.fingerprint(),
              seed,
              new PlainWorker(DigitsSetup.loader(data), cache, "here"));
      TruthTable.Row row = truth.row(derived.picks());
      return new Outcome(
          arm.name(),
          seed,
          derived,
          row,
          truth.best().mean() - row.mean(),
          truth.rank(row),
          BestOfRandom.of(truth, trainings(derived.work(), truth)));
    }
  }

  /** How many networks of the usual size can be trained alone with so much planned work. */
  private int trainings(long work, TruthTable truth) {
    Course course = Course.of(Splits.split(data, CellStudy.truth().split()));
    double one =
        truth.rows().stream()
            .mapToLong(row -> course.work(CellStudy.truth().training(), row.macs()))
            .average()
            .orElseThrow();
    long whole = StrictMath.round(work / one);
    return (int) Math.max(1, Math.min(whole, truth.rows().size()));
  }
}
