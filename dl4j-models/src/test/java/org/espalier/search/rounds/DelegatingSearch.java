package org.espalier.search.rounds;

import java.util.List;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.SumShape;
import org.espalier.search.WorkItem;

/** A search like another one, to change one thing about it. */
public abstract class DelegatingSearch<S, V, W extends WorkItem, R> implements Search<S, V, W, R> {
  private final Search<S, V, W, R> search;

  /** A search like the one given. */
  protected DelegatingSearch(Search<S, V, W, R> search) {
    this.search = search;
  }

  @Override
  public S start(SearchContext context) {
    return search.start(context);
  }

  @Override
  public List<W> plan(S state) {
    return search.plan(state);
  }

  @Override
  public V view(S state) {
    return search.view(state);
  }

  @Override
  public SumShape sums(S state) {
    return search.sums(state);
  }

  @Override
  public Contribution<R> perform(V view, W item, ItemContext context) {
    return search.perform(view, item, context);
  }

  @Override
  public S advance(S state, RoundResult<W, R> round) {
    return search.advance(state, round);
  }

  @Override
  public boolean finished(S state) {
    return search.finished(state);
  }

  @Override
  public SearchResult result(S state) {
    return search.result(state);
  }

  @Override
  public Progress progress(S state) {
    return search.progress(state);
  }

  @Override
  public RoundBytes largestRound(S state) {
    return search.largestRound(state);
  }

  @Override
  public SearchCodecs<S, V, W, R> codecs() {
    return search.codecs();
  }
}
