package org.espalier.search.width;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.search.Outcome;
import org.espalier.search.RoundResult;
import org.espalier.search.Totals;
import org.espalier.search.policy.Feedback;
import org.espalier.search.policy.Lesson;
import org.espalier.search.policy.Policy;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.supernet.SharedLayout;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.espalier.training.PlannedWork;

/**
 * The driver's part in training shared weights: plans local steps and samples to judge, and folds
 * what comes back into weights and policy.
 *
 * @param settings of the search
 * @param layout of the shared weights
 * @param choices with the budget
 * @param macs of every network
 */
record SupernetPhase(
    AffineSharingSettings settings, MetaLayout layout, PricedChoices choices, CostModel macs) {
  private static final long WIDTHS = 11;
  private static final long SAMPLES = 12;
  private static final long STEPS = 13;
  private static final long JUDGE = 14;
  private static final long IMAGES = 15;
  private static final long ENTROPY = 16;
  private static final long BATCHES = 17;
  private static final int ENTROPY_SAMPLES = 16;

  /** Steps of learned maps in a whole search: with their usual rate they have parted by then. */
  private static final int MAP_STEPS = 2000;

  List<SupernetItem> plan(AffineSharingState state) {
    List<SupernetItem> items = steps(state);
    if (judges(state.round())) {
      List<List<Integer>> samples =
          state.policy().sample(choices, settings.supernet().training().rewards(), samples(state));
      for (int i = 0; i < samples.size(); i++) {
        items.add(judge(state, i, samples.get(i)));
      }
    }
    return items;
  }

  private boolean judges(int round) {
    return round >= settings.supernet().training().warmUpRounds();
  }

  private static RandomGenerator samples(AffineSharingState state) {
    return Seeds.generator(state.seed(), SAMPLES, state.round());
  }

  private List<SupernetItem> steps(AffineSharingState state) {
    SupernetSettings how = settings.supernet().training();
    int round = state.round();
    List<List<Integer>> drawn = drawn(state);
    List<SupernetItem> items = new ArrayList<>();
    for (int i = 0; i < how.itemsPerRound(); i++) {
      int item = i;
      List<List<Integer>> own =
          IntStream.range(0, how.stepsPerItem())
              .mapToObj(step -> drawn.get(step * how.itemsPerRound() + item))
              .toList();
      long images = Math.min(how.batchSize(), state.course().trainingSize());
      long cost =
          own.stream().mapToLong(picks -> PlannedWork.training(images, macs.exact(picks))).sum();
      items.add(
          new SupernetItem.Steps(
              Seeds.mix(state.seed(), STEPS, round, i),
              (long) (cost * how.workFactor()),
              "round %d, steps of item %d".formatted(round + 1, i + 1),
              own,
              Seeds.mix(state.seed(), BATCHES),
              ((long) round * how.itemsPerRound() + i) * how.stepsPerItem(),
              how.learningRate(round)));
    }
    return items;
  }

  /** The widths of all steps of a round, those drawn uniformly first. */
  private List<List<Integer>> drawn(AffineSharingState state) {
    SupernetSettings how = settings.supernet().training();
    RandomGenerator random = Seeds.generator(state.seed(), WIDTHS, state.round());
    int count = how.itemsPerRound() * how.stepsPerItem();
    int uniform = judges(state.round()) ? (int) StrictMath.rint(how.uniformShare() * count) : count;
    List<List<Integer>> drawn = new ArrayList<>();
    for (int i = 0; i < uniform; i++) {
      drawn.add(choices.sizes().stream().map(random::nextInt).toList());
    }
    if (uniform < count) {
      drawn.addAll(state.policy().sample(choices, count - uniform, random));
    }
    return drawn;
  }

  private SupernetItem judge(AffineSharingState state, int number, List<Integer> picks) {
    boolean gates = state.policy().learnsFrom() == Lesson.GATE_GRADIENTS;
    long images =
        Math.min(settings.supernet().training().rewardImages(), state.course().validationSize());
    long cost = macs.exact(picks);
    return new SupernetItem.Judge(
        Seeds.mix(state.seed(), JUDGE, state.round(), number),
        gates ? PlannedWork.training(images, cost) : PlannedWork.evaluation(images, cost),
        "round %d, sample %d".formatted(state.round() + 1, number + 1),
        picks,
        Seeds.mix(state.seed(), IMAGES, state.round()),
        gates);
  }

  /** Shared weights, policy and log after a round. */
  AffineSharingState advance(
      AffineSharingState state, RoundResult<SupernetItem, SupernetResult> round) {
    List<RoundResult.Valued<SupernetItem.Steps, SupernetResult.Loss>> losses =
        round.values(SupernetItem.Steps.class, SupernetResult.Loss.class);
    if (losses.isEmpty()) {
      throw new IllegalArgumentException(
          "the loss was not finite in any item of round %d: lower supernet.learningRate, %s now"
              .formatted(state.round() + 1, settings.supernet().training().learningRate()));
    }
    Policy policy = learned(state, round);
    AffineSharingState.Shared shared =
        stepped(state, round.totals(), losses.stream().map(each -> each.item().picks()).toList());
    if (settings.sharing() instanceof Sharing.Transition
        && angle(state.round()) == 0
        && angle(state.round() + 1) > 0) {
      HandOver handOver = new HandOver(layout);
      shared =
          new AffineSharingState.Shared(
              handOver.of(shared.values()), handOver.of(shared.velocity()), shared.maps());
    }
    List<RoundLog> log = new ArrayList<>(state.log());
    log.add(logged(state, round, losses, policy));
    return state.with(shared, policy, log);
  }

  /**
   * Mean differences are pseudo-gradients of a descent with momentum on the driver. Each number's
   * mean is over the items that used it; what none used stays, its velocity too.
   */
  private AffineSharingState.Shared stepped(
      AffineSharingState state, Totals totals, List<List<List<Integer>>> picks) {
    AffineSharingState.Shared before = state.shared();
    float[] values = before.values().toArray();
    float[] velocity = before.velocity().toArray();
    double momentum = settings.supernet().training().momentum();
    int[] coverage = new Coverage(layout, maps(before, angle(state.round()))).of(picks);
    for (SharedLayout.Block block : layout.blocks()) {
      boolean shared = block.name().equals(MetaLayout.SHARED);
      int items = totals.contributions(block.name());
      if (items > 0) {
        DoubleBuffer sum = totals.of(block.name());
        for (int i = 0; i < block.length(); i++) {
          int count = shared ? coverage[i] : items;
          if (count > 0) {
            int at = block.start() + i;
            velocity[at] = (float) (momentum * velocity[at] + sum.get(i) / count);
            values[at] += velocity[at];
          }
        }
      }
    }
    LearnedMaps learned = before.maps();
    return new AffineSharingState.Shared(
        Floats.of(values),
        Floats.of(velocity),
        settings.sharing() instanceof Sharing.Learned how
            ? parted(how, learned, state.round())
            : learned);
  }

  /**
   * Learned maps stay in the warm-up, and part over the rounds in which a transition would turn.
   */
  private LearnedMaps parted(Sharing.Learned how, LearnedMaps maps, int round) {
    double done = settings.supernet().transition(round);
    double next = settings.supernet().transition(round + 1);
    LearnedMaps parted = maps;
    for (long step = (long) (done * MAP_STEPS); step < (long) (next * MAP_STEPS); step++) {
      parted = parted.step(how);
    }
    return parted;
  }

  private Policy learned(
      AffineSharingState state, RoundResult<SupernetItem, SupernetResult> round) {
    List<Optional<Feedback>> feedback = new ArrayList<>();
    for (RoundResult.Performed<SupernetItem, SupernetResult> each : round.items()) {
      if (each.item() instanceof SupernetItem.Judge judge) {
        feedback.add(
            each.outcome() instanceof Outcome.Value<SupernetResult> value
                ? Optional.of(feedback(judge, (SupernetResult.Judged) value.value()))
                : Optional.empty());
      }
    }
    return state.policy().learn(choices, feedback, samples(state));
  }

  private static Feedback feedback(SupernetItem.Judge item, SupernetResult.Judged judged) {
    return new Feedback(item.picks(), judged.accuracy(), judged.gates());
  }

  private RoundLog logged(
      AffineSharingState state,
      RoundResult<SupernetItem, SupernetResult> round,
      List<RoundResult.Valued<SupernetItem.Steps, SupernetResult.Loss>> losses,
      Policy policy) {
    var judged = round.values(SupernetItem.Judge.class, SupernetResult.Judged.class);
    double angle = angle(state.round());
    SharingLevel level = maps(state.shared(), angle).level();
    return new RoundLog(
        losses.stream().mapToDouble(each -> each.value().loss()).average().orElseThrow(),
        judged.stream().mapToDouble(each -> each.value().accuracy()).average().orElse(0),
        judged.stream()
            .mapToDouble(
                each -> policy.reward(choices, each.item().picks(), each.value().accuracy()))
            .average()
            .orElse(0),
        judged.stream().mapToDouble(each -> choices.ratio(each.item().picks())).average().orElse(0),
        policy.entropy(
            choices, ENTROPY_SAMPLES, Seeds.generator(state.seed(), ENTROPY, state.round())),
        angle,
        level.level(),
        level.normalised());
  }

  /** The angle of the transition in a round. */
  double angle(int round) {
    return settings.sharing().angle(settings.supernet().transition(round));
  }

  private AffineMaps maps(AffineSharingState.Shared shared, double angle) {
    return shared.maps().isEmpty()
        ? AffineMaps.of(layout.space(), settings.sharing(), angle)
        : shared.maps().maps();
  }
}
