package org.espalier.study;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.RoundReport;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.space.Space;
import org.espalier.search.truth.TruthSearch;
import org.espalier.search.truth.TruthSettings;
import org.espalier.search.truth.TruthTable;
import org.espalier.spark.SparkCluster;
import org.espalier.spark.SparkRounds;
import org.espalier.spark.SparkSettings;
import org.espalier.tensor.NativeRuntime;
import org.espalier.training.Evaluation;
import org.espalier.training.TrainedWeights;

/**
 * Trains every network of a small space on the digits on Spark, and evaluates each once on the test
 * part.
 *
 * @param command that is shown as the application's name
 * @param how the networks are trained; travels to the executors
 */
record TruthTraining(String command, How how) {
  private static final long SEED = 1;

  /** Makes the settings anew. */
  interface How extends Supplier<TruthSettings>, Serializable {}

  /**
   * Trains.
   *
   * @param unfinished where the training is kept until the table is there, and gone on with
   * @throws IllegalStateException if a training failed
   */
  TruthTable train(SparkCluster cluster, LabelledData data, Optional<Unfinished> unfinished) {
    String fingerprint = data.fingerprint();
    TruthSettings settings = how.get();
    How made = how;
    DigitsSetup setup = new DigitsSetup(() -> new TruthSearch(made.get(), fingerprint).whole());
    SearchResult result =
        run(new TruthSearch(settings, fingerprint).whole(), cluster, setup, data, unfinished);
    Space space = settings.space().of(data.images());
    long trainings = space.size() * settings.seeds();
    if (result.networks().size() != trainings) {
      throw new IllegalStateException(
          "%s of %s trainings failed".formatted(trainings - result.networks().size(), trainings));
    }
    NativeRuntime.start();
    return table(space, settings, data, result.networks());
  }

  private <S, V, W extends WorkItem, R> SearchResult run(
      Search<S, V, W, R> search,
      SparkCluster cluster,
      DigitsSetup setup,
      LabelledData data,
      Optional<Unfinished> unfinished) {
    Position<S> start =
        Position.start(search.start(new SearchContext(SEED, DigitsSetup.loader(data))));
    SparkSettings spark =
        SparkSettings.of(
            cluster,
            "espalier bench " + command,
            search.largestRound(start.state()),
            DriverSettings.DEFAULT.groups());
    SearchListener<S> listener =
        new SearchListener<>() {
          @Override
          public void roundFinished(Position<S> after, RoundReport report) {
            unfinished.ifPresent(file -> file.write(after, search.codecs().state()));
          }
        };
    Position<S> from = unfinished.flatMap(file -> file.read(search.codecs().state())).orElse(start);
    try (SparkRounds rounds = SparkRounds.open(spark, setup)) {
      var driver = new SearchDriver<>(search, rounds, DriverSettings.DEFAULT, listener);
      return search.result(driver.run(from).state());
    }
  }

  private static TruthTable table(
      Space space, TruthSettings settings, LabelledData data, List<FoundNetwork> networks) {
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
    Map<String, List<Integer>> known = new HashMap<>();
    List<TruthTable.Row> rows = new ArrayList<>();
    for (int network = 0; network < space.size(); network++) {
      List<Integer> picks = space.picks(network);
      Candidate candidate = space.candidate(picks);
      rows.add(
          new TruthTable.Row(
              picks,
              candidate.description(),
              candidate.macs(),
              candidate.parameters(),
              validation.get(network),
              test.get(network),
              note(settings.space().function(space, picks), picks, known)));
    }
    return new TruthTable(rows);
  }

  /**
   * Says whether a network is one of its own.
   *
   * @param known the first network that computes something; grows
   */
  private static String note(
      Optional<String> function, List<Integer> picks, Map<String, List<Integer>> known) {
    if (function.isEmpty()) {
      return TruthTable.Row.CONSTANT;
    }
    List<Integer> first = known.computeIfAbsent(function.get(), key -> picks);
    return first.equals(picks) ? "" : TruthTable.Row.LIKE + TruthTable.joined(first);
  }
}
