package org.espalier.search.cell;

import java.util.Arrays;
import java.util.List;
import org.espalier.cost.NetworkCost;
import org.espalier.search.RoundResult;
import org.espalier.search.cell.CellState.Phase;
import org.espalier.search.cell.space.Form;
import org.espalier.search.policy.Policy;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;
import org.espalier.search.supernet.SupernetRounds;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.search.supernet.SupernetSetup;
import org.espalier.tensor.Seeds;

/**
 * The rounds of a stage, and of the look at what was pruned at its end.
 *
 * @param settings of the search
 * @param nets of the stage
 * @param state of the search
 */
record StageRounds(CellSettings settings, StageNets nets, CellState state) {
  private static final long STAGE = 41;
  private static final long CHECK = 42;

  /** What the rounds of a supernet need to know. */
  SupernetSetup setup() {
    boolean checks = state.at().phase() == Phase.CHECK;
    SupernetSettings how = settings.supernet().withRounds(rounds());
    return new SupernetSetup(
        checks ? how.withoutWarmUp() : how,
        settings.ranking(),
        nets.choices(),
        nets.macs(),
        this::pathMacs,
        state.course(),
        Seeds.mix(
            state.seed(),
            checks ? CHECK : STAGE,
            state.at().stage(),
            state.turn().restored() ? 1 : 0));
  }

  /** Rounds of the phase. */
  int rounds() {
    return state.at().phase() == Phase.CHECK
        ? settings.guard().checkRounds()
        : settings.rounds(state.at().stage());
  }

  /** What a step of a path computes for each image. */
  private long pathMacs(List<Integer> path) {
    List<Integer> sizes = nets.supernet().sizes();
    for (int choice = 0; choice < sizes.size(); choice++) {
      if (path.get(choice) >= sizes.get(choice)) {
        List<List<Integer>> options = nets.supernet().options(path);
        Form form = new Form(false, 0, false, settings.auxiliarySkip());
        return NetworkCost.of(nets.supernet().whole().supernet(options, form).spec()).macs();
      }
    }
    return nets.macs().exact(path);
  }

  List<SupernetItem> plan() {
    return new SupernetRounds(setup()).plan(state.policy(), state.at().round());
  }

  CellView view() {
    return new CellView(
        nets.supernet().whole().skeleton(),
        state.race().laidOut(),
        state.race().kept(),
        state.shared().values(),
        setup().how().learningRate(Math.min(state.at().round(), rounds() - 1)),
        skipDropout(),
        auxiliarySkip(),
        state
            .policy()
            .mixture()
            .map(gates -> Arrays.stream(gates).map(StageRounds::row).toList())
            .orElse(List.of()));
  }

  private static List<Double> row(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private double skipDropout() {
    if (state.at().phase() != Phase.SUPERNET) {
      return 0;
    }
    double start = settings.stages().get(state.at().stage()).skipDropout() + state.turn().raised();
    SupernetSettings how = setup().how();
    return Stage.skipDropout(start, state.at().round(), how.warmUpRounds(), how.rounds());
  }

  /** It fades away along a stage, so that what is left at its end can do without. */
  private double auxiliarySkip() {
    return state.at().phase() == Phase.SUPERNET
        ? settings.auxiliarySkip() * (1 - (double) state.at().round() / rounds())
        : 0;
  }

  /** The policy after a round. */
  Policy learned(RoundResult<SupernetItem, SupernetResult> round) {
    return new SupernetRounds(setup()).learned(state.policy(), state.at().round(), round);
  }

  /**
   * What a round looked like.
   *
   * @param policy after it
   */
  CellState.Log log(Policy policy, RoundResult<SupernetItem, SupernetResult> round) {
    SupernetSetup setup = setup();
    double[][] marginals =
        policy.marginals(setup.choices(), 64, Seeds.generator(setup.seed(), state.at().round()));
    List<Integer> cell = StageNets.mostProbable(marginals);
    return new CellState.Log(
        state.at().stage(),
        new SupernetRounds(setup).log(policy, state.at().round(), round),
        nets.skips(cell),
        skipDropout(),
        List.of(),
        Arrays.stream(marginals).map(StageRounds::row).toList());
  }
}
