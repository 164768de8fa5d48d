package org.espalier.search.cell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;
import org.espalier.search.SearchContext;
import org.espalier.search.WorkItem;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.Decision;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.policy.EnsembleSettings;
import org.espalier.search.policy.GateSettings;
import org.espalier.search.policy.Gating;
import org.espalier.search.policy.MixtureSettings;
import org.espalier.search.policy.NaturalGradientSettings;
import org.espalier.search.policy.PolicySettings;
import org.espalier.search.policy.RegressionSettings;
import org.espalier.search.policy.ReinforceSettings;
import org.espalier.search.policy.RelaxSettings;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.RoundReport;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.Worker;
import org.espalier.search.supernet.Ranked;
import org.espalier.search.supernet.RankingSettings;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.search.trials.TrialSettings;
import org.espalier.search.trials.TrialState;
import org.espalier.search.truth.TruthSettings;
import org.espalier.search.truth.TruthSpace;
import org.espalier.search.truth.TruthTable;
import org.espalier.training.Optimiser;
import org.espalier.training.TrainingSettings;

/**
 * Samplers and stages of cell search, compared where the truth is known: three edges with five
 * operations on the digits, all 125 cells trained alone. What a search derives is looked up in the
 * truth.
 */
public final class CellStudy {
  private static final SplitSettings SPLIT = SplitSettings.of(null, 0.2, 0.4, 1L);
  private static final CellSpaceSettings SPACE = new CellSpaceSettings.Small();
  private static final int CELLS = 2;
  private static final int CHANNELS = 4;
  private static final int EPOCHS = 20;
  private static final String TABLE = "cell-truth.csv";

  /** More than any cell takes: nothing is held to it. */
  static final long BUDGET = 200_000;

  private static final int ROUNDS = 120;

  /** A step of the mixture computes every operation: so many rounds take about the same work. */
  private static final int MIXTURE_ROUNDS = 48;

  /** As much planned work as the stages take, about. */
  private static final int TRIED = 32;

  private static final int TRIED_EPOCHS = 5;

  private static final int CALIBRATION = 719;

  /** Rounds over which the accuracy of samples is averaged. */
  private static final int RECENT = 5;

  private CellStudy() {}

