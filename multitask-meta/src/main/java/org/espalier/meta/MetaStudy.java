package org.espalier.meta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.espalier.search.Contribution;
import org.espalier.search.DataLoader;
import org.espalier.search.Outcome;
import org.espalier.search.SearchContext;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.WarmCache;
import org.espalier.storage.Floats;
import org.espalier.task.CurveFamily;
import org.espalier.task.MetaPart;
import org.espalier.tensor.Seeds;

/**
 * Meta search where the right picks are known: tasks are sinusoids, lines and quadratics, of each
 * of which 20 points are shown, and a network has one hidden layer that may be a sine, the
 * identity, a square or a ReLU.
 */
public final class MetaStudy {
  /** Rounds after which the controller knows the families apart. */
  public static final int ROUNDS = 2000;

  private static final int WIDTH = 16;
  private static final int SHOTS = 20;
  private static final int QUERIES = 10;
  private static final int STEPS = 10;
  private static final int TESTS = 100;
  private static final double REACH = 5;
  private static final long TRUTH = 1;

  private MetaStudy() {}

  /**
   * What became of a family.
   *
   * @param name of the family
   * @param function that its networks should have
   * @param right share of its new tasks that got it
   * @param shuffled the same where the controller saw another task, of any family
   * @param score mean over its new tasks, the share of the variance that is explained
   * @param scores the same for a fixed function each, in the order of {@link #functions}, with the
   *     weights that were learned and without gates
   */
  public record Family(
      String name,
      String function,
      double right,
      double shuffled,
      double score,
      List<Double> scores) {
    /** A family. */
    public Family {
      scores = List.copyOf(scores);
    }
  }

  /** The functions that can be picked. */
  public static List<String> functions() {
    CurveBackbone network = network();
    return IntStream.range(0, network.choices().sizes().get(0))
        .mapToObj(pick -> network.describe(List.of(pick)))
        .toList();
  }

  private static CurveBackbone network() {
    return new CurveBackbone(1, WIDTH);
  }

  private static CurveSource source() {
    return new CurveSource(
        Arrays.stream(CurveFamily.Shape.values())
            .map(shape -> new CurveFamily(shape, REACH, SHOTS, QUERIES))
            .toList(),
        network());
  }

  private static MetaLearning settings(int rounds) {
    return new MetaLearning(
        rounds,
        12,
        4,
        new EmbeddingSettings(EmbeddingSettings.Type.RECURRENT, 32, 2, 0.01),
        new InnerSettings(STEPS, STEPS, 0.1, false, 1.0),
        new OuterSettings(OuterRule.FIRST_ORDER, 1e-3),
        new ControllerSettings(0.004, 0.2, 0.3, 0.1, 0.04, 0.95),
        TESTS,
        TESTS);
  }

  /** The pick that is right for a family. */
  private static int right(String family) {
    CurveBackbone.Function function =
        switch (CurveFamily.Shape.valueOf(family.toUpperCase(Locale.ROOT))) {
          case SINUSOID -> CurveBackbone.Function.SINE;
          case LINE -> CurveBackbone.Function.IDENTITY;
          case QUADRATIC -> CurveBackbone.Function.SQUARE;
        };
    return List.of(CurveBackbone.Function.values()).indexOf(function);
  }

  /**
   * Learns, and looks what new tasks get.
   *
   * @param rounds of learning, usually {@link #ROUNDS}
   */
  public static List<Family> run(long seed, int rounds) {
    MetaLearning settings = settings(rounds);
    MetaSearch search = new MetaSearch(settings, source(), List.of());
    PlainWorker worker = new PlainWorker(DataLoader.NONE, new WarmCache(1), "here");
    try (LocalRounds local = new LocalRounds(search, worker)) {
      SearchDriver<MetaState, MetaView, MetaItem, MetaResult> driver =
          new SearchDriver<>(search, local, new DriverSettings(1, true), new SearchListener<>() {});
      return families(
          settings, driver.run(driver.start(new SearchContext(seed, DataLoader.NONE))).state());
    }
  }

  private static List<Family> families(MetaLearning settings, MetaState end) {
    List<Family> families = new ArrayList<>();
    try (MetaBench bench =
        MetaBench.open(source(), end.families(), settings, DataLoader.NONE, false)) {
      for (int family = 0; family < end.families().size(); family++) {
        String name = end.families().get(family).name();
        int right = right(name);
        List<MetaResult.Adapted> judged = of(end.learners().get(0).judged(), family);
        List<Double> scores = new ArrayList<>();
        for (int pick = 0; pick < functions().size(); pick++) {
          scores.add(score(alone(bench, end, family, pick)));
        }
        families.add(
            new Family(
                name,
                functions().get(right),
                share(judged, right),
                share(of(end.learners().get(0).shuffled(), family), right),
                score(judged),
                scores));
      }
    }
    return families;
  }

  private static List<MetaResult.Adapted> of(List<MetaResult.Adapted> tasks, int family) {
    return tasks.stream().filter(task -> task.family() == family).toList();
  }

  private static double share(List<MetaResult.Adapted> tasks, int pick) {
    long right = tasks.stream().filter(task -> task.picks().get(0) == pick).count();
    return right / (double) tasks.size();
  }

  private static double score(List<MetaResult.Adapted> tasks) {
    return tasks.stream().mapToDouble(MetaResult.Adapted::score).average().orElseThrow();
  }

  private static List<MetaResult.Adapted> alone(
      MetaBench bench, MetaState end, int family, int pick) {
    MetaView view =
        new MetaView(
            end.families(),
            new MetaView.Fixed(List.of(pick)),
            end.learners().get(0).shared(),
            end.learners().get(0).rates().values(),
            Floats.EMPTY,
            end.learners().get(0).baselines(),
            0,
            -1);
    List<MetaItem.Draw> draws =
        IntStream.range(0, TESTS)
            .mapToObj(task -> new MetaItem.Draw(family, Seeds.mix(end.seed(), TRUTH, task)))
            .toList();
    Contribution<MetaResult> judged =
        bench.judge(view, new MetaItem.Judge(0, 0, "alone", MetaPart.TEST, draws, draws));
    return ((Outcome.Value<MetaResult>) judged.outcome()).value().tasks();
  }
}
