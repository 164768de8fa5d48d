package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.cost.NetworkCost;
import org.espalier.search.RoundResult;
import org.espalier.search.cell.CellState.Phase;
import org.espalier.search.cell.space.Form;
import org.espalier.search.policy.GradientPolicy;
import org.espalier.search.policy.PathCode;
import org.espalier.search.policy.Policy;
import org.espalier.search.policy.SigmoidGates;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;
import org.espalier.search.supernet.SupernetRounds;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.search.supernet.SupernetSetup;
import org.espalier.tensor.Seeds;
import org.espalier.training.PlannedWork;

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
  private static final long CURVATURE = 43;
  private static final long CURVATURE_IMAGES = 44;

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

  List<CellRound.Item> plan() {
    List<CellRound.Item> items = new ArrayList<>();
    new SupernetRounds(setup())
        .plan(state.policy(), state.at().round())
        .forEach(item -> items.add(new CellRound.Shared(item)));
    if (looksAtCurvature()) {
      items.add(curvature());
    }
    return items;
  }

  private boolean looksAtCurvature() {
    int period = settings.guard().eigenvaluePeriod();
    int learned = state.at().round() - setup().how().warmUpRounds();
    return state.at().phase() == Phase.SUPERNET
        && period > 0
        && learned >= 0
        && learned % period == 0
        && nets.choices().size() > 1;
  }

  /** On equal images and from an equal direction in all rounds of a stage, so that they compare. */
  private CellRound.Curvature curvature() {
    SupernetSetup setup = setup();
    List<Integer> all = PathCode.all(setup.choices().sizes());
    long images = Math.min(setup.how().rewardImages(), state.course().validationSize());
    return new CellRound.Curvature(
        new SupernetItem.Judge(
            Seeds.mix(setup.seed(), CURVATURE, state.at().round()),
            LogitCurvature.gradients() * PlannedWork.training(images, pathMacs(all)),
            "round %s, eigenvalue".formatted(state.at().round() + 1),
            all,
            Seeds.mix(setup.seed(), CURVATURE_IMAGES),
            true),
        LogitCurvature.logits(state.policy(), marginals(state.policy())));
  }

  /** Probability of each kept option. */
  double[][] marginals(Policy policy) {
    SupernetSetup setup = setup();
    return policy.marginals(setup.choices(), 64, Seeds.generator(setup.seed(), state.at().round()));
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
        state.policy().mixture().map(StageRounds::lists).orElse(List.of()));
  }

  static List<List<Double>> lists(double[][] rows) {
    return Arrays.stream(rows).map(row -> Arrays.stream(row).boxed().toList()).toList();
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
    SupernetRounds rounds = new SupernetRounds(setup());
    int now = state.at().round();
    return state.policy() instanceof GradientPolicy gradient
            && gradient.distribution() instanceof SigmoidGates
        ? rounds.learned(gradient, now, round, gateLoss())
        : rounds.learned(state.policy(), now, round);
  }

  /** What sigmoid gates learn from beside the loss, in this round. */
  GateLoss gateLoss() {
    int warmUp = setup().how().warmUpRounds();
    double progress =
        Math.max(0, state.at().round() + 1.0 - warmUp) / Math.max(1, rounds() - warmUp);
    GuardSettings guard = settings.guard();
    return new GateLoss(
        guard.zeroOneWeight() * progress,
        guard.skipWeight(),
        SkipCount.byGates(nets.supernet().whole(), nets.supernet().kept()),
        guard.maxSkips());
  }

  /**
   * What a round looked like.
   *
   * @param policy after it
   */
  CellState.Log log(Policy policy, RoundResult<CellRound.Item, CellRound.Result> round) {
    double[][] marginals = marginals(policy);
    List<Integer> cell = StageNets.mostProbable(marginals);
    return new CellState.Log(
        state.at().stage(),
        new SupernetRounds(setup()).log(policy, state.at().round(), CellRound.ofSupernet(round)),
        nets.skips(cell),
        nets.expectedSkips(marginals),
        nets.affordable().ratio(cell),
        nets.affordable().expectedRatio(marginals),
        skipDropout(),
        round.values(CellRound.Curvature.class, CellRound.Eigenvalue.class).stream()
            .map(each -> each.value().value())
            .toList(),
        lists(marginals));
  }
}
