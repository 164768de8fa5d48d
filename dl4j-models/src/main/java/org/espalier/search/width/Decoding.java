package org.espalier.search.width;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.espalier.search.finals.Candidate;
import org.espalier.search.space.Choice;
import org.espalier.search.space.FeasibleWidths;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.space.UniformWidths;
import org.espalier.search.space.WidthSpace;
import org.espalier.tensor.Seeds;

/**
 * Reads candidates from a trained policy. Every candidate is within the budget, exactly.
 *
 * @param settings of the search
 * @param choices with the budget
 */
record Decoding(AffineSharingSettings settings, PricedChoices choices) {
  private static final long DECODE = 31;
  private static final long FILL = 32;

  /** Samples of the policy for each candidate wanted, before uniform draws fill up. */
  private static final int DRAWS = 20;

  /**
   * The whole space if it is small; otherwise the most probable ones, samples and draws. The
   * network of uniform widths comes on top.
   */
  List<Ranked> candidates(AffineSharingState state) {
    int wanted = settings.ranking().candidates();
    Set<List<Integer>> picks = new LinkedHashSet<>();
    if (state.space().size() <= wanted) {
      LongStream.range(0, state.space().size())
          .mapToObj(state.space()::picks)
          .filter(this::ranks)
          .forEach(picks::add);
      fill(state, picks, 1);
    } else {
      state.policy().best(choices, settings.ranking().beam()).stream()
          .filter(this::ranks)
          .limit(wanted)
          .forEach(picks::add);
      RandomGenerator random = Seeds.generator(state.seed(), DECODE);
      for (int draw = 0; draw < DRAWS && picks.size() < wanted; draw++) {
        state.policy().sample(choices, wanted, random).stream()
            .filter(this::ranks)
            .limit(wanted - picks.size())
            .forEach(picks::add);
      }
      fill(state, picks, wanted);
    }
    uniform(state).filter(this::ranks).ifPresent(picks::add);
    return picks.stream().map(each -> unjudged(state.space(), each)).toList();
  }

  /** What one would take without a search is a candidate like others, if the space has it. */
  private Optional<List<Integer>> uniform(AffineSharingState state) {
    List<Integer> widths = UniformWidths.within(state.space(), settings.budget());
    List<Integer> picks = new ArrayList<>();
    for (Choice choice : state.space().choices()) {
      int position = choice.positions().get(0);
      picks.add(state.space().candidates(position).indexOf(widths.get(position)));
    }
    return !picks.contains(-1) && state.space().widths(picks).equals(widths)
        ? Optional.of(picks)
        : Optional.empty();
  }

  private Ranked unjudged(WidthSpace space, List<Integer> picks) {
    Candidate candidate = space.candidate(space.widths(picks));
    if (!choices.allows(picks)) {
      throw new IllegalStateException(
          "%s is over the budget of %s".formatted(candidate, settings.budget().describe()));
    }
    return Ranked.unjudged(picks, candidate);
  }

  /** Within the budget, and not so far that too little of it is used. */
  private boolean ranks(List<Integer> picks) {
    return choices.allows(picks) && choices.ratio(picks) >= settings.ranking().leastShare();
  }

  private void fill(AffineSharingState state, Set<List<Integer>> picks, int wanted) {
    if (picks.size() < wanted) {
      List<List<Integer>> drawn =
          FeasibleWidths.sample(
              state.space(), choices, DRAWS * wanted, Seeds.generator(state.seed(), FILL));
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
