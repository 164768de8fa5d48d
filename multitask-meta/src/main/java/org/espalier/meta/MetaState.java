package org.espalier.meta;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import org.espalier.search.policy.AdamMoments;
import org.espalier.search.policy.AdamRule;
import org.espalier.search.supernet.SharedLayout;
import org.espalier.storage.Floats;

/**
 * How far meta-learning is.
 *
 * @param seed of all its randomness
 * @param round from 0, over all learners
 * @param families there are
 * @param blocks of the weights that tasks share
 * @param learners the task-aware one first, then the baselines
 * @param current place of the one that learns or is judged now; as many as there are at the end
 */
record MetaState(
    long seed,
    int round,
    List<DomainFacts> families,
    List<SharedLayout.Range> blocks,
    List<Learner> learners,
    int current) {
  MetaState {
    families = List.copyOf(families);
    blocks = List.copyOf(blocks);
    learners = List.copyOf(learners);
  }

  /** What takes part: M-NAS itself, or something it is compared with. */
  enum Role {
    TASK_AWARE("task-aware"),
    ONE_FOR_ALL("one network for all"),
    FIXED("fixed network"),
    FROM_SCRATCH("search from scratch");

    private final String text;

    Role(String text) {
      this.text = text;
    }

    /** Whether a controller picks its networks. */
    boolean guided() {
      return this == TASK_AWARE || this == ONE_FOR_ALL;
    }

    /** For people. */
    String text() {
      return text;
    }
  }

  /**
   * One set of meta-weights and what is known of it.
   *
   * @param role what it is
   * @param fixed picks of its network, if it has only one
   * @param rounds that it has learned in
   * @param weights by blocks, each with its moments
   * @param rates logarithms of factors on the inner rate, one a block
   * @param guide embedding, controller and gates
   * @param baselines running mean of scores by family; 0 before the first
   * @param macs running mean of MACs by family
   * @param work multiply-accumulates that learning took
   * @param planned the same as planned
   * @param history a round each
   * @param judged tasks after learning
   * @param shuffled tasks with the networks of other tasks
   * @param failures items without a result, with reasons
   */
  record Learner(
      Role role,
      List<Integer> fixed,
      int rounds,
      List<Part> weights,
      Part rates,
      Part guide,
      List<Double> baselines,
      List<Double> macs,
      long work,
      long planned,
      List<Figures> history,
      List<MetaResult.Adapted> judged,
      List<MetaResult.Adapted> shuffled,
      List<String> failures) {
    Learner {
      fixed = List.copyOf(fixed);
      weights = List.copyOf(weights);
      baselines = List.copyOf(baselines);
      macs = List.copyOf(macs);
      history = List.copyOf(history);
      judged = List.copyOf(judged);
      shuffled = List.copyOf(shuffled);
      failures = List.copyOf(failures);
    }

    /** Begins the failures that stand for a test task. */
    static final String LOST = "test task: ";

    /** Test tasks that are done, those without a result among them. */
    int tested() {
      long lost = failures.stream().filter(each -> each.startsWith(LOST)).count();
      return judged.size() + shuffled.size() + Math.toIntExact(lost);
    }

    /** All weights in one vector. */
    Floats shared() {
      return joined(weights);
    }
  }

  /** The values of all in one vector. */
  static Floats joined(List<Part> weights) {
    int size = weights.stream().mapToInt(part -> part.values().size()).sum();
    float[] shared = new float[size];
    int at = 0;
    for (Part part : weights) {
      part.values().view().get(shared, at, part.values().size());
      at += part.values().size();
    }
    return Floats.owning(shared);
  }

  /**
   * Learned numbers with what Adam remembers of them.
   *
   * @param values the numbers
   * @param moments of them
   */
  record Part(Floats values, AdamMoments moments) {
    static Part of(Floats values) {
      return new Part(values, AdamMoments.zeros(values.size()));
    }

    /**
     * The same after a step down the mean gradient.
     *
     * @param sum of gradients
     * @param count of them, above 0
     */
    Part stepped(AdamRule rule, DoubleBuffer sum, double count) {
      double[] gradient = new double[sum.remaining()];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = sum.get(i) / count;
      }
      AdamRule.Stepped after = rule.step(values, moments, gradient);
      return new Part(after.values(), after.moments());
    }
  }

  /**
   * A round of learning.
   *
   * @param loss on query examples, mean over the tasks
   * @param scores mean by family; -1 where there was none
   * @param entropy of the controller
   * @param reconstruction loss of the embedding
   */
  record Figures(double loss, List<Double> scores, double entropy, double reconstruction) {
    Figures {
      scores = List.copyOf(scores);
    }
  }

  Learner learner() {
    return learners.get(current);
  }

  /** The same with the current learner changed. */
  MetaState with(Learner learner) {
    List<Learner> changed = new ArrayList<>(learners);
    changed.set(current, learner);
    return new MetaState(seed, round, families, blocks, changed, current);
  }

  MetaState nextRound() {
    return new MetaState(seed, round + 1, families, blocks, learners, current);
  }

  MetaState nextLearner() {
    return new MetaState(seed, round, families, blocks, learners, current + 1);
  }

  boolean finished() {
    return current == learners.size();
  }
}
