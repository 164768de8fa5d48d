package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.espalier.data.Batch;
import org.espalier.data.LabelledData;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Outcome;
import org.espalier.search.Reusable;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.policy.Categoricals;
import org.espalier.search.policy.IndependentChoices;
import org.espalier.search.policy.PathCode;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.supernet.LocalSgd;
import org.espalier.search.supernet.NamedLayout;
import org.espalier.search.supernet.SupernetBench;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class CellBenchTest {
  private static final GatedSpace SPACE = TinyCells.spaces().get(0);
  private static final NamedLayout LAYOUT = TinyCells.layout(SPACE);
  private static final LabelledData DATA =
      TinyWidthSearch.data().load(TinyWidthSearch.fingerprint(), LabelledData.class);
  private static final CellView VIEW = TinyCells.view(SPACE, TinyCells.values(LAYOUT), List.of());

  /** For items that neither borrow nor load. */
  private static final ItemContext BARE =
      new ItemContext() {
        @Override
        public <D> D data(String fingerprint, Class<D> type) {
          throw new UnsupportedOperationException();
        }

        @Override
        public <T extends Reusable> T borrow(String key, Class<T> type, Supplier<T> create) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void checkCancelled() {
          // Nobody does.
        }
      };

  private static CellRound.Result perform(CellSettings settings, CellRound.Item item) {
    try (CellBench bench = new CellBench(settings, VIEW, DATA)) {
      Contribution<CellRound.Result> done = bench.perform(VIEW, item, BARE);
      return ((Outcome.Value<CellRound.Result>) done.outcome()).value();
    }
  }

  private static SupernetBench images(CellSupernet supernet, CellSettings settings) {
    return new SupernetBench(
        supernet.net(), settings.supernet(), settings.ranking(), settings.finals(), DATA);
  }

  /** Equations 7 and 8 of DARTS, put together from steps and gradients of the first order. */
  @Test
  void theSecondOrderIsItsDefinition() {
    CellSettings settings = TinyCellSearch.secondOrder();
    List<Integer> picks = List.of(4, 3, 1);
    SupernetItem.Judge judge = new SupernetItem.Judge(7, 1, "sample", picks, 8, true);
    double rate = VIEW.learningRate();
    double decay = settings.supernet().weightDecay();
    List<Double> expected = new ArrayList<>();
    List<Double> firstOrder = new ArrayList<>();
    CellSupernet supernet = new CellSupernet(SPACE, LAYOUT);
    try (SupernetBench bench = images(supernet, settings)) {
      Batch train = bench.trainingBatch(judge);
      Batch validation = bench.rewardBatch(judge);
      supernet.load(VIEW);
      supernet.net().gradients(picks, validation, Seeds.generator(0));
      supernet.gates(picks).forEach(firstOrder::addAll);
      supernet.net().trainStep(picks, train, rate, new LocalSgd(0, decay, 0), Seeds.generator(0));
      supernet.net().gradients(picks, validation, Seeds.generator(0));
      List<Double> after = new ArrayList<>();
      supernet.gates(picks).forEach(after::addAll);
      double[] v = supernet.net().weightGradients(picks, 0);
      double length = 0;
      for (double each : v) {
        length += each * each;
      }
      double distance = 0.01 / Math.sqrt(length);
      List<List<Double>> sides = new ArrayList<>();
      for (double by : new double[] {distance, -distance}) {
        supernet.load(VIEW);
        supernet.net().move(picks, v, by);
        supernet.net().gradients(picks, train, Seeds.generator(0));
        List<Double> side = new ArrayList<>();
        supernet.gates(picks).forEach(side::addAll);
        sides.add(side);
      }
      for (int i = 0; i < after.size(); i++) {
        double bend = (sides.get(0).get(i) - sides.get(1).get(i)) / (2 * distance);
        expected.add(after.get(i) - rate * bend);
      }
    }

    var found = (CellRound.Found) perform(settings, new CellRound.Shared(judge));

    List<Double> gates =
        ((SupernetResult.Judged) found.result()).gates().stream().flatMap(List::stream).toList();
    double apart = 0;
    for (int i = 0; i < gates.size(); i++) {
      // Differences of single precision over 0.01 times a direction of length 1.
      assertThat(gates.get(i)).isCloseTo(expected.get(i), within(2e-5));
      apart = Math.max(apart, Math.abs(gates.get(i) - firstOrder.get(i)));
    }
    assertThat(apart).isGreaterThan(1e-3);
  }

  /** Against gradients of the loss by the logits in double precision, along equal directions. */
  @Test
  void theCurvatureIsThatOfTheLossOfTheMixture() {
    CellSettings settings = TinyCellSearch.settings(0.05);
    List<Integer> all = PathCode.all(SPACE.sizes());
    SupernetItem.Judge judge = new SupernetItem.Judge(7, 1, "curvature", all, 8, true);
    double[] numbers = new double[15];
    float[] logits = new float[15];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (i * 7 % 5 - 2) / 2f;
      numbers[i] = logits[i];
    }
    IndependentChoices at = new Categoricals(SPACE.sizes(), Floats.of(logits));
    double expected;
    CellSupernet supernet = new CellSupernet(SPACE, LAYOUT);
    try (SupernetBench bench = images(supernet, settings)) {
      Batch batch = bench.rewardBatch(judge);
      supernet.load(VIEW.mixing(at.gates()));
      supernet.net().gradients(all, batch, Seeds.generator(0));
      GatedReference reference =
          new GatedReference(
              SPACE.supernet(
                  SPACE.everything(), new org.espalier.search.cell.space.Form(false, 0, true, 0)),
              supernet.net().gated(all),
              batch,
              false);
      expected =
          new Lanczos(8, 0.2)
              .largest(point -> slopes(reference, point), numbers, Seeds.generator(judge.images()));
    }

    var found = (CellRound.Eigenvalue) perform(settings, new CellRound.Curvature(judge, at));

    assertThat(found.value()).isCloseTo(expected, within(0.01 * expected)).isGreaterThan(0.01);
  }

  /** Gradient by the logits. */
  private static double[] slopes(GatedReference reference, double[] logits) {
    double step = 1e-6;
    double[] slopes = new double[logits.length];
    for (int i = 0; i < slopes.length; i++) {
      double[] moved = logits.clone();
      moved[i] = logits[i] + step;
      slopes[i] = reference.loss(softmax(moved));
      moved[i] = logits[i] - step;
      slopes[i] = (slopes[i] - reference.loss(softmax(moved))) / (2 * step);
    }
    return slopes;
  }

  private static double[][] softmax(double[] logits) {
    double[][] gates = new double[3][5];
    for (int choice = 0; choice < 3; choice++) {
      double sum = 0;
      for (int option = 0; option < 5; option++) {
        gates[choice][option] = Math.exp(logits[5 * choice + option]);
        sum += gates[choice][option];
      }
      for (int option = 0; option < 5; option++) {
        gates[choice][option] /= sum;
      }
    }
    return gates;
  }
}
