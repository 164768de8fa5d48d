package org.espalier.search.supernet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.search.Outcome;
import org.espalier.search.RoundResult;
import org.espalier.search.policy.Feedback;
import org.espalier.search.policy.GateRegulariser;
import org.espalier.search.policy.GradientPolicy;
import org.espalier.search.policy.Lesson;
import org.espalier.search.policy.PathCode;
import org.espalier.search.policy.Policy;
import org.espalier.tensor.Seeds;
import org.espalier.training.PlannedWork;

/**
 * The rounds in which shared weights are trained and a policy learns from them: local steps on
 * sampled paths, and, after the warm-up, samples of the policy to judge.
 *
 * @param setup what is known from the start
 */
public record SupernetRounds(SupernetSetup setup) {
  private static final long PATHS = 11;
  private static final long SAMPLES = 12;
  private static final long STEPS = 13;
  private static final long JUDGE = 14;
  private static final long IMAGES = 15;
  private static final long ENTROPY = 16;
  private static final long BATCHES = 17;
  private static final int ENTROPY_SAMPLES = 16;

  /** The items of a round. */
  public List<SupernetItem> plan(Policy policy, int round) {
    List<SupernetItem> items = steps(policy, round);
    if (judges(round)) {
      List<List<Integer>> samples =
          policy.paths(setup.choices(), setup.how().rewards(), samples(round));
      for (int i = 0; i < samples.size(); i++) {
        items.add(judge(policy, round, i, samples.get(i)));
      }
    }
    return items;
  }

  private boolean judges(int round) {
    return round >= setup.how().warmUpRounds();
  }

  private RandomGenerator samples(int round) {
    return Seeds.generator(setup.seed(), SAMPLES, round);
  }

  private List<SupernetItem> steps(Policy policy, int round) {
    SupernetSettings how = setup.how();
    List<List<Integer>> drawn = drawn(policy, round);
    List<SupernetItem> items = new ArrayList<>();
    for (int i = 0; i < how.itemsPerRound(); i++) {
      int item = i;
      List<List<Integer>> own =
          IntStream.range(0, how.stepsPerItem())
              .mapToObj(step -> drawn.get(step * how.itemsPerRound() + item))
              .toList();
      long images = Math.min(how.batchSize(), setup.course().trainingSize());
      long cost =
          own.stream()
              .mapToLong(path -> PlannedWork.training(images, setup.pathMacs().applyAsLong(path)))
              .sum();
      items.add(
          new SupernetItem.Steps(
              Seeds.mix(setup.seed(), STEPS, round, i),
              (long) (cost * how.workFactor()),
              "round %s, steps of item %s".formatted(round + 1, i + 1),
              own,
              Seeds.mix(setup.seed(), BATCHES),
              ((long) round * how.itemsPerRound() + i) * how.stepsPerItem(),
              how.learningRate(round)));
    }
    return items;
  }

  /** The paths of all steps of a round, those drawn uniformly first. */
  private List<List<Integer>> drawn(Policy policy, int round) {
    SupernetSettings how = setup.how();
    RandomGenerator random = Seeds.generator(setup.seed(), PATHS, round);
    int count = how.itemsPerRound() * how.stepsPerItem();
    if (policy.mixture().isPresent()) {
      return Collections.nCopies(count, PathCode.all(setup.choices().sizes()));
    }
    int uniform = judges(round) ? (int) StrictMath.rint(how.uniformShare() * count) : count;
    List<List<Integer>> drawn = new ArrayList<>();
    for (int i = 0; i < uniform; i++) {
      drawn.add(setup.choices().sizes().stream().map(random::nextInt).toList());
    }
    if (uniform < count) {
      drawn.addAll(policy.paths(setup.choices(), count - uniform, random));
    }
    return drawn;
  }

