package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.network.NetworkSpec;
import org.espalier.search.cell.CellState.At;
import org.espalier.search.cell.CellState.Phase;
import org.espalier.search.cell.CellState.Race;
import org.espalier.search.cell.CellState.Shared;
import org.espalier.search.cell.CellState.Turn;
import org.espalier.search.finals.Candidate;
import org.espalier.search.policy.Policy;
import org.espalier.search.supernet.Decoding;
import org.espalier.search.supernet.Ranked;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;

/**
 * How one stage follows another: what is dropped, what comes back, and what the next stage takes
 * over.
 *
 * @param settings of the search
 * @param nets of its stages
 */
record Progression(CellSettings settings, StageNets.Cache nets) {
  /** Tells first weights from other random numbers. */
  static final long INITIAL = 1;

  /** Tells policies from other random numbers. */
  static final long POLICY = 2;

  /** Rounds over which the accuracy of samples is averaged. */
  private static final int RECENT = 5;

  /** The stage is over: its supernet is ranked, or what is dropped is looked at. */
  CellState ended(CellState state, String why) {
    // Of the policy, which can be an earlier one than that of the last round.
    double[][] marginals =
        new StageRounds(settings, nets.of(state), state).marginals(state.policy());
    int last = settings.stages().size() - 1;
    boolean ends = state.at().stage() == last;
    List<List<Integer>> kept = state.race().kept();
    List<List<Integer>> after =
        ends
            ? kept
            : nets.of(state)
                .pruning()
                .pruned(
                    kept,
                    marginals,
                    state.policy().best(nets.of(state).choices(), 1).stream()
                        .findFirst()
                        .orElse(List.of()),
                    settings.stages().get(state.at().stage() + 1).operations());
    CellState over =
        state.logged(
            new CellState.Pruned(
                kept,
                StageRounds.lists(marginals),
                after,
                why,
                state.turn().raised() > 0,
                false,
                recentAccuracy(state),
                List.of()));
    if (ends) {
      return ranked(over.with(Turn.NONE));
    }
    CellState narrowed = carried(over, after).with(over.turn().withoutSaved());
    return settings.guard().checkRounds() > 0 && !after.equals(kept)
        ? narrowed.with(new At(Phase.CHECK, state.at().stage(), 0))
        : nextStage(narrowed);
  }

  private static double recentAccuracy(CellState state) {
    int size = state.log().size();
    return state.log().subList(Math.max(0, size - RECENT), size).stream()
        .mapToDouble(each -> each.round().accuracy())
        .average()
        .orElse(0);
  }

  /** With other options in the race, whose probabilities are taken over. */
  private CellState carried(CellState state, List<List<Integer>> kept) {
    List<List<Integer>> from = state.race().kept();
    Race race = new Race(state.race().laidOut(), kept);
    StageNets left = nets.of(state.images(), state.at().stage(), race);
    int stage = Math.min(state.at().stage() + 1, settings.stages().size() - 1);
    Policy fresh =
        settings
            .policy()
            .start(
                left.choices(),
                Math.max(1, settings.learnings(stage)),
                Seeds.generator(state.seed(), POLICY, stage));
    Policy policy =
        fresh.inheriting(
            left.choices(),
            state.policy(),
            positions(from, kept),
            settings.guard().carriedLogits());
    return state.with(race).with(state.shared(), policy);
  }

  /** For each choice and option that stays its index among those there were. */
  private static List<List<Integer>> positions(List<List<Integer>> from, List<List<Integer>> kept) {
    List<List<Integer>> positions = new ArrayList<>();
    for (int choice = 0; choice < kept.size(); choice++) {
      positions.add(kept.get(choice).stream().map(from.get(choice)::indexOf).toList());
    }
    return positions;
  }

  /**
   * What was dropped has been looked at: the next stage begins, or some of it comes back.
   *
   * @param accuracy of samples with what is left, a share
   */
  CellState checked(CellState after, double accuracy) {
    CellState.Pruned stage = after.pruned().get(after.pruned().size() - 1);
    boolean lost = 100 * (stage.before() - accuracy) > settings.guard().tolerance();
    if (!lost || after.turn().restored()) {
      return nextStage(after.checked(accuracy, after.race().kept(), after.turn().restored()));
    }
    List<List<Integer>> restored =
        nets.of(after)
            .pruning()
            .restored(
                stage.kept(),
                StageNets.rows(stage.marginals()),
                after.race().kept(),
                settings.guard().restoredShare());
    // What comes back was laid out with the stage, so its weights are still there.
    CellState wider = carried(after, restored);
    return wider
        .checked(accuracy, restored, true)
        .with(wider.turn().withRestored())
        .with(new At(Phase.CHECK, after.at().stage(), 0));
  }

  /** The same race in a deeper supernet. */
  private CellState nextStage(CellState state) {
    int stage = state.at().stage() + 1;
    List<List<Integer>> kept = state.race().kept();
    StageNets before = nets.of(state);
    Race race = new Race(kept, kept);
    StageNets deeper = nets.of(state.images(), stage, race);
    Floats fresh = deeper.layout().initial(Seeds.generator(state.seed(), INITIAL, stage));
    Floats values =
        settings.guard().carriesWeights()
            ? deeper.layout().carried(fresh, before.layout(), state.shared().values())
            : fresh;
    return state
        .with(race)
        .with(Shared.at(values), state.policy())
        .with(Turn.NONE)
        .with(new At(Phase.SUPERNET, stage, 0));
  }

  /**
   * The candidates that the last supernet ranks. Different picks can be one network, as those of
   * chains that leave out different layers; each network is ranked once.
   */
  private CellState ranked(CellState state) {
    StageNets last = nets.of(state);
    Map<List<NetworkSpec.Unnamed>, Ranked> candidates = new LinkedHashMap<>();
    for (List<Integer> picks :
        new Decoding(new StageRounds(settings, last, state).setup())
            .candidates(state.policy(), Optional.empty())) {
      Candidate candidate = last.candidate(picks);
      candidates.putIfAbsent(candidate.network().unnamed(), Ranked.unjudged(picks, candidate));
    }
    return state
        .ranked(List.copyOf(candidates.values()))
        .with(new At(Phase.RANK, state.at().stage(), 0));
  }
}
