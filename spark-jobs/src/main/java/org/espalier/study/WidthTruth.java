package org.espalier.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.data.LabelledData;
import org.espalier.data.Normalization;
import org.espalier.data.Split;
import org.espalier.data.Splits;
import org.espalier.search.FoundNetwork;
import org.espalier.search.Search;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.WorkItem;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.Course;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.WarmCache;
import org.espalier.search.rounds.Worker;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.truth.Judgement;
import org.espalier.search.truth.TruthSearch;
import org.espalier.search.truth.TruthSettings;
import org.espalier.search.truth.TruthTable;
import org.espalier.search.width.AffineSharingSettings;
import org.espalier.search.width.WidthStudy;
import org.espalier.spark.SparkCluster;
import org.espalier.spark.SparkRounds;
import org.espalier.spark.SparkSettings;
import org.espalier.tensor.NativeRuntime;
import org.espalier.training.Evaluation;
import org.espalier.training.TrainedWeights;

/** Performs {@link WidthStudy}: finds the truth on Spark, and searches in this process. */
public final class WidthTruth {
  private static final long SEED = 1;
  private static final int WARM_THINGS = 8;

  private final LabelledData data = DigitsSetup.digits();

  /** Reads the digits. */
  public WidthTruth() {}

  /** Trains every network of the study and evaluates each once on the test part. */
  public TruthTable train(SparkCluster cluster) {
    String fingerprint = data.fingerprint();
    TruthSettings settings = WidthStudy.truth();
    Search<?, ?, ?, ?> search = new TruthSearch(settings, fingerprint).whole();
    DigitsSetup setup =
        new DigitsSetup(() -> new TruthSearch(WidthStudy.truth(), fingerprint).whole());
    SearchResult result = run(search, cluster, setup);
    WidthSpace space =
        WidthSpace.of(
            settings.family(),
            data.images().shape(),
            data.images().classes().size(),
            settings.choices());
    if (result.networks().size() != space.size() * settings.seeds()) {
      throw new IllegalStateException(
          "%s of %s trainings failed"
              .formatted(
                  space.size() * settings.seeds() - result.networks().size(),
                  space.size() * settings.seeds()));
    }
    NativeRuntime.start();
    return table(space, settings, result.networks());
  }

  private <S, V, W extends WorkItem, R> SearchResult run(
      Search<S, V, W, R> search, SparkCluster cluster, DigitsSetup setup) {
    SearchContext context = new SearchContext(SEED, DigitsSetup.loader(data));
    SparkSettings spark =
        SparkSettings.of(
            cluster,
            "espalier bench width-truth",
            search.largestRound(search.start(context)),
            DriverSettings.DEFAULT.groups());
    try (SparkRounds rounds = SparkRounds.open(spark, setup)) {
      var driver =
          new SearchDriver<>(search, rounds, DriverSettings.DEFAULT, new SearchListener<S>() {});
      return search.result(driver.run(driver.start(context)).state());
    }
  }

  private TruthTable table(WidthSpace space, TruthSettings settings, List<FoundNetwork> networks) {
    Split split = Splits.split(data, settings.split());
    Normalization normalization = Normalization.of(data.images(), split.train());
    Map<Integer, List<Double>> validation = new HashMap<>();
    Map<Integer, List<Double>> test = new HashMap<>();
    for (FoundNetwork found : networks) {
      int network = found.number() / settings.seeds();
      double accuracy =
          Evaluation.standard()
              .evaluate(
                  found.spec(),
                  new TrainedWeights(found.values().toArray(), found.buffers().toArray()),
                  data.images(),
                  split.test(),
                  normalization)
              .score()
              .accuracy();
      validation.computeIfAbsent(network, key -> new ArrayList<>()).add(found.validationAccuracy());
      test.computeIfAbsent(network, key -> new ArrayList<>()).add(accuracy);
    }
    List<TruthTable.Row> rows = new ArrayList<>();
    for (int network = 0; network < space.size(); network++) {
      List<Integer> widths = space.widths(space.picks(network));
      Candidate candidate = space.candidateOf(widths);
      rows.add(
          new TruthTable.Row(
              widths,
              candidate.macs(),
              candidate.parameters(),
              validation.get(network),
              test.get(network)));
    }
    return new TruthTable(rows);
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
