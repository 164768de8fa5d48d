package org.espalier.search.space;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Draws different networks from those within a budget. Small spaces are enumerated, and a sample is
 * drawn uniformly without replacement; in large ones, networks are drawn uniformly from the whole
 * space until enough different ones are within the budget, which is uniform over the feasible ones
 * as well; degenerate ones count as not feasible. Where the budget is so tight that this does not
 * find enough, the rest is drawn choice by choice among the options that leave room for the
 * following ones, which is not uniform.
 */
public final class FeasibleCandidates {
  /** Spaces up to this size are enumerated. */
  static final int ENUMERATED = 20_000;

  /** Draws after which a feasible share is given up as too small. */
  static final int DRAWS = 200_000;

  /** Draws by choice for each network wanted. */
  private static final int GUIDED_DRAWS = 20;

  private FeasibleCandidates() {}

  /**
   * A sample, as picks.
   *
   * @param choices to draw from, with the limits that each candidate is within
   * @param count how many, at least 1; fewer come back if no more are found
   */
  public static List<List<Integer>> sample(
      PricedChoices choices, int count, RandomGenerator random) {
    if (choices.size() <= ENUMERATED) {
      return choose(choices, count, random);
    }
    Set<List<Integer>> found = new LinkedHashSet<>();
    for (int draw = 0; draw < DRAWS && found.size() < count; draw++) {
      List<Integer> picks = choices.sizes().stream().map(random::nextInt).toList();
      if (choices.allows(picks)) {
        found.add(picks);
      }
    }
    for (int draw = 0; draw < GUIDED_DRAWS * count && found.size() < count; draw++) {
      guided(choices, random).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  private static List<List<Integer>> choose(
      PricedChoices choices, int count, RandomGenerator random) {
    List<List<Integer>> feasible = new ArrayList<>();
    for (long number = 0; number < choices.size(); number++) {
      List<Integer> picks = choices.picks(number);
      if (choices.allows(picks)) {
        feasible.add(picks);
      }
    }
    int chosen = Math.min(count, feasible.size());
    for (int i = 0; i < chosen; i++) {
      int j = i + random.nextInt(feasible.size() - i);
      List<Integer> swapped = feasible.get(i);
      feasible.set(i, feasible.get(j));
      feasible.set(j, swapped);
    }
    return List.copyOf(feasible.subList(0, chosen));
  }

  /** Nothing if two limits together leave no option, though each by itself does. */
  private static Optional<List<Integer>> guided(PricedChoices choices, RandomGenerator random) {
    List<Integer> picks = new ArrayList<>();
    for (int size : choices.sizes()) {
      List<Integer> options = new ArrayList<>();
      for (int option = 0; option < size; option++) {
        picks.add(option);
        if (choices.allows(picks, picks.size())) {
          options.add(option);
        }
        picks.remove(picks.size() - 1);
      }
      if (options.isEmpty()) {
        return Optional.empty();
      }
      picks.add(options.get(random.nextInt(options.size())));
    }
    return choices.allows(picks) ? Optional.of(List.copyOf(picks)) : Optional.empty();
  }
}
