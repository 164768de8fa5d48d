package org.espalier.search.width;

import java.util.ArrayList;
import java.util.List;
import org.espalier.search.RoundResult;
import org.espalier.search.Totals;
import org.espalier.search.policy.Policy;
import org.espalier.search.supernet.SharedDescent;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;
import org.espalier.search.supernet.SupernetRounds;
import org.espalier.search.supernet.SupernetSetup;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;

/**
 * The driver's part in training weights that are shared by affine maps: plans rounds, and folds
 * what comes back into weights, maps and policy.
 *
 * @param settings of the search
 * @param layout of the shared weights
 * @param setup what is known from the start
 */
record AffineSupernetPhase(AffineSharingSettings settings, MetaLayout layout, SupernetSetup setup) {
  /** Steps of learned maps in a whole search: with their usual rate they have parted by then. */
  static final int MAP_STEPS = 2000;

  private static final long PARTING = 35;

  List<WidthRound.Item> plan(AffineSharingState state) {
    List<WidthRound.Item> items = new ArrayList<>();
    new SupernetRounds(setup)
        .plan(state.policy(), state.round())
        .forEach(item -> items.add(new WidthRound.Shared(item)));
    int steps = mapSteps(state.round());
    if (steps > 0 && settings.sharing() instanceof Sharing.Learned) {
      items.addAll(
          state.shared().maps().partings(steps, Seeds.mix(setup.seed(), PARTING, state.round())));
    }
    return items;
  }

  /** Learned maps stay in the warm-up, and part while a transition would turn. */
  private int mapSteps(int round) {
    double done = settings.supernet().transition(round);
    double next = settings.supernet().transition(round + 1);
    return (int) ((long) (next * MAP_STEPS) - (long) (done * MAP_STEPS));
  }

  /** Shared weights, policy and log after a round. */
  AffineSharingState advance(
      AffineSharingState state, RoundResult<WidthRound.Item, WidthRound.Result> round) {
    RoundResult<SupernetItem, SupernetResult> ofSupernet = ofSupernet(round);
    List<List<List<Integer>>> picks =
        ofSupernet.values(SupernetItem.Steps.class, SupernetResult.Loss.class).stream()
            .map(each -> each.item().picks())
            .toList();
    if (picks.isEmpty()) {
      throw new InputException(
          "the loss was not finite in any item of round %s: lower supernet.learningRate, %s now"
              .formatted(state.round() + 1, setup.how().learningRate()));
    }
    SupernetRounds rounds = new SupernetRounds(setup);
    Policy policy = rounds.learned(state.policy(), state.round(), ofSupernet);
    AffineSharingState.Shared shared = handedOver(state, stepped(state, round, picks));
    SharingLevel level = maps(state).level();
    List<AffineSharingState.Log> log = new ArrayList<>(state.log());
    log.add(
        new AffineSharingState.Log(
            rounds.log(policy, state.round(), ofSupernet), angle(state.round()), level));
    return state.with(shared, policy, log);
  }

  static RoundResult<SupernetItem, SupernetResult> ofSupernet(
      RoundResult<WidthRound.Item, WidthRound.Result> round) {
    return new RoundResult<>(
            round.items().stream()
                .filter(each -> each.item() instanceof WidthRound.Shared)
                .toList(),
            round.totals())
        .map(
            item -> ((WidthRound.Shared) item).item(),
            result -> ((WidthRound.Found) result).result());
  }

  private AffineSharingState.Shared stepped(
      AffineSharingState state,
      RoundResult<WidthRound.Item, WidthRound.Result> round,
      List<List<List<Integer>>> picks) {
    AffineSharingState.Shared before = state.shared();
    int[] coverage = new Coverage(layout, maps(state)).of(picks);
    Totals totals = round.totals();
    SharedDescent after =
        new SharedDescent(before.values(), before.velocity())
            .stepped(
                layout,
                totals,
                (block, items) ->
                    block.name().equals(MetaLayout.SHARED)
                        ? index -> coverage[index]
                        : index -> items,
                setup.how().momentum());
    return new AffineSharingState.Shared(
        after.values(),
        after.velocity(),
        before.maps().parted(round.values(WidthRound.Parting.class, WidthRound.Parted.class)));
  }

  /** Before a transition begins to turn, what was learned together is handed over. */
  private AffineSharingState.Shared handedOver(
      AffineSharingState state, AffineSharingState.Shared shared) {
    boolean begins =
        settings.sharing() instanceof Sharing.Transition
            && angle(state.round()) == 0
            && angle(state.round() + 1) > 0;
    HandOver handOver = new HandOver(layout);
    return begins
        ? new AffineSharingState.Shared(
            handOver.of(shared.values()), handOver.of(shared.velocity()), shared.maps())
        : shared;
  }

  /** The angle of the transition in a round. */
  double angle(int round) {
    return settings.sharing().angle(settings.supernet().transition(round));
  }

  private AffineMaps maps(AffineSharingState state) {
    LearnedMaps learned = state.shared().maps();
    return learned.isEmpty()
        ? AffineMaps.of(layout.space(), settings.sharing(), angle(state.round()))
        : learned.maps();
  }
}
