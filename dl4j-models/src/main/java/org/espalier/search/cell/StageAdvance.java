package org.espalier.search.cell;

import org.espalier.search.RoundResult;
import org.espalier.search.cell.CellState.At;
import org.espalier.search.cell.CellState.Phase;
import org.espalier.search.cell.CellState.Reading;
import org.espalier.search.cell.CellState.Shared;
import org.espalier.search.policy.Policy;
import org.espalier.search.supernet.SharedDescent;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;
import org.espalier.text.InputException;

/**
 * What a round of a stage, or of the look at what it dropped, changes.
 *
 * @param settings of the search
 * @param nets of its stages
 */
record StageAdvance(CellSettings settings, StageNets.Cache nets) {

  /**
   * After a round in which weights were trained and the policy could learn.
   *
   * @throws InputException if no training had a finite loss
   */
  CellState afterRound(CellState state, RoundResult<CellRound.Item, CellRound.Result> round) {
    StageRounds rounds = new StageRounds(settings, nets.of(state), state);
    RoundResult<SupernetItem, SupernetResult> own = CellRound.ofSupernet(round);
    Shared stepped = stepped(state, own);
    Policy policy = rounds.learned(own);
    CellState.Log log = rounds.log(policy, round);
    CellState after =
        state
            .with(stepped, policy)
            .logged(log)
            .with(new At(Phase.SUPERNET, state.at().stage(), state.at().round() + 1));
    for (double eigenvalue : log.eigenvalue()) {
      after = after.with(after.turn().reading(new Reading(eigenvalue, state.policy())));
    }
    return new Guard(settings, nets.of(state)).watched(after, progression()::ended);
  }

  /**
   * After a round of the pruned supernet.
   *
   * @throws InputException if no training had a finite loss
   */
  CellState afterCheck(CellState state, RoundResult<CellRound.Item, CellRound.Result> round) {
    RoundResult<SupernetItem, SupernetResult> own = CellRound.ofSupernet(round);
    CellState after =
        state
            .with(stepped(state, own), state.policy())
            .with(new At(Phase.CHECK, state.at().stage(), state.at().round() + 1));
    return after.at().round() < settings.guard().checkRounds()
        ? after
        : progression()
            .checked(
                after,
                own.values(SupernetItem.Judge.class, SupernetResult.Judged.class).stream()
                    .mapToDouble(each -> each.value().accuracy())
                    .average()
                    .orElse(0));
  }

  private Progression progression() {
    return new Progression(settings, nets);
  }

  private Shared stepped(CellState state, RoundResult<SupernetItem, SupernetResult> round) {
    if (round.values(SupernetItem.Steps.class, SupernetResult.Loss.class).isEmpty()) {
      throw new InputException(
          "the loss was not finite in any item of round %s of stage %s: lower supernet.learningRate, %s now"
              .formatted(
                  state.at().round() + 1,
                  state.at().stage() + 1,
                  settings.supernet().learningRate()));
    }
    SharedDescent after =
        new SharedDescent(state.shared().values(), state.shared().velocity())
            .stepped(
                nets.of(state).layout(),
                round.totals(),
                (block, items) -> index -> items,
                settings.supernet().momentum());
    return new Shared(after.values(), after.velocity());
  }
}
