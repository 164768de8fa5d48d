package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.espalier.network.ImageShape;
import org.espalier.search.Outcome;
import org.espalier.search.RoundResult;
import org.espalier.search.SearchContext;
import org.espalier.search.SumShape;
import org.espalier.search.Totals;
import org.espalier.search.cell.CellState.At;
import org.espalier.search.cell.CellState.Phase;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.Decision;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.policy.AdamDescent;
import org.espalier.search.policy.ExpectedSkips;
import org.espalier.search.policy.GateSettings;
import org.espalier.search.policy.Gating;
import org.espalier.search.policy.GradientPolicy;
import org.espalier.search.policy.IndependentChoices;
import org.espalier.search.policy.MixtureSettings;
import org.espalier.search.policy.PathCode;
import org.espalier.search.policy.Policy;
import org.espalier.search.policy.SigmoidGates;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;
import org.espalier.storage.Floats;
import org.junit.jupiter.api.Test;

class GateLossTest {
  private static final int ROUNDS = 100;
  private static final int WARM_UP = 40;
  private static final double BETA = 0.5;

  private static CellSettings settings(Gating gating, double zeroOneWeight, double skipWeight) {
    CellSettings tiny =
        TinyCellSearch.settings(
            0.05,
            new MixtureSettings(new GateSettings(gating, 0.3, BETA, null, null, null)),
            new GuardSettings(
                1,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                zeroOneWeight,
                skipWeight),
            1_000_000,
            List.of());
    return new CellSettings(
        tiny.space(),
        tiny.budget(),
        tiny.budgetShares(),
        null,
        tiny.cells(),
        tiny.channels(),
        tiny.fillsBudget(),
        tiny.policy(),
        tiny.order(),
        tiny.plan(),
        List.of(new Stage(1, 5, 0.0, ROUNDS)),
        tiny.supernetChannels(),
        tiny.auxiliarySkip(),
        tiny.supernet(),
        tiny.guard(),
        tiny.ranking(),
        tiny.trials(),
        tiny.finals());
  }

  private static CellState start(CellSettings settings) {
    return new CellSearch(settings, TinyWidthSearch.fingerprint())
        .start(new SearchContext(3, TinyWidthSearch.data()));
  }

  private static StageRounds rounds(CellSettings settings, CellState state) {
    return new StageRounds(settings, new StageNets.Cache(settings).of(state), state);
  }

  /** The state after a round in which the mixture's loss had these derivatives by its gates. */
  private static CellState learned(
      CellSettings settings, CellState state, int round, double[][] byGates) {
    CellState now = state.with(new At(Phase.SUPERNET, 0, round));
    SupernetItem judge =
        new SupernetItem.Judge(1, 1, "sample", PathCode.all(List.of(5, 5, 5)), 1, true);
    SupernetResult judged = new SupernetResult.Judged(0.5, 1, StageRounds.lists(byGates));
    Policy policy =
        rounds(settings, now)
            .learned(
                new RoundResult<>(
                    List.of(new RoundResult.Performed<>(judge, new Outcome.Value<>(judged))),
                    new Totals(SumShape.NONE, Map.of(), Map.of())));
    return now.with(now.shared(), policy);
  }

  private static double[][] gates(CellState state) {
    return state.policy().mixture().orElseThrow();
  }

  /** What the policy follows where the networks say nothing: Adam's mean of its first gradient. */
  @Test
  void aPolicyLearnsFromItsFiniteDifferences() {
    CellSettings settings = settings(Gating.SIGMOID, 3, 2);
    CellState start = start(settings);
    GradientPolicy policy = (GradientPolicy) start.policy();
    // Skip connections are open enough that more than one is expected.
    float[] logits = new float[15];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = i % 5 == 1 ? 2 : 0.25f * (i % 4) - 1.5f;
    }
    SigmoidGates at = new SigmoidGates(List.of(5, 5, 5), Floats.of(logits));
    CellState state =
        start.with(start.shared(), new GradientPolicy(at, policy.estimator(), policy.descent()));
    int round = 69;
    GateLoss loss = rounds(settings, state.with(new At(Phase.SUPERNET, 0, round))).gateLoss();
    assertThat(loss.zeroOneWeight()).isCloseTo(3 * 0.5, within(1e-12));
    assertThat(loss.skips().of(at.gates())).isGreaterThan(1.1);

    GradientPolicy after =
        (GradientPolicy) learned(settings, state, round, new double[3][5]).policy();

