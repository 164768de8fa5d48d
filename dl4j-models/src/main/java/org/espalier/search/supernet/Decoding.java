package org.espalier.search.supernet;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.espalier.search.policy.Policy;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.tensor.Seeds;

/**
 * Reads candidates from a trained policy, as picks. Every one is within the budget, exactly, and
 * none is degenerate.
 *
 * @param setup what is known from the start
 */
public record Decoding(SupernetSetup setup) {
  private static final long DECODE = 31;
  private static final long FILL = 32;

  /** Samples of the policy for each candidate wanted, before uniform draws fill up. */
  private static final int DRAWS = 20;

  /**
   * The whole space if it is small; otherwise the most probable ones, samples and draws. The
   * reference comes on top.
   *
   * @param reference what one would take without a search, if the space has it
   */
  public List<List<Integer>> candidates(Policy policy, Optional<List<Integer>> reference) {
    int wanted = setup.ranking().candidates();
    Set<List<Integer>> picks = new LinkedHashSet<>();
    if (setup.choices().size() <= wanted) {
      LongStream.range(0, setup.choices().size())
          .mapToObj(setup.choices()::picks)
          .filter(this::ranks)
          .forEach(picks::add);
      fill(picks, 1);
    } else {
      policy.best(setup.choices(), setup.ranking().beam()).stream()
          .filter(this::ranks)
          .limit(wanted)
          .forEach(picks::add);
      RandomGenerator random = Seeds.generator(setup.seed(), DECODE);
      for (int draw = 0; draw < DRAWS && picks.size() < wanted; draw++) {
        policy.sample(setup.choices(), wanted, random).stream()
            .filter(this::ranks)
            .limit(wanted - picks.size())
            .forEach(picks::add);
      }
      fill(picks, wanted);
    }
    reference.filter(this::ranks).ifPresent(picks::add);
    return List.copyOf(picks);
  }

  /** Within the budget, and not so far that too little of it is used. */
  private boolean ranks(List<Integer> picks) {
    return setup.choices().allows(picks)
        && setup.choices().ratio(picks) >= setup.ranking().leastShare();
  }

  private void fill(Set<List<Integer>> picks, int wanted) {
    if (picks.size() < wanted) {
      List<List<Integer>> drawn =
          FeasibleCandidates.sample(
              setup.choices(), DRAWS * wanted, Seeds.generator(setup.seed(), FILL));
      drawn.stream()
          .filter(each -> ranks(each) && !picks.contains(each))
          .limit(wanted - picks.size())
          .toList()
          .forEach(picks::add);
      if (picks.isEmpty()) {
        picks.addAll(drawn.subList(0, Math.min(wanted, drawn.size())));
      }
    }
  }
}
