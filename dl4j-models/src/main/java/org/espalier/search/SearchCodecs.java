package org.espalier.search;

import java.util.Objects;
import org.espalier.storage.Codec;
import org.espalier.storage.RecordCodec;

/**
 * How one method's values become bytes: on the wire, in checkpoints, in fingerprints.
 *
 * @param state of states
 * @param view of views
 * @param item of items
 * @param result of results
 */
public record SearchCodecs<S, V, W, R>(
    Codec<S> state, Codec<V> view, Codec<W> item, Codec<R> result) {
  public SearchCodecs {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(view, "view");
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(result, "result");
  }

  /** Codecs of records, by {@link RecordCodec}. */
  public static <S, V, W, R> SearchCodecs<S, V, W, R> ofRecords(
      Class<S> state, Class<V> view, Class<W> item, Class<R> result) {
    return new SearchCodecs<>(
        new RecordCodec<>(state),
        new RecordCodec<>(view),
        new RecordCodec<>(item),
        new RecordCodec<>(result));
  }
}