  /** The truth, as {@code espalier bench cells-truth --retrain} found it. */
  public static TruthTable table() {
    try (InputStream in = CellStudy.class.getResourceAsStream(TABLE)) {
      byte[] bytes = Objects.requireNonNull(in, TABLE).readAllBytes();
      return TruthTable.ofCsv(new String(bytes, StandardCharsets.UTF_8), TABLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the truth is found. */
  public static TruthSettings truth() {
    TrainingSettings training =
        TrainingSettings.defaults()
            .withEpochs(EPOCHS)
            .withBatchSize(32)
            .withOptimiser(new Optimiser.Sgd(0.05, 0.9));
    return new TruthSettings(
        new TruthSpace.Cells(SPACE, CELLS, CHANNELS), 3, null, SPLIT, training);
  }

  /** How a search goes from everything to one cell. */
  public enum Schedule {
    /** One stage, nothing watched; the most probable cell is derived. */
    ONE_STAGE,
    /**
     * Three stages of the same rounds together, with feedback; the most probable cell is derived.
     */
    STAGES,
    /** The same, and the first of a ranking with shared weights is derived. */
    STAGES_RANKED,
    /** Cells are tried alone, shortly; the one is derived of which most is expected. */
    TRIALS
  }

  /**
   * A search that is compared.
   *
   * @param name for tables
   * @param policy that learns
   * @param schedule of the search
   */
  public record Arm(String name, PolicySettings policy, Schedule schedule) {
    public Arm {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(policy, "policy");
      Objects.requireNonNull(schedule, "schedule");
    }
  }

  /** Full mixture of softmax gates, first order: what is to be beaten. */
  public static final Arm DARTS =
      new Arm("mixture, softmax (DARTS)", MixtureSettings.defaults(), Schedule.ONE_STAGE);

  /** As searches are by default: paths sampled one at a time, stages, a ranking at the end. */
  public static final Arm DEFAULT =
      new Arm("gumbel, stages, ranked", SamplerSettings.defaults(), Schedule.STAGES_RANKED);

  /** Without shared weights: a regression learns from short trainings. */
  public static final Arm TRIALS =
      new Arm("trials, regression", SamplerSettings.defaults(), Schedule.TRIALS);

  /** All that are compared. */
  public static List<Arm> arms() {
    GateSettings sigmoid = new GateSettings(Gating.SIGMOID, null, null, null, null, null);
    return List.of(
        DARTS,
        new Arm("mixture, sigmoid", new MixtureSettings(sigmoid), Schedule.ONE_STAGE),
        new Arm("gumbel", SamplerSettings.defaults(), Schedule.ONE_STAGE),
        new Arm("egs", EnsembleSettings.defaults(), Schedule.ONE_STAGE),
        new Arm("reinforce", ReinforceSettings.defaults(), Schedule.ONE_STAGE),
        new Arm("relax", RelaxSettings.defaults(), Schedule.ONE_STAGE),
        new Arm("asng", NaturalGradientSettings.defaults(), Schedule.ONE_STAGE),
        new Arm("gumbel, stages", SamplerSettings.defaults(), Schedule.STAGES),
        DEFAULT,
        TRIALS);
  }

  /** A search of an arm. */
  public static CellSettings settings(Arm arm) {
    // All samples of a mixture are the mixture: one of them, on as many images.
    boolean mixture = arm.policy() instanceof MixtureSettings;
    int rounds = mixture ? MIXTURE_ROUNDS : ROUNDS;
    boolean stages = arm.schedule() != Schedule.ONE_STAGE;
    int ranked = arm.schedule() == Schedule.STAGES_RANKED ? 24 : 1;
    int third = rounds / 3;
    return new CellSettings(
        SPACE,
        Budget.ofMacs(BUDGET),
        null,
        null,
        CELLS,
        CHANNELS,
        false,
        arm.policy(),
        Order.FIRST,
        null,
        stages
            ? List.of(
                new Stage(1, 5, 0.0, third),
                new Stage(CELLS, 3, 0.3, third),
                new Stage(CELLS, 2, 0.5, third))
            : List.of(new Stage(CELLS, 5, 0.0, rounds)),
        CHANNELS,
        null,
        new SupernetSettings(
            rounds,
            0.5,
            1,
            16,
            32,
            0.15,
            0.9,
            5e-4,
            0.5,
            mixture ? 1 : 4,
            mixture ? 256 : 64,
            null),
        stages ? GuardSettings.STANDARD : unwatched(),
        new RankingSettings(ranked, 1, null, CALIBRATION, null, null, 1),
        arm.schedule() == Schedule.TRIALS ? trials() : null,
        new FinalsSettings(List.of(), null, 0, SPLIT, null, null));
  }

  private static TrialSettings trials() {
    return new TrialSettings(
        TRIED,
        8,
        new RegressionSettings(16, List.of(0.1, 0.3, 1.0), 0.3),
        1.0,
        truth().training().withEpochs(TRIED_EPOCHS),
        1);
  }

  /** Any number of skip connections is let go. */
  private static GuardSettings unwatched() {
    return new GuardSettings(
        1000, null, 0.0, null, null, null, null, 0, null, null, null, null, 0.0, 0.0);
  }

  /**
   * What a search came to.
   *
   * @param picks of the derived cell
   * @param accuracy of it with shared weights on the validation part, a share
   * @param samples mean accuracy of the last samples of the policy, or of the mixture, a share
   * @param skips skip connections of the derived cell
   * @param learned operations with weights of the derived cell
   * @param work planned, in multiply-accumulates
   * @param seconds of processor time inside items
   */
  public record Derived(
      List<Integer> picks,
      double accuracy,
      double samples,
      int skips,
      int learned,
      long work,
      double seconds) {
    public Derived {
      picks = List.copyOf(picks);
    }

    /** Accuracy that is lost, or gained, between samples and the derived cell; a share. */
    public double gap() {
      return StrictMath.abs(accuracy - samples);
    }

    /** More than one skip connection, or nothing that learns. */
    public boolean collapsed() {
      return skips > 1 || learned == 0;
    }
  }

  /**
   * Searches in this process.
   *
   * @param settings by {@link #settings(Arm)}
   * @param data fingerprint of the images
   * @param seed of the search
   * @param worker its surroundings
   */
  public static Derived derive(CellSettings settings, String data, long seed, Worker worker) {
    double[] seconds = {0};
    if (!settings.trials().given()) {
      var search = new CellSearch(settings, data).whole();
      CellState end = run(search, seed, worker, seconds);
      return derived(settings, end, seconds[0]);
    }
    TrialState end = run(CellMethod.trials(settings, data), seed, worker, seconds);
    return derived(settings, end, seconds[0]);
  }

  private static <S, V, W extends WorkItem, R> S run(
      FinalsSearch<S, V, W, R> search, long seed, Worker worker, double[] seconds) {
    SearchListener<FinalsState<S>> listener =
        new SearchListener<>() {
          @Override
          public void roundFinished(Position<FinalsState<S>> after, RoundReport report) {
            seconds[0] += report.times().cpuSeconds();
          }
        };
    try (LocalRounds rounds = new LocalRounds(search, worker)) {
      var driver = new SearchDriver<>(search, rounds, DriverSettings.DEFAULT, listener);
      SearchContext context = new SearchContext(seed, worker.data());
      return driver.run(driver.start(context)).state().own();
    }
  }

  private static Derived derived(CellSettings settings, TrialState end, double seconds) {
    CellState.Images images = new CellState.Images(end.input(), end.classes());
    GatedSpace space = settings.handedOverSpace(images);
    TrialState.Trial first = end.ranked(new CellTrials(settings, images).choices()).get(0);
    double accuracy = first.training().trained().accuracy();
    return new Derived(
        first.picks(),
        accuracy,
        accuracy,
        count(space, first.picks(), Decision.Effect.SKIP),
        count(space, first.picks(), Decision.Effect.LEARNED),
        end.work(),
        seconds);
  }

  private static Derived derived(CellSettings settings, CellState end, double seconds) {
    GatedSpace space = settings.handedOverSpace(end.images());
    Ranked first = end.ranking().get(0);
    List<Integer> picks = new KeptSpace(space, end.race().kept()).inWhole(first.picks());
    List<CellState.Log> log = end.log();
    return new Derived(
        picks,
        first.accuracy(),
        log.subList(Math.max(0, log.size() - RECENT), log.size()).stream()
            .mapToDouble(each -> each.round().accuracy())
            .average()
            .orElseThrow(),
        count(space, picks, Decision.Effect.SKIP),
        count(space, picks, Decision.Effect.LEARNED),
        end.work().all(),
        seconds);
  }

  private static int count(GatedSpace space, List<Integer> picks, Decision.Effect effect) {
    int count = 0;
    for (int choice = 0; choice < picks.size(); choice++) {
      count += space.decisions().get(choice).with(effect).contains(picks.get(choice)) ? 1 : 0;
    }
    return count;
  }
}
