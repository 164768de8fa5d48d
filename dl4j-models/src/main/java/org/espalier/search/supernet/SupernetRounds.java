package org.espalier.search.supernet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.search.Outcome;
import org.espalier.search.RoundResult;
import org.espalier.search.policy.Feedback;
import org.espalier.search.policy.Lesson;
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
          policy.sample(setup.choices(), setup.how().rewards(), samples(round));
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
              .mapToLong(picks -> PlannedWork.training(images, setup.macs().exact(picks)))
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
    int uniform = judges(round) ? (int) StrictMath.rint(how.uniformShare() * count) : count;
    List<List<Integer>> drawn = new ArrayList<>();
    for (int i = 0; i < uniform; i++) {
      drawn.add(setup.choices().sizes().stream().map(random::nextInt).toList());
    }
    if (uniform < count) {
      drawn.addAll(policy.sample(setup.choices(), count - uniform, random));
    }
    return drawn;
  }

  private SupernetItem judge(Policy policy, int round, int number, List<Integer> picks) {
    boolean gates = policy.learnsFrom() == Lesson.GATE_GRADIENTS;
    long images = Math.min(setup.how().rewardImages(), setup.course().validationSize());
    long cost = setup.macs().exact(picks);
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
    List<Optional<Feedback>> feedback = new ArrayList<>();
    for (RoundResult.Performed<SupernetItem, SupernetResult> each : result.items()) {
      if (each.item() instanceof SupernetItem.Judge judge) {
        feedback.add(
            each.outcome() instanceof Outcome.Value<SupernetResult> value
                ? Optional.of(feedback(judge, (SupernetResult.Judged) value.value()))
                : Optional.empty());
      }
    }
    return policy.learn(setup.choices(), feedback, samples(round));
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
            .mapToDouble(
                each ->
                    policy.reward(setup.choices(), each.item().picks(), each.value().accuracy()))
            .average()
            .orElse(0),
        judged.stream()
            .mapToDouble(each -> setup.choices().ratio(each.item().picks()))
            .average()
            .orElse(0),
        policy.entropy(
            setup.choices(), ENTROPY_SAMPLES, Seeds.generator(setup.seed(), ENTROPY, round)));
  }
}
