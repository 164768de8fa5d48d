package org.espalier.search.width;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;
import org.espalier.data.Splits;
import org.espalier.network.ReadyMade;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.RoundReport;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.Worker;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.supernet.RankingSettings;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.search.truth.TruthSettings;
import org.espalier.search.truth.TruthSpace;
import org.espalier.search.truth.TruthTable;
import org.espalier.tensor.Seeds;
import org.espalier.training.Optimiser;
import org.espalier.training.TrainingSettings;

/**
 * The claim of affine parameter sharing, checked where the truth is known: three convolutions with
 * widths of 2, 4, 8 or 16 each on the digits, all 64 networks trained alone. Supernets under
 * different sharing score the same 64 networks; scores and truth are then compared.
 */
public final class WidthStudy {
  private static final SplitSettings SPLIT = SplitSettings.of(null, 0.2, 0.4, 1L);
  private static final WidthChoices CHOICES = WidthChoices.ofWidths(List.of(2, 4, 8, 16));
  private static final ReadyMade.Family FAMILY = ReadyMade.Family.PLAIN3;
  private static final String TABLE = "width-truth.csv";
  private static final int NETWORKS = 64;
  private static final int EPOCHS = 25;
  private static final long SHUFFLE = 1;

  private static final int ROUNDS = 400;

  private WidthStudy() {}

  /** The truth, as {@code espalier bench width-truth --retrain} found it. */
  public static TruthTable table() {
    try (InputStream in = WidthStudy.class.getResourceAsStream(TABLE)) {
      byte[] bytes = Objects.requireNonNull(in, TABLE).readAllBytes();
      return TruthTable.ofCsv(new String(bytes, StandardCharsets.UTF_8), TABLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A way of sharing that is compared.
   *
   * @param name for tables
   * @param sharing of the shared weights
   */
  public record Arm(String name, Sharing sharing) {
    public Arm {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(sharing, "sharing");
    }
  }

  /** All that are compared. */
  public static List<Arm> arms() {
    return List.of(
        new Arm("ordinal", new Sharing.Ordinal()),
        new Arm("independent", new Sharing.Independent()),
        new Arm("overlap 0.5", new Sharing.Overlap(0.5)),
        new Arm("transition", Sharing.Transition.complete()),
        new Arm("learned", new Sharing.Learned(null, null, null, null)));
  }

  /** How the truth is found. */
  public static TruthSettings truth() {
    TrainingSettings training =
        TrainingSettings.defaults()
            .withEpochs(EPOCHS)
            .withBatchSize(32)
            .withOptimiser(new Optimiser.Sgd(0.05, 0.9));
    return new TruthSettings(new TruthSpace.Widths(FAMILY, CHOICES), 3, null, SPLIT, training);
  }

  /**
   * A search that ends with the ranking of all 64 networks. Widths are drawn uniformly from
   * beginning to end, so that arms differ in their sharing alone.
   */
  public static AffineSharingSettings settings(Sharing sharing) {
    return settings(sharing, ROUNDS);
  }

  /** The same in so many rounds. */
  static AffineSharingSettings settings(Sharing sharing, int rounds) {
    SupernetSettings training =
        new SupernetSettings(rounds, 0.3, 4, 4, 32, 0.05, 0.9, 5e-4, 1.0, 1, 128, null);
    return new AffineSharingSettings(
        FAMILY,
        Budget.ofMacs(Long.MAX_VALUE),
        CHOICES,
        sharing,
        null,
        new AffineSupernetSettings(0.8, training),
        new RankingSettings(NETWORKS, 0, null, 719, null, null, 1),
        new FinalsSettings(List.of(), null, 0, SPLIT, null, null));
  }

  /**
   * What a search says of each network of the truth.
   *
   * @param scores accuracies, in the order of the truth's rows
   * @param work planned for it, in multiply-accumulates
   * @param seconds of processor time inside items
   */
  public record Prediction(List<Double> scores, long work, double seconds) {
    public Prediction {
      scores = List.copyOf(scores);
    }
  }

  /**
   * Trains a supernet in this process and scores all networks with its weights.
   *
   * @param settings by {@link #settings(Sharing)}
   * @param data fingerprint of the images
   * @param seed of the search
   * @param worker its surroundings
   */
  public static Prediction predict(
      AffineSharingSettings settings, String data, long seed, Worker worker, TruthTable truth) {
    AffineSharingSearch search = new AffineSharingSearch(settings, data);
    double[] seconds = {0};
    SearchListener<FinalsState<AffineSharingState>> listener =
        new SearchListener<>() {
          @Override
          public void roundFinished(
              Position<FinalsState<AffineSharingState>> after, RoundReport report) {
            seconds[0] += report.times().cpuSeconds();
          }
        };
    try (LocalRounds rounds = new LocalRounds(search.whole(), worker)) {
      var driver = new SearchDriver<>(search.whole(), rounds, DriverSettings.DEFAULT, listener);
      SearchContext context = new SearchContext(seed, worker.data());
      AffineSharingState end = driver.run(driver.start(context)).state().own();
      Map<List<Integer>, Double> scores = new HashMap<>();
      end.ranking().forEach(ranked -> scores.put(ranked.picks(), ranked.accuracy()));
      return new Prediction(
          scores(truth, row -> scores.getOrDefault(row.picks(), 0.0)),
          end.work().all(),
          seconds[0]);
    }
  }

  /**
   * Random search at the same planned work, replayed from the truth: networks in a random order,
   * each trained alone and scored on the validation part, until the work is used. Networks that it
   * does not come to are scored 0, below all others.
   *
   * @param seed of the order
   * @param work to use, in multiply-accumulates
   * @param course how long trainings take
   */
  public static Prediction random(TruthTable truth, long seed, long work, Course course) {
    int[] order = IntStream.range(0, truth.rows().size()).toArray();
    Splits.shuffle(order, Seeds.generator(seed, SHUFFLE));
    Map<List<Integer>, Double> scores = new HashMap<>();
    long used = 0;
    for (int index : order) {
      if (used < work) {
        TruthTable.Row row = truth.rows().get(index);
        int with = (int) Math.floorMod(seed, (long) row.validation().size());
        scores.put(row.picks(), row.validation().get(with));
        used += course.work(truth().training(), row.macs());
      }
    }
    return new Prediction(scores(truth, row -> scores.getOrDefault(row.picks(), 0.0)), used, 0);
  }

  private static List<Double> scores(TruthTable truth, Function<TruthTable.Row, Double> score) {
    return truth.rows().stream().map(score).toList();
  }
}
