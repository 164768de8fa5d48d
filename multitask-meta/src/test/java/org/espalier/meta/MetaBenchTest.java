package org.espalier.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.search.Contribution;
import org.espalier.search.DataLoader;
import org.espalier.search.Outcome;
import org.espalier.search.policy.AdamMoments;
import org.espalier.search.policy.AdamRule;
import org.espalier.storage.Floats;
import org.espalier.task.CurveFamily;
import org.espalier.task.Examples;
import org.espalier.task.MetaPart;
import org.espalier.task.Task;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class MetaBenchTest {
  private static final int IDENTITY =
      List.of(CurveBackbone.Function.values()).indexOf(CurveBackbone.Function.IDENTITY);
  private static final int RELU =
      List.of(CurveBackbone.Function.values()).indexOf(CurveBackbone.Function.RELU);
  private static final int WIDTH = 3;
  private static final double RATE = 0.01;

  private static MetaLearning settings(int steps) {
    return new MetaLearning(
        1, 2, 2, null, new InnerSettings(steps, steps, RATE, true, 1e9), null, null, 2, 0);
  }

  private static MetaView fixed(MetaSearch search, List<Integer> picks, Floats shared) {
    MetaState start = search.start(new org.espalier.search.SearchContext(1, DataLoader.NONE));
    return new MetaView(
        start.families(),
        new MetaView.Fixed(picks),
        shared,
        start.learner().rates().values(),
        Floats.EMPTY,
        Collections.nCopies(start.families().size(), 0.0),
        0,
        -1);
  }

  private static MetaBench bench(CurveSource source, MetaLearning settings, MetaView view) {
    return MetaBench.open(source, view.families(), settings, DataLoader.NONE, true);
  }

  private static MetaItem.Learn item(int tasks, long seed) {
    List<MetaItem.Draw> draws = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      draws.add(new MetaItem.Draw(0, Seeds.mix(seed, i)));
    }
    return new MetaItem.Learn(seed, 1, "test", draws);
  }

  /** The linear network in float64 with its gradient by hand. */
  private static final class LinearNetwork {
    final double[] first = new double[2 * WIDTH];
    final double[] last = new double[WIDTH + 1];

    void descend(Examples examples, double rate) {
      double[] slopes = gradient(examples);
      for (int i = 0; i < first.length; i++) {
        first[i] -= rate * slopes[i];
      }
      for (int i = 0; i < last.length; i++) {
        last[i] -= rate * slopes[first.length + i];
      }
    }

    double[] gradient(Examples examples) {
      double[] slopes = new double[first.length + last.length];
      for (int n = 0; n < examples.count(); n++) {
        double x = examples.inputs()[n];
        double predicted = last[WIDTH];
        for (int unit = 0; unit < WIDTH; unit++) {
          predicted += last[unit] * (first[unit] * x + first[WIDTH + unit]);
        }
        double error = 2 * (predicted - examples.targets()[n]) / examples.count();
        for (int unit = 0; unit < WIDTH; unit++) {
          slopes[unit] += error * last[unit] * x;
          slopes[WIDTH + unit] += error * last[unit];
          slopes[first.length + unit] += error * (first[unit] * x + first[WIDTH + unit]);
        }
        slopes[first.length + WIDTH] += error;
      }
      return slopes;
    }
  }

  @Test
  void oneNetworkWithoutGatesLearnsAsFirstOrderMaml() {
    CurveSource source = CurveMixture.source(1, WIDTH, CurveFamily.Shape.LINE);
    MetaLearning settings = settings(3);
    MetaSearch search = new MetaSearch(settings, source, List.of());
    Floats shared = source.network().initial(Seeds.generator(3));
    MetaView view = fixed(search, List.of(IDENTITY), shared);
    MetaItem.Learn item = item(2, 11);

    Contribution<MetaResult> contribution;
    try (MetaBench bench = bench(source, settings, view)) {
      contribution = bench.learn(view, item);
    }

    double[] expected = new double[2 * WIDTH + WIDTH + 1];
    MetaLayout layout = source.network().layout();
    for (MetaItem.Draw draw : item.tasks()) {
      Task task = source.families().get(0).draw(MetaPart.TRAIN, draw.seed());
      LinearNetwork network = new LinearNetwork();
      for (int i = 0; i < network.first.length; i++) {
        network.first[i] = shared.get(layout.place("layer0/identity").start() + i);
      }
      for (int i = 0; i < network.last.length; i++) {
        network.last[i] = shared.get(layout.place("last/identity").start() + i);
      }
      for (int step = 0; step < 3; step++) {
        network.descend(task.support(), RATE);
      }
      double[] slopes = network.gradient(task.query());
      for (int i = 0; i < expected.length; i++) {
        expected[i] += slopes[i];
      }
    }
    float[] first = contribution.sums().values("layer0/identity").orElseThrow();
    float[] last = contribution.sums().values("last/identity").orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      double found = i < first.length ? first[i] : last[i - first.length];
      assertThat(found).isCloseTo(expected[i], within(1e-3 * (1 + Math.abs(expected[i]))));
    }
    assertThat(contribution.sums().names())
        .containsExactlyInAnyOrder(
            "layer0/identity", "last/identity", MetaBench.USES, MetaBench.RATES);
  }

  @Test
  void sinusoidsAreLearnedFromTenPointsBetterAfterFiveStepsThanBefore() {
    CurveSource source = CurveMixture.source(2, 20, CurveFamily.Shape.SINUSOID);
    MetaLearning settings = settings(5);
    MetaSearch search = new MetaSearch(settings, source, List.of());
    List<Integer> picks = List.of(RELU, RELU);
    Floats values = source.network().initial(Seeds.generator(3));
    AdamMoments moments = AdamMoments.zeros(values.size());
    AdamRule adam = new AdamRule(0.005, 0.9, 0.999, 1e-8, 0);
    double untrained;
    double before;
    double after;
    try (MetaBench bench = bench(source, settings, fixed(search, picks, values))) {
      untrained = loss(bench, fixed(search, picks, values));
      for (int round = 0; round < 120; round++) {
        MetaView view = fixed(search, picks, values);
        double[] gradient = gradient(bench.learn(view, item(6, round)), source);
        AdamRule.Stepped stepped = adam.step(values, moments, gradient);
        values = stepped.values();
        moments = stepped.moments();
      }
      after = loss(bench, fixed(search, picks, values));
    }
    MetaLearning still = settings(0);
    try (MetaBench bench = bench(source, still, fixed(search, picks, values))) {
      before = loss(bench, fixed(search, picks, values));
    }

    assertThat(after).isLessThan(0.8 * before).isLessThan(0.8 * untrained);
  }

  private static double[] gradient(Contribution<MetaResult> contribution, CurveSource source) {
    MetaLayout layout = source.network().layout();
    double[] gradient = new double[layout.size()];
    for (var block : layout.blocks()) {
      contribution
          .sums()
          .values(block.name())
          .ifPresent(
              sums -> {
                for (int i = 0; i < sums.length; i++) {
                  gradient[block.start() + i] = sums[i] / 6;
                }
              });
    }
    return gradient;
  }

  private static double loss(MetaBench bench, MetaView view) {
    List<MetaItem.Draw> tasks = item(40, 999).tasks();
    var outcome =
        bench.judge(view, new MetaItem.Judge(1, 1, "test", MetaPart.TEST, tasks, tasks)).outcome();
    return ((Outcome.Value<MetaResult>) outcome)
        .value().tasks().stream().mapToDouble(MetaResult.Adapted::loss).average().orElseThrow();
  }
}