    Floats mean = ((AdamDescent) after.descent()).moments().first();
    float step = 0x1p-10f;
    for (int i = 0; i < logits.length; i++) {
      double slope = (loss.of(moved(at, i, step)) - loss.of(moved(at, i, -step))) / (2 * step);
      assertThat(mean.get(i) / (1 - BETA)).isCloseTo(slope, within(1e-5));
    }
  }

  private static double[][] moved(IndependentChoices at, int index, float by) {
    float[] logits = at.values().toArray();
    logits[index] += by;
    return at.with(Floats.of(logits)).gates();
  }

  /** A loss that leaves gates half open, and skip connections the furthest. */
  private static double[][] planted(double[][] gates) {
    double[][] slopes = new double[gates.length][];
    for (int choice = 0; choice < slopes.length; choice++) {
      slopes[choice] = gates[choice].clone();
      for (int option = 0; option < slopes[choice].length; option++) {
        double best = option == 1 ? 0.95 : option == 4 ? 0.6 : 0.25;
        slopes[choice][option] = 0.1 * (gates[choice][option] - best);
      }
    }
    return slopes;
  }

  private static CellState searched(CellSettings settings) {
    CellState state = start(settings);
    for (int round = WARM_UP; round < ROUNDS; round++) {
      state = learned(settings, state, round, planted(gates(state)));
    }
    return state;
  }

  /** How far gates are from 0 or 1, on average. */
  private static double undecided(CellState state) {
    return Arrays.stream(gates(state))
        .flatMapToDouble(Arrays::stream)
        .map(gate -> Math.min(gate, 1 - gate))
        .average()
        .orElseThrow();
  }

  private static double skips(CellSettings settings, CellState state) {
    return rounds(settings, state).gateLoss().skips().of(gates(state));
  }

  @Test
  void gatesEndNearZeroOrOneAndSkipConnectionsWithinWhatIsAllowed() {
    CellSettings with = settings(Gating.SIGMOID, 10, 1);
    CellSettings without = settings(Gating.SIGMOID, 0, 0);

    CellState held = searched(with);
    CellState free = searched(without);

    assertThat(undecided(free)).isGreaterThan(0.2);
    assertThat(undecided(held)).isLessThan(0.08);
    assertThat(skips(without, free)).isGreaterThan(1.2);
    assertThat(skips(with, held)).isLessThan(1.05);
  }

  /** Options of a softmax close one another, and its skip connections are a limit. */
  @Test
  void softmaxGatesAreLeftAlone() {
    CellState some = searched(settings(Gating.SOFTMAX, 10, 1));
    CellState none = searched(settings(Gating.SOFTMAX, 0, 0));

    assertThat(some.policy()).isEqualTo(none.policy());
  }

  /** Nothing is locked early. */
  @Test
  void theZeroOneLossRisesAlongAStage() {
    CellSettings settings = settings(Gating.SIGMOID, 10, 1);
    CellState start = start(settings);
    List<Double> weights = new ArrayList<>();
    for (int round : new int[] {WARM_UP, 69, ROUNDS - 1}) {
      weights.add(
          rounds(settings, start.with(new At(Phase.SUPERNET, 0, round)))
              .gateLoss()
              .zeroOneWeight());
    }

    assertThat(weights.get(0)).isCloseTo(10.0 / 60, within(1e-12));
    assertThat(weights.get(1)).isCloseTo(5, within(1e-12));
    assertThat(weights.get(2)).isEqualTo(10);
  }

  /** Each edge of a dense cell keeps one operation, each node of DARTS two of its edges. */
  @Test
  void skipsOfNodesAreThoseOfTheSpace() {
    Skeleton skeleton = new Skeleton(3, 4, new ImageShape(8, 8, 1), 10);
    GatedSpace darts = CellSpaceSettings.defaults().of(skeleton);
    GatedSpace dense = new CellSpaceSettings.NasBench201().of(skeleton);
    GatedSpace chain = new CellSpaceSettings.Chain(null, null, null).of(skeleton);

    ExpectedSkips ofDarts = SkipCount.byGates(darts, darts.everything());
    assertThat(ofDarts.kept()).isEqualTo(2);
    assertThat(ofDarts.nodes().stream().map(List::size)).containsExactly(2, 3, 4, 5);
    // All gates equal: 8 edges with a seventh each.
    assertThat(ofDarts.of(halves(darts.everything()))).isCloseTo(8.0 / 7, within(1e-12));
    assertThat(SkipCount.byGates(dense, dense.everything()).of(halves(dense.everything())))
        .isCloseTo(6.0 / 5, within(1e-12));
    assertThat(SkipCount.byGates(chain, chain.everything()).nodes()).isEmpty();
    // Without skip connections there are none.
    List<List<Integer>> kept = new ArrayList<>();
    for (Decision decision : darts.decisions()) {
      List<Integer> options = new ArrayList<>();
      for (int option = 0; option < decision.options().size(); option++) {
        if (!decision.with(Decision.Effect.SKIP).contains(option)) {
          options.add(option);
        }
      }
      kept.add(options);
    }
    assertThat(SkipCount.byGates(darts, kept).of(halves(kept))).isZero();
  }

  private static double[][] halves(List<List<Integer>> kept) {
    return kept.stream()
        .map(
            options -> {
              double[] row = new double[options.size()];
              Arrays.fill(row, 0.5);
              return row;
            })
        .toArray(double[][]::new);
  }
}
