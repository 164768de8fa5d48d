package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;
import org.espalier.settings.Checks;

/**
 * The straight-through Gumbel-softmax gradient of the loss for independent choices: a path computes
 * one drawn option of each choice (Dong and Yang, CVPR 2019), or the union of several draws (the
 * ensemble Gumbel-softmax of Chang et al., NeurIPS 2019), where the gate of an option is the
 * largest of its soft values. Learning draws the samples again by the same random numbers, for
 * their soft versions.
 *
 * @param draws of an option that make a path, at least 1
 * @param temperature of the soft samples
 * @param objective what becomes small beside the loss
 */
public record StraightThrough(int draws, Temperature temperature, GateObjective objective)
    implements Estimator {
  public StraightThrough {
    Checks.atLeast("draws", 1, draws);
    Objects.requireNonNull(temperature, "temperature");
    Objects.requireNonNull(objective, "objective");
  }

  /**
   * A temperature that changes linearly from the first to the last planned step.
   *
   * @param first at the first step, above 0
   * @param last at the last step and after it, above 0
   * @param plannedSteps how often will be learned, at least 1
   */
  public record Temperature(double first, double last, int plannedSteps) {
    public Temperature {
      Checks.aboveZero("first", first);
      Checks.aboveZero("last", last);
      Checks.atLeast("plannedSteps", 1, plannedSteps);
    }

    /** The temperature after some steps. */
    public double after(long steps) {
      double progress = Math.min(1, steps / Math.max(1.0, plannedSteps - 1.0));
      return first + progress * (last - first);
    }
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.GATE_GRADIENTS;
  }

  @Override
  public void check(Distribution distribution) {
    List<Integer> sizes = IndependentChoices.of(distribution).sizes();
    if (draws > 1) {
      List<Integer> unused = PathCode.all(sizes);
    }
  }

  /** The first draws of the paths. */
  @Override
  public List<List<Integer>> sample(
      Distribution distribution,
      PricedChoices choices,
      int count,
      long steps,
      RandomGenerator random) {
    return draw(IndependentChoices.of(distribution), count, steps, random).stream()
        .map(drawn -> drawn.get(0).picks())
        .toList();
  }

  @Override
  public List<List<Integer>> paths(
      Distribution distribution,
      PricedChoices choices,
      int count,
      long steps,
      RandomGenerator random) {
    return draw(IndependentChoices.of(distribution), count, steps, random).stream()
        .map(drawn -> path(distribution.sizes(), drawn))
        .toList();
  }

  private List<List<GumbelSample>> draw(
      IndependentChoices distribution, int count, long steps, RandomGenerator random) {
    double now = temperature.after(steps);
    List<List<GumbelSample>> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<GumbelSample> drawn = new ArrayList<>();
      for (int draw = 0; draw < draws; draw++) {
        drawn.add(distribution.gumbel(now, random));
      }
      samples.add(drawn);
    }
    return samples;
  }

  /** The union of some samples. */
  private static List<Integer> path(List<Integer> sizes, List<GumbelSample> drawn) {
    if (drawn.size() == 1) {
      return drawn.get(0).picks();
    }
    List<Set<Integer>> sets = new ArrayList<>();
    for (int choice = 0; choice < sizes.size(); choice++) {
      Set<Integer> set = new HashSet<>();
      for (GumbelSample sample : drawn) {
        set.add(sample.picks().get(choice));
      }
      sets.add(set);
    }
    return PathCode.of(sizes, sets);
  }

  /** The accuracy alone: the cost is known, and has its own gradient. */
  @Override
  public double reward(PricedChoices choices, List<Integer> picks, double accuracy) {
    return accuracy;
  }

  @Override
  public Estimate estimate(Distribution distribution, PricedChoices choices, Batch batch) {
    IndependentChoices independent = IndependentChoices.of(distribution);
    List<List<GumbelSample>> drawn =
        draw(independent, batch.feedback().size(), batch.steps(), batch.random());
    List<double[][]> losses = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      Optional<Feedback> feedback = batch.feedback().get(i);
      if (feedback.isPresent()) {
        double[][] byScores = byScores(distribution.sizes(), drawn.get(i), feedback.get());
        losses.add(independent.backward(byScores));
      }
    }
    return new Estimate(objective.gradient(independent, choices, losses), this);
  }

  private static double[][] byScores(
      List<Integer> sizes, List<GumbelSample> drawn, Feedback feedback) {
    feedback.checkDrawn(path(sizes, drawn));
    return GumbelSample.ofUnion(drawn, feedback.gates());
  }

  @Override
  public StraightThrough stepped(Distribution moved, PricedChoices choices, long steps) {
    GateObjective next = objective.stepped(IndependentChoices.of(moved), choices, steps);
    return new StraightThrough(draws, temperature, next);
  }
}
