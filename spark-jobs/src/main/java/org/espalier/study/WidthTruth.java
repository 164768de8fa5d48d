package org.espalier.study;

import java.util.Optional;
import org.espalier.data.LabelledData;
import org.espalier.data.Splits;
import org.espalier.search.finals.Course;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.WarmCache;
import org.espalier.search.rounds.Worker;
import org.espalier.search.truth.Judgement;
import org.espalier.search.truth.TruthTable;
import org.espalier.search.width.AffineSharingSettings;
import org.espalier.search.width.WidthStudy;
import org.espalier.spark.SparkCluster;
import org.espalier.tensor.NativeRuntime;

/** Performs {@link WidthStudy}: finds the truth on Spark, and searches in this process. */
public final class WidthTruth {
  private static final int WARM_THINGS = 8;

  private final LabelledData data = DigitsSetup.digits();

  /** Reads the digits. */
  public WidthTruth() {}

  /** Trains every network of the study and evaluates each once on the test part. */
  public TruthTable train(SparkCluster cluster, Optional<Unfinished> unfinished) {
    return new TruthTraining("width-truth", WidthStudy::truth).train(cluster, data, unfinished);
  }

  /**
   * What one search came to.
   *
   * @param arm how it shared weights, or random search
   * @param seed of the search
   * @param judgement by the truth
   * @param work planned, in multiply-accumulates
   * @param seconds of processor time inside items; 0 for random search, which is replayed
   */
  public record Outcome(String arm, long seed, Judgement judgement, long work, double seconds) {
    private static Outcome of(
        String arm, long seed, WidthStudy.Prediction prediction, TruthTable truth) {
      Judgement judgement = Judgement.of(prediction.scores(), truth.means());
      return new Outcome(arm, seed, judgement, prediction.work(), prediction.seconds());
    }
  }

  /** One search with shared weights. */
  public Outcome search(WidthStudy.Arm arm, long seed, TruthTable truth) {
    NativeRuntime.start();
    AffineSharingSettings settings = WidthStudy.settings(arm.sharing());
    try (WarmCache cache = new WarmCache(WARM_THINGS)) {
      Worker worker = new PlainWorker(DigitsSetup.loader(data), cache, "here");
      return Outcome.of(
          arm.name(),
          seed,
          WidthStudy.predict(settings, data.fingerprint(), seed, worker, truth),
          truth);
    }
  }

  /** Random search, which may use so much planned work. */
  public Outcome random(long seed, long work, TruthTable truth) {
    Course course = Course.of(Splits.split(data, WidthStudy.truth().split()));
    return Outcome.of("random", seed, WidthStudy.random(truth, seed, work, course), truth);
  }
}