  private SupernetItem judge(Policy policy, int round, int number, List<Integer> picks) {
    boolean gates = policy.learnsFrom() == Lesson.GATE_GRADIENTS;
    long images = Math.min(setup.how().rewardImages(), setup.course().validationSize());
    long cost = setup.pathMacs().applyAsLong(picks);
    return new SupernetItem.Judge(
        Seeds.mix(setup.seed(), JUDGE, round, number),
        gates ? PlannedWork.training(images, cost) : PlannedWork.evaluation(images, cost),
        "round %s, sample %s".formatted(round + 1, number + 1),
        picks,
        Seeds.mix(setup.seed(), IMAGES, round),
        gates);
  }

  /** The policy after a round, from what became of its samples. */
  public Policy learned(
      Policy policy, int round, RoundResult<SupernetItem, SupernetResult> result) {
    return policy.learn(setup.choices(), feedback(result), samples(round));
  }

  /**
   * As {@link #learned(Policy, int, RoundResult)}, and something else becomes small beside.
   *
   * @param regulariser of the policy's gates
   */
  public GradientPolicy learned(
      GradientPolicy policy,
      int round,
      RoundResult<SupernetItem, SupernetResult> result,
      GateRegulariser regulariser) {
    return policy.learn(setup.choices(), feedback(result), regulariser, samples(round));
  }

  private static List<Optional<Feedback>> feedback(
      RoundResult<SupernetItem, SupernetResult> result) {
    List<Optional<Feedback>> feedback = new ArrayList<>();
    for (RoundResult.Performed<SupernetItem, SupernetResult> each : result.items()) {
      if (each.item() instanceof SupernetItem.Judge judge) {
        feedback.add(
            each.outcome() instanceof Outcome.Value<SupernetResult> value
                ? Optional.of(feedback(judge, (SupernetResult.Judged) value.value()))
                : Optional.empty());
      }
    }
    return feedback;
  }

  private static Feedback feedback(SupernetItem.Judge item, SupernetResult.Judged judged) {
    return new Feedback(item.picks(), judged.accuracy(), judged.gates());
  }

  /**
   * What a round looked like, for reports.
   *
   * @param loss mean training loss, in nats
   * @param accuracy mean validation accuracy of the policy's samples, a share; 0 in the warm-up
   * @param reward mean reward of the samples; 0 in the warm-up
   * @param cost mean share of the budget that the samples take; 0 in the warm-up
   * @param entropy of the policy, in nats
   */
  public record Log(double loss, double accuracy, double reward, double cost, double entropy) {}

  /**
   * What a round looked like.
   *
   * @param policy after it
   */
  public Log log(Policy policy, int round, RoundResult<SupernetItem, SupernetResult> result) {
    var judged = result.values(SupernetItem.Judge.class, SupernetResult.Judged.class);
    return new Log(
        result.values(SupernetItem.Steps.class, SupernetResult.Loss.class).stream()
            .mapToDouble(each -> each.value().loss())
            .average()
            .orElseThrow(),
        judged.stream().mapToDouble(each -> each.value().accuracy()).average().orElse(0),
        judged.stream()
            .mapToDouble(each -> reward(policy, each.item().picks(), each.value().accuracy()))
            .average()
            .orElse(0),
        judged.stream()
            .mapToDouble(each -> cost(policy, round, each.item().picks()))
            .average()
            .orElse(0),
        policy.entropy(
            setup.choices(), ENTROPY_SAMPLES, Seeds.generator(setup.seed(), ENTROPY, round)));
  }

  /** A path that computes several options of a choice is no candidate. */
  private boolean candidate(List<Integer> path) {
    List<Integer> sizes = setup.choices().sizes();
    return IntStream.range(0, path.size()).allMatch(i -> path.get(i) < sizes.get(i));
  }

  private double reward(Policy policy, List<Integer> path, double accuracy) {
    return candidate(path) ? policy.reward(setup.choices(), path, accuracy) : accuracy;
  }

  /** Of a candidate what it takes of the budget, of several at once what is expected. */
  private double cost(Policy policy, int round, List<Integer> path) {
    if (candidate(path)) {
      return setup.choices().ratio(path);
    }
    double[][] marginals =
        policy.marginals(
            setup.choices(), ENTROPY_SAMPLES, Seeds.generator(setup.seed(), ENTROPY, round));
    return setup.choices().expectedRatio(marginals);
  }
}
