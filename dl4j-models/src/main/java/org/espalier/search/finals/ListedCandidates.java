package org.espalier.search.finals;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.search.Assessment;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.SearchCodecs;
import org.espalier.search.WorkItem;

/** A method without rounds of its own: its candidates are known before anything is trained. */
public interface ListedCandidates
    extends CandidateSearch<
        ListedCandidates.Listing,
        ListedCandidates.NoView,
        ListedCandidates.NoItem,
        ListedCandidates.NoResult> {
  /**
   * The candidates.
   *
   * @param candidates at least one
   * @param references what one would take without a search, at most one
   */
  record Listing(List<Candidate> candidates, List<Reference> references) {
    public Listing {
      candidates = List.copyOf(candidates);
      references = List.copyOf(references);
      if (candidates.isEmpty() || references.size() > 1) {
        throw new IllegalArgumentException(
            "need a candidate and at most one reference, got %s and %s"
                .formatted(candidates.size(), references.size()));
      }
    }
  }

  /** There are no rounds, so there is nothing to read in them. */
  enum NoView {}

  /** There are no items. */
  enum NoItem implements WorkItem {
    ;

    @Override
    public long seed() {
      throw new IllegalStateException("there are no items");
    }

    @Override
    public long plannedCost() {
      throw new IllegalStateException("there are no items");
    }

    @Override
    public String label() {
      throw new IllegalStateException("there are no items");
    }
  }

  /** There are no results. */
  enum NoResult {}

  @Override
  default List<NoItem> plan(Listing state) {
    return List.of();
  }

  @Override
  default NoView view(Listing state) {
    throw new IllegalStateException("there are no rounds");
  }

  @Override
  default Contribution<NoResult> perform(NoView view, NoItem item, ItemContext context) {
    throw new IllegalStateException("there are no items");
  }

  @Override
  default Listing advance(Listing state, RoundResult<NoItem, NoResult> round) {
    throw new IllegalStateException("there are no rounds");
  }

  @Override
  default boolean finished(Listing state) {
    return true;
  }

  @Override
  default List<Candidate> candidates(Listing state) {
    return state.candidates();
  }

  /** Nothing: they are looked at in the contest. */
  @Override
  default List<Assessment> assessed(Listing state) {
    return List.of();
  }

  @Override
  default List<Reference> references(Listing state) {
    return state.references();
  }

  /** No: what is listed is all that there is to draw from, or was drawn at random. */
  @Override
  default boolean drawsRandom() {
    return false;
  }

  @Override
  default List<Candidate> random(Listing state, int count, RandomGenerator random) {
    throw new IllegalStateException("nothing is drawn beside what is listed");
  }

  @Override
  default Candidate largest(Listing state) {
    return state.candidates().stream()
        .max(Comparator.comparingLong(Candidate::parameters))
        .orElseThrow();
  }

  @Override
  default Progress progress(Listing state) {
    return new Progress("candidates", 0, 0, List.of());
  }

  @Override
  default RoundBytes largestRound(Listing state) {
    return new RoundBytes(0, 0, 0, 0);
  }

  @Override
  default SearchCodecs<Listing, NoView, NoItem, NoResult> codecs() {
    return SearchCodecs.ofRecords(Listing.class, NoView.class, NoItem.class, NoResult.class);
  }
}
