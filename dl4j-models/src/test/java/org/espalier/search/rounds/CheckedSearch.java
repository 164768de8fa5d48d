package org.espalier.search.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.WorkItem;
import org.espalier.storage.Codec;

/** A search whose codecs check that every value comes back equal from its bytes. */
final class CheckedSearch<S, V, W extends WorkItem, R> extends DelegatingSearch<S, V, W, R> {
  CheckedSearch(Search<S, V, W, R> search) {
    super(search);
  }

  @Override
  public S start(SearchContext context) {
    return checked(super.codecs().state(), super.start(context));
  }

  @Override
  public S advance(S state, RoundResult<W, R> round) {
    return checked(super.codecs().state(), super.advance(state, round));
  }

  @Override
  public SearchCodecs<S, V, W, R> codecs() {
    SearchCodecs<S, V, W, R> codecs = super.codecs();
    return new SearchCodecs<>(
        checking(codecs.state()),
        checking(codecs.view()),
        checking(codecs.item()),
        checking(codecs.result()));
  }

  private static <T> Codec<T> checking(Codec<T> codec) {
    return new Codec<>() {
      @Override
      public byte[] encode(T value) {
        return codec.encode(checked(codec, value));
      }

      @Override
      public T decode(byte[] bytes) {
        return codec.decode(bytes);
      }
    };
  }

  private static <T> T checked(Codec<T> codec, T value) {
    byte[] bytes = codec.encode(value);
    T back = codec.decode(bytes);
    assertThat(back).isEqualTo(value);
    assertThat(codec.encode(back)).isEqualTo(bytes);
    return back;
  }
}
