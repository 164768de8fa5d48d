package org.espalier.search.width;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.espalier.search.RoundResult;
import org.espalier.search.retraining.Course;
import org.espalier.search.space.Candidate;
import org.espalier.search.space.Choice;
import org.espalier.search.space.FeasibleWidths;
import org.espalier.search.space.PairwiseCost;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.space.WidthSpace;
import org.espalier.tensor.Seeds;
import org.espalier.training.PlannedWork;

/**
 * Reads candidates from a trained policy and ranks them on the validation part with shared weights.
 * Every candidate is within the budget, exactly.
 *
 * @param settings of the search
 * @param choices with the budget
 * @param macs of every network
 */
record Decoding(AffineSharingSettings settings, PricedChoices choices, PairwiseCost macs) {
  private static final long DECODE = 31;
  private static final long FILL = 32;
  private static final long RANK = 33;
  private static final long TUNE = 34;

  /** Samples of the policy for each candidate wanted, before uniform draws fill up. */
  private static final int DRAWS = 20;

  /** The whole space if it is small; otherwise the most probable ones, samples and draws. */
  List<Ranked> candidates(AffineSharingState state) {
    int wanted = settings.ranking().candidates();
    Set<List<Integer>> picks = new LinkedHashSet<>();
    uniform(state).filter(this::ranks).ifPresent(picks::add);
    if (state.space().size() <= wanted) {
      LongStream.range(0, state.space().size())
          .mapToObj(state.space()::picks)
          .filter(this::ranks)
          .forEach(picks::add);
      fill(state, picks, 1);
    } else {
      state.policy().best(choices, settings.ranking().beam()).stream()
          .filter(this::ranks)
          .limit(wanted - picks.size())
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
    return picks.stream().map(each -> unjudged(state.space(), each)).toList();
  }

  /** What one would take without a search is a candidate like others, if the space has it. */
  private static Optional<List<Integer>> uniform(AffineSharingState state) {
    List<Integer> widths = state.uniform().widths();
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
    Candidate candidate = Candidate.of(space, space.widths(picks));
    if (!settings.budget().allows(candidate)) {
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

  List<WidthItem> plan(AffineSharingState state) {
    boolean tunes = state.phase() == AffineSharingState.Phase.TUNE;
    List<Ranked> judged = tunes ? tuned(state) : state.ranking();
    List<WidthItem> items = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      List<Integer> picks = judged.get(i).picks();
      items.add(
          new WidthItem.Rank(
              Seeds.mix(state.seed(), tunes ? TUNE : RANK, i),
              work(state.course(), macs.exact(picks), tunes),
              "candidate %d".formatted(i + 1),
              picks,
              Seeds.mix(state.seed(), TUNE),
              tunes));
    }
    return items;
  }

  /** The first of the ranking, and the uniform network if it was ranked. */
  private List<Ranked> tuned(AffineSharingState state) {
    int count = settings.ranking().tuning().candidates();
    List<Ranked> tuned = new ArrayList<>();
    for (int i = 0; i < state.ranking().size(); i++) {
      Ranked ranked = state.ranking().get(i);
      if (i < count || ranked.candidate().equals(state.uniform())) {
        tuned.add(ranked);
      }
    }
    return tuned;
  }

  /** Planned work of judging a candidate. */
  private long work(Course course, long cost, boolean tunes) {
    long images =
        (long) settings.ranking().calibrationImages()
            + Math.min(settings.ranking().validationImages(), course.validationSize());
    return PlannedWork.evaluation(images, cost) + (tunes ? tuningWork(settings, course, cost) : 0);
  }

  /** Planned work of the steps that tune a candidate. */
  static long tuningWork(AffineSharingSettings settings, Course course, long cost) {
    SupernetSettings supernet = settings.supernet();
    long batch = Math.min(supernet.batchSize(), course.trainingSize());
    long images = settings.ranking().tuning().steps() * batch;
    return (long) (PlannedWork.training(images, cost) * supernet.workFactor());
  }

  /**
   * The candidates, judged, the best first; those that could not be judged are left out. Where some
   * were tuned, they come before the others.
   */
  static List<Ranked> judged(List<Ranked> candidates, RoundResult<WidthItem, WidthResult> round) {
    List<Ranked> judged = new ArrayList<>();
    List<List<Integer>> asked = new ArrayList<>();
    for (RoundResult.Performed<WidthItem, WidthResult> each : round.items()) {
      if (each.item() instanceof WidthItem.Rank rank) {
        asked.add(rank.picks());
      }
    }
    for (var each : round.values(WidthItem.Rank.class, WidthResult.Judged.class)) {
      candidates.stream()
          .filter(candidate -> candidate.picks().equals(each.item().picks()))
          .map(
              candidate ->
                  candidate.judged(
                      each.value().accuracy(), each.value().loss(), each.item().tuned()))
          .forEach(judged::add);
    }
    // The order is stable, so of equals the more probable one comes first.
    judged.sort(
        Comparator.comparingDouble((Ranked ranked) -> -ranked.accuracy())
            .thenComparingDouble(Ranked::loss));
    candidates.stream().filter(each -> !asked.contains(each.picks())).forEach(judged::add);
    return List.copyOf(judged);
  }
}
