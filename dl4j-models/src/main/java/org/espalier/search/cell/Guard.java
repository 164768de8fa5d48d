package org.espalier.search.cell;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.espalier.search.cell.CellState.At;
import org.espalier.search.cell.CellState.Phase;
import org.espalier.search.cell.CellState.Saved;
import org.espalier.search.cell.CellState.Turn;
import org.espalier.search.policy.Policy;

/**
 * Watches a stage after each of its rounds: takes it back once if the policy collapses into skip
 * connections, and ends it when there is nothing more to be had.
 *
 * @param settings of the search
 * @param nets of the stage
 */
record Guard(CellSettings settings, StageNets nets) {

  private static final String ALL_ROUNDS = "all rounds";

  /**
   * The state after a round, as it is to go on.
   *
   * @param state with the round's number already raised
   * @param ended what follows when the stage is over, with the reason
   */
  CellState watched(CellState state, BiFunction<CellState, String, CellState> ended) {
    int round = state.at().round();
    int rounds = settings.rounds(state.at().stage());
    int warmUp = settings.supernet().withRounds(rounds).warmUpRounds();
    GuardSettings guard = settings.guard();
    CellState now = state;
    if (round == warmUp && state.turn().raised() == 0) {
      now = now.with(now.turn().saved(new Saved(now.shared(), now.policy())));
    }
    boolean watches = round >= warmUp + guard.grace();
    if (watches && newest(state).skips() > guard.maxSkips()) {
      return now.turn().saved().isEmpty()
          ? ended.apply(now, round < rounds ? CollapseAlarm.COLLAPSE : ALL_ROUNDS)
          : takenBack(now, warmUp);
    }
    Optional<Policy> backTo = backTo(now);
    if (backTo.isPresent()) {
      return ended.apply(
          now.with(now.shared(), backTo.orElseThrow()), "eigenvalue of the validation loss rose");
    }
    now = now.with(now.turn().withStable(sameOrder(now) ? now.turn().stable() + 1 : 0));
    if (watches && settled(now)) {
      return ended.apply(now, "order of operations settled");
    }
    return round < rounds ? now : ended.apply(now, ALL_ROUNDS);
  }

  /** The policy to go back to if the eigenvalue was looked at in this round and had risen. */
  private Optional<Policy> backTo(CellState state) {
    return newest(state).eigenvalue().isEmpty()
        ? Optional.empty()
        : new RisingEigenvalue(state.turn().readings()).backTo(settings.guard().eigenvalueRise());
  }

  private boolean settled(CellState state) {
    int rounds = settings.guard().stableRounds();
    return rounds > 0 && state.turn().stable() >= rounds;
  }

  private static CellState.Log newest(CellState state) {
    return state.log().get(state.log().size() - 1);
  }

  private CellState takenBack(CellState state, int warmUp) {
    Saved saved = state.turn().saved().get(0);
    return state
        .with(saved.shared(), saved.policy())
        .with(
            new Turn(
                state.turn().raised() + settings.guard().raise(), List.of(), false, 0, List.of()))
        .with(new At(Phase.SUPERNET, state.at().stage(), warmUp));
  }

  /** Whether every edge orders its operations as after the round before. */
  private static boolean sameOrder(CellState state) {
    List<CellState.Log> log = state.log();
    if (log.size() < 2) {
      return false;
    }
    CellState.Log now = log.get(log.size() - 1);
    CellState.Log before = log.get(log.size() - 2);
    return now.stage() == before.stage() && order(now).equals(order(before));
  }

  private static List<List<Integer>> order(CellState.Log log) {
    return log.marginals().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -row.get(i)))
                    .toList())
        .toList();
  }
}
