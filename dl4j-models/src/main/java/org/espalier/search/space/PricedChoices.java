package org.espalier.search.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.cost.Limit;

/**
 * What a policy that proposes candidates knows of its problem: how many options each choice has,
 * what a candidate costs and what it may cost, and which candidates are none.
 *
 * @param sizes options of each choice, each at least 1
 * @param limits none, one or several
 * @param degenerate whether a candidate is none, whatever it costs ({@link Space#isDegenerate})
 * @param canonical the picks by which a candidate goes ({@link Space#canonical})
 * @param idle choices that have no effect beside the others of a candidate: nothing is learned of
 *     them from it
 * @param traits what else is known of candidates before any is tried, each above 0; may be none
 */
public record PricedChoices(
    List<Integer> sizes,
    List<PricedLimit> limits,
    Predicate<List<Integer>> degenerate,
    UnaryOperator<List<Integer>> canonical,
    Function<List<Integer>, Set<Integer>> idle,
    List<CostModel> traits) {
  public PricedChoices {
    sizes = List.copyOf(sizes);
    limits = List.copyOf(limits);
    traits = List.copyOf(traits);
    Objects.requireNonNull(canonical, "canonical");
    Objects.requireNonNull(degenerate, "degenerate");
    Objects.requireNonNull(idle, "idle");
    for (PricedLimit limit : limits) {
      if (!limit.cost().sizes().equals(sizes)) {
        throw new IllegalArgumentException(
            "choices have %s options, the cost is of choices with %s"
                .formatted(sizes, limit.cost().sizes()));
      }
    }
  }

  /** Of which every candidate is one, and another one than all others. */
  public PricedChoices(List<Integer> sizes, List<PricedLimit> limits) {
    this(sizes, limits, picks -> false, picks -> picks, picks -> Set.of(), List.of());
  }

  /**
   * One kind of cost and its limit.
   *
   * @param cost of candidates
   * @param most it may be, in the smallest steps of its resource, at least 1
   */
  public record PricedLimit(CostModel cost, long most) {
    public PricedLimit {
      Objects.requireNonNull(cost, "cost");
      if (most < 1) {
        throw new IllegalArgumentException("a limit must be at least 1, got " + most);
      }
    }
  }

  /**
   * The choices of a space with the limits of a budget.
   *
   * @throws InfeasibleBudgetException if the cheapest candidate is over a limit, or if it is found
   *     that none is within all of them, degenerate ones not counted
   * @throws org.espalier.text.InputException if a resource is not known of these networks
   */
  public static PricedChoices of(Space space, Budget budget) {
    List<PricedLimit> limits = new ArrayList<>();
    for (Limit limit : budget.all()) {
      limit.resource().checkMeantFor(space.name());
      CostModel cost = space.cost(limit.resource());
      if (cost.smallest() > limit.steps()) {
        throw new InfeasibleBudgetException(limit, cost.smallest());
      }
      limits.add(new PricedLimit(cost, limit.steps()));
    }
    PricedChoices choices =
        new PricedChoices(
            space.sizes(),
            limits,
            space::isDegenerate,
            space::canonical,
            picks -> Set.of(),
            List.of());
    JointLimits.check(choices, budget);
    return choices;
  }

  /** The same with another limit. */
  public PricedChoices with(PricedLimit limit) {
    List<PricedLimit> more = new ArrayList<>(limits);
    more.add(limit);
    return new PricedChoices(sizes, more, degenerate, canonical, idle, traits);
  }

  /** The same of whose candidates these numbers are known, too. */
  public PricedChoices knowing(List<CostModel> known) {
    return new PricedChoices(sizes, limits, degenerate, canonical, idle, known);
  }

  /** The same of which some choices have no effect beside the others. */
  public PricedChoices with(Function<List<Integer>, Set<Integer>> without) {
    return new PricedChoices(sizes, limits, degenerate, canonical, without, traits);
  }

  /** How many candidates there are; {@link Long#MAX_VALUE} if there are more. */
  public long size() {
    long size = 1;
    for (int options : sizes) {
      if (size > Long.MAX_VALUE / options) {
        return Long.MAX_VALUE;
      }
      size *= options;
    }
    return size;
  }

  /** The picks of a candidate by its number, from 0 to {@link #size} - 1. */
  public List<Integer> picks(long number) {
    List<Integer> picks = new ArrayList<>();
    long rest = number;
    for (int options : sizes) {
      picks.add((int) (rest % options));
      rest /= options;
    }
    return List.copyOf(picks);
  }

  /** The number of a candidate, by which {@link #picks} finds it. */
  public long number(List<Integer> picks) {
    long number = 0;
    for (int choice = sizes.size() - 1; choice >= 0; choice--) {
      number = number * sizes.get(choice) + picks.get(choice);
    }
    return number;
  }

  /** A candidate's cost as a share of its limit; of several the largest, of none 0. */
  public double ratio(List<Integer> picks) {
    double ratio = 0;
    for (PricedLimit limit : limits) {
      ratio = Math.max(ratio, (double) limit.cost().exact(picks) / limit.most());
    }
    return ratio;
  }

  /**
   * The expected cost of a sample as a share of its limit; of several the largest, of none 0.
   *
   * @param marginals probability of each option, {@code [choice][option]}
   */
  public double expectedRatio(double[][] marginals) {
    double ratio = 0;
    for (PricedLimit limit : limits) {
      ratio = Math.max(ratio, limit.cost().expected(marginals) / limit.most());
    }
    return ratio;
  }

  /** Whether a candidate is one, and within every limit. */
  public boolean allows(List<Integer> picks) {
    return limits.stream().allMatch(limit -> limit.cost().exact(picks) <= limit.most())
        && !degenerate.test(picks);
  }

  /**
   * Whether some candidate that begins with these picks is within each limit; with several limits
   * it need not be the same one, and it may be degenerate unless all picks are settled.
   *
   * @param picks of at least the first choices
   * @param count how many of them are settled
   */
  public boolean allows(List<Integer> picks, int count) {
    return limits.stream().allMatch(limit -> limit.cost().smallest(picks, count) <= limit.most())
        && (count < sizes.size() || !degenerate.test(picks));
  }

  /**
   * The share of a limit that is free after some picks, when all that follows is as cheap as can
   * be: 1 for all of it, below 0 if it is exceeded already. Of several limits the least share, of
   * none 1.
   *
   * @param picks of at least the first choices
   * @param count how many of them are settled
   */
  public double left(List<Integer> picks, int count) {
    double left = 1;
    for (PricedLimit limit : limits) {
      double needed = limit.cost().smallest(picks, count);
      left = Math.min(left, (limit.most() - needed) / limit.most());
    }
    return left;
  }
}
