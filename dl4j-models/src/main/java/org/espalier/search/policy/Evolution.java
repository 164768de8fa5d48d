package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.search.space.PricedChoices;

/**
 * Regularised evolution (Real et al., AAAI 2019, algorithm 1): the child of the best of a few drawn
 * from the population differs from it in one choice and takes the place of the oldest. A child over
 * a limit is drawn again.
 *
 * @param settings of the population
 * @param history of what was judged, whose youngest are the population
 */
public record Evolution(EvolutionSettings settings, History history) implements Proposer {
  /** Children over limits before a candidate is drawn instead. */
  private static final int TRIES = 100;

  public Evolution {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(history, "history");
  }

  @Override
  public Lesson learnsFrom() {
    return Lesson.REWARDS;
  }

  @Override
  public List<List<Integer>> sample(PricedChoices choices, int count, RandomGenerator random) {
    int founders = Math.max(0, Math.min(count, settings.population() - history.judged().size()));
    List<List<Integer>> sample = new ArrayList<>();
    if (founders > 0) {
      sample.addAll(UniformProposer.draw(choices, founders, random));
    }
    for (int child = founders; child < count; child++) {
      sample.addAll(child(choices, random));
    }
    return List.copyOf(sample);
  }

  /** One, or none where everything around is over a limit. */
  private List<List<Integer>> child(PricedChoices choices, RandomGenerator random) {
    List<Feedback> living = history.youngest(settings.population());
    if (living.isEmpty()) {
      return UniformProposer.draw(choices, 1, random);
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Integer> child = mutated(parent(living, random), choices.sizes(), random);
      if (choices.allows(child)) {
        return List.of(child);
      }
    }
    return UniformProposer.draw(choices, 1, random);
  }

  /** The best of a tournament, whose members are different ones. */
  private List<Integer> parent(List<Feedback> living, RandomGenerator random) {
    List<Feedback> left = new ArrayList<>(living);
    Feedback best = left.remove(random.nextInt(left.size()));
    for (int drawn = 1; drawn < settings.tournament() && !left.isEmpty(); drawn++) {
      Feedback other = left.remove(random.nextInt(left.size()));
      best = other.accuracy() > best.accuracy() ? other : best;
    }
    return best.picks();
  }

  /**
   * The same with another option of one choice.
   *
   * @param sizes options of each choice; one that has more than one is changed
   */
  static List<Integer> mutated(List<Integer> picks, List<Integer> sizes, RandomGenerator random) {
    List<Integer> open = new ArrayList<>();
    for (int choice = 0; choice < sizes.size(); choice++) {
      if (sizes.get(choice) > 1) {
        open.add(choice);
      }
    }
    if (open.isEmpty()) {
      return picks;
    }
    int choice = open.get(random.nextInt(open.size()));
    int option = random.nextInt(sizes.get(choice) - 1);
    List<Integer> mutated = new ArrayList<>(picks);
    mutated.set(choice, option >= picks.get(choice) ? option + 1 : option);
    return List.copyOf(mutated);
  }

  @Override
  public double reward(PricedChoices choices, List<Integer> picks, double accuracy) {
    return accuracy;
  }

  @Override
  public Evolution learn(
      PricedChoices choices, List<Optional<Feedback>> feedback, RandomGenerator random) {
    return new Evolution(settings, history.and(feedback));
  }

  @Override
  public List<List<Integer>> best(PricedChoices choices, int count) {
    return history.best(choices, count);
  }

  @Override
  public long steps() {
    return history.steps();
  }
}
