package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.search.SearchContext;
import org.espalier.search.cell.CellState.At;
import org.espalier.search.cell.CellState.Phase;
import org.espalier.search.cell.CellState.Saved;
import org.espalier.search.cell.CellState.Shared;
import org.espalier.search.policy.Policy;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.search.supernet.Decoding;
import org.espalier.search.supernet.SupernetRounds;
import org.espalier.storage.Floats;
import org.espalier.storage.RecordCodec;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class GuardTest {
  private static final CellSettings SETTINGS = TinyCellSearch.settings(0.05);
  private static final CellSearch SEARCH = new CellSearch(SETTINGS, TinyWidthSearch.fingerprint());
  private static final StageNets.Cache NETS = new StageNets.Cache(SETTINGS);
  private static final CellState START = SEARCH.start(new SearchContext(3, TinyWidthSearch.data()));

  /** Rounds of the first stage in which weights alone are trained. */
  private static final int WARM_UP = 2;

  private static CellState at(CellState state, int round) {
    return state.with(new At(Phase.SUPERNET, 0, round));
  }

  /** After a round whose most probable cell had so many skip connections. */
  private static CellState logged(CellState state, int skips) {
    SupernetRounds.Log round = new SupernetRounds.Log(1, 0.5, 0.5, 0.5, 1);
    return state.logged(
        new CellState.Log(
            0, round, skips, skips, 0.5, 0.5, 0, List.of(), StageRounds.lists(marginals(state))));
  }

  private static double[][] marginals(CellState state) {
    return new StageRounds(SETTINGS, NETS.of(state), state).marginals(state.policy());
  }

  private static CellState ended(CellState state, String why) {
    return state.logged(
        new CellState.Pruned(List.of(), List.of(), List.of(), why, false, false, 0, List.of()));
  }

  private static CellState watched(CellState state) {
    return new Guard(SETTINGS, NETS.of(state)).watched(state, GuardTest::ended);
  }

  /** Other weights, and a policy that has learned. */
  private static CellState moved(CellState state) {
    float[] values = state.shared().values().toArray();
    RandomGenerator random = Seeds.generator(9);
    for (int i = 0; i < values.length; i++) {
      values[i] += random.nextFloat();
    }
    return state.with(
        new Shared(Floats.of(values), Floats.of(values)),
        TinyCellSearch.drawnToSkips(state.policy(), NETS.of(state).choices(), 1));
  }

  private static byte[] bits(CellState state) {
    return new RecordCodec<>(Saved.class).encode(new Saved(state.shared(), state.policy()));
  }

  @Test
  void aStageThatIsTakenBackIsToTheBitWhatItWasAtTheEndOfItsWarmUp() {
    CellState warm = watched(at(logged(moved(START), 0), WARM_UP));
    byte[] before = bits(warm);
    CellState later = at(logged(moved(warm), 3), WARM_UP + 1);
    assertThat(bits(later)).isNotEqualTo(before);

    CellState back = watched(later);

    assertThat(back.at()).isEqualTo(new At(Phase.SUPERNET, 0, WARM_UP));
    assertThat(bits(back)).isEqualTo(before);
    assertThat(back.turn().raised()).isEqualTo(SETTINGS.guard().raise());
    assertThat(back.turn().saved()).isEmpty();
    assertThat(back.pruned()).isEmpty();
    assertThat(back.log()).hasSize(2);
  }

  @Test
  void aSecondCollapseEndsTheStage() {
    CellState warm = watched(at(logged(START, 0), WARM_UP));
    CellState back = watched(at(logged(moved(warm), 3), WARM_UP + 1));

    CellState again = watched(at(logged(moved(back), 3), WARM_UP + 1));

    assertThat(again.pruned())
        .extracting(CellState.Pruned::why)
        .containsExactly("collapse into skip connections");
  }

  @Test
  void anEigenvalueThatRisesEndsTheStageWithTheEarlierPolicy() {
    CellState warm = watched(at(logged(START, 0), WARM_UP));
    CellState now = warm;
    List<Policy> policies = new ArrayList<>();
    for (double eigenvalue : new double[] {1, 1, 1, 1, 2, 2, 2}) {
      assertThat(now.pruned()).isEmpty();
      policies.add(now.policy());
      CellState.Log log = logged(now, 0).log().get(0);
      CellState read =
          now.logged(
              new CellState.Log(
                  0, log.round(), 0, 0, 0.5, 0.5, 0, List.of(eigenvalue), log.marginals()));
      read = read.with(read.turn().reading(new CellState.Reading(eigenvalue, now.policy())));
      now = watched(at(moved(read), WARM_UP));
    }

    assertThat(now.pruned())
        .extracting(CellState.Pruned::why)
        .containsExactly("eigenvalue of the validation loss rose");
    assertThat(now.policy()).isEqualTo(policies.get(0)).isNotEqualTo(policies.get(6));
  }

  /** However much a policy is drawn to skip connections. */
  @Test
  void nothingAboveTheMostSkipsIsDecoded() {
    StageNets nets = NETS.of(START);
    Policy free = SETTINGS.policy().start(nets.affordable(), 1, Seeds.generator(2));
    Policy drawn = TinyCellSearch.drawnToSkips(free, nets.affordable(), 200);
    CellState state = START.with(START.shared(), drawn);
    assertThat(drawn.logProbability(nets.choices(), List.of(1, 1, 1)))
        .isGreaterThan(free.logProbability(nets.choices(), List.of(1, 1, 1)));

    List<List<Integer>> decoded =
        new ArrayList<>(
            new Decoding(new StageRounds(SETTINGS, nets, state).setup())
                .candidates(drawn, Optional.empty()));
    decoded.addAll(drawn.best(nets.choices(), 125));
    decoded.addAll(FeasibleCandidates.sample(nets.choices(), 40, Seeds.generator(4)));

    assertThat(decoded)
        .hasSizeGreaterThan(50)
        .allMatch(picks -> nets.skips(picks) <= SETTINGS.guard().maxSkips());
    assertThat(drawn.best(nets.affordable(), 125))
        .anyMatch(picks -> nets.skips(picks) > SETTINGS.guard().maxSkips());
  }

  /** However sure a policy is of the cell that computes nothing. */
  @Test
  void aCellThatDoesNotReadItsInputIsNotDecoded() {
    StageNets nets = NETS.of(START);
    Policy free = SETTINGS.policy().start(nets.choices(), 1, Seeds.generator(2));
    Policy drawn = TinyCellSearch.drawnTo(0, free, nets.choices(), 300);
    CellState state = START.with(START.shared(), drawn);
    List<Integer> nothing = List.of(0, 0, 0);
    assertThat(drawn.logProbability(nets.choices(), nothing)).isGreaterThan(Math.log(0.9));
    assertThat(nets.supernet().isDegenerate(nothing)).isTrue();

    List<List<Integer>> decoded =
        new ArrayList<>(
            new Decoding(new StageRounds(SETTINGS, nets, state).setup())
                .candidates(drawn, Optional.of(nothing)));
    assertThat(decoded).isNotEmpty();
    decoded.addAll(drawn.best(nets.choices(), 125));
    decoded.addAll(FeasibleCandidates.sample(nets.affordable(), 125, Seeds.generator(4)));

    assertThat(decoded)
        .hasSizeGreaterThan(100)
        .noneMatch(picks -> nets.handedOver().isDegenerate(picks));
  }
}
