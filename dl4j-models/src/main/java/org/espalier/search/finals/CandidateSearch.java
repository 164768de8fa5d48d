package org.espalier.search.finals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.report.Section;
import org.espalier.search.Artefact;
import org.espalier.search.Assessment;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SumShape;
import org.espalier.search.WorkItem;

/**
 * How a method finds candidates: the part of a search that is the method's own. {@link
 * FinalsSearch} makes a whole {@link Search} of it; the short trainings, the final ones, the
 * baselines and what the report says of them stand there. The promise and the rules of {@link
 * Search} hold for the methods here of the same names.
 *
 * @param <S> state of the driver until the candidates are known
 * @param <V> view
 * @param <W> items of work
 * @param <R> result of an item
 */
public interface CandidateSearch<S, V, W extends WorkItem, R> {
  /** As {@link Search#start}. */
  S start(SearchContext context);

  /** As {@link Search#plan}. */
  List<W> plan(S state);

  /** As {@link Search#view}. */
  V view(S state);

  /** As {@link Search#sums}. */
  default SumShape sums(S state) {
    return SumShape.NONE;
  }

  /** As {@link Search#perform}. */
  Contribution<R> perform(V view, W item, ItemContext context);

  /**
   * As {@link Search#advance}. A state that is finished should have let go of what its {@link
   * #candidates} and {@link #report} do not need: it stays in the state of the whole search.
   */
  S advance(S state, RoundResult<W, R> round);

  /** Whether the candidates are known. */
  boolean finished(S state);

  /** The candidates of a finished state, the best first, within the budget; may be none. */
  List<Candidate> candidates(S state);

  /**
   * What one would take without a search, from any state: trained beside what is found, the first
   * of them also for longer; empty if there is no such thing.
   */
  List<Reference> references(S state);

  /**
   * Whether {@link #random} draws candidates, so that random search is a baseline. A method whose
   * candidates are all there are, or all random, says no.
   */
  default boolean drawsRandom() {
    return true;
  }

  /**
   * Different candidates drawn from all networks within the budget, for the baseline of random
   * search; fewer if there are no more. Asked only if {@link #drawsRandom}.
   *
   * @param state finished
   * @param count how many, at least 1; of an equal generator, more candidates begin with fewer
   */
  List<Candidate> random(S state, int count, RandomGenerator random);

  /**
   * A candidate with at least as many parameters, in at least as large a specification, as any that
   * can be found: bounds what rounds move.
   */
  Candidate largest(S state);

  /** How far the method's own rounds are; the work of trainings is not counted here. */
  Progress progress(S state);

  /** As {@link Search#largestRound}, of the method's own rounds. */
  RoundBytes largestRound(S state);

  /**
   * What the method tells of its search, from a finished state.
   *
   * @param finals the networks trained to the end, one a role: what was found first, then the
   *     baselines
   */
  List<Section> report(S state, List<Reference> finals);

  /**
   * What the method itself found out about candidates before the contest, in order, from any state;
   * by default only what they are, once they are known.
   */
  default List<Assessment> assessed(S state) {
    List<Assessment> assessed = new ArrayList<>();
    for (Candidate candidate : finished(state) ? candidates(state) : List.<Candidate>of()) {
      assessed.add(
          new Assessment(
              "search",
              "candidate " + (assessed.size() + 1),
              candidate.description(),
              candidate.network(),
              Optional.empty(),
              0,
              "",
              false));
    }
    return assessed;
  }

  /** What is handed over beside the found network, from a finished state; by default nothing. */
  default List<Artefact> artefacts(S state) {
    return List.of();
  }

  /** What went wrong without ending the search, one sentence each, from a finished state. */
  default List<String> remarks(S state) {
    return List.of();
  }

  /** As {@link Search#soFar}, of the method's own rounds. */
  default List<Section> soFar(S state) {
    return List.of();
  }

  /** As {@link Search#codecs}. */
  SearchCodecs<S, V, W, R> codecs();
}
