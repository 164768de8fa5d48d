package org.espalier.search.finals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.search.SearchCodecs;
import org.espalier.search.WorkItem;
import org.espalier.storage.Bytes;
import org.espalier.storage.Codec;
import org.espalier.storage.RecordCodec;

/**
 * The codecs of a {@link FinalsSearch}, from those of its method: a byte says whether the method's
 * value follows, in the method's own form, or one of trainings.
 */
final class FinalsCodecs {
  private static final byte TRAINING = 0;
  private static final byte OWN = 1;

  private FinalsCodecs() {}

  static <S, V, W extends WorkItem, R>
      SearchCodecs<FinalsState<S>, Optional<V>, FinalsItem<W>, FinalsResult<R>> of(
          SearchCodecs<S, V, W, R> own) {
    Codec<Stretch> stretch = new RecordCodec<>(Stretch.class);
    Codec<Training.Standing> stretched = new RecordCodec<>(Training.Standing.class);
    return new SearchCodecs<>(
        new StateCodec<>(own.state()),
        codec(
            view -> view.map(own.view()::encode),
            view -> new byte[0],
            bytes -> Optional.of(own.view().decode(bytes)),
            bytes -> Optional.empty()),
        codec(
            item ->
                item instanceof FinalsItem.Own<W> each
                    ? Optional.of(own.item().encode(each.item()))
                    : Optional.empty(),
            item -> stretch.encode(((FinalsItem.Train<W>) item).stretch()),
            bytes -> new FinalsItem.Own<>(own.item().decode(bytes)),
            bytes -> new FinalsItem.Train<>(stretch.decode(bytes))),
        codec(
            result ->
                result instanceof FinalsResult.Own<R> each
                    ? Optional.of(own.result().encode(each.result()))
                    : Optional.empty(),
            result -> stretched.encode(((FinalsResult.Stretched<R>) result).stretched()),
            bytes -> new FinalsResult.Own<>(own.result().decode(bytes)),
            bytes -> new FinalsResult.Stretched<>(stretched.decode(bytes))));
  }

  /**
   * A codec of values of two kinds.
   *
   * @param own the bytes of the method's values, nothing for the others
   * @param training the bytes of the others
   */
  private static <T> Codec<T> codec(
      Function<T, Optional<byte[]>> own,
      Function<T, byte[]> training,
      Function<byte[], T> readOwn,
      Function<byte[], T> readTraining) {
    return new Codec<>() {
      @Override
      public byte[] encode(T value) {
        Optional<byte[]> bytes = own.apply(value);
        return bytes.isPresent()
            ? tagged(OWN, bytes.get())
            : tagged(TRAINING, training.apply(value));
      }

      @Override
      public T decode(byte[] bytes) {
        if (bytes.length == 0 || (bytes[0] != OWN && bytes[0] != TRAINING)) {
          throw new IllegalArgumentException("not the bytes of a search with final trainings");
        }
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        return bytes[0] == OWN ? readOwn.apply(rest) : readTraining.apply(rest);
      }
    };
  }

  private static byte[] tagged(byte tag, byte[] bytes) {
    byte[] tagged = new byte[bytes.length + 1];
    tagged[0] = tag;
    System.arraycopy(bytes, 0, tagged, 1, bytes.length);
    return tagged;
  }

  /** A state with the method's state in the method's own form. */
  private record Stored(
      long seed,
      FinalsState.Phase phase,
      Bytes own,
      Course course,
      List<Training> trials,
      List<Training> finals,
      FinalsState.Work work) {}

  private record StateCodec<S>(Codec<S> own) implements Codec<FinalsState<S>> {
    private static final RecordCodec<Stored> STORED = new RecordCodec<>(Stored.class);

    @Override
    public byte[] encode(FinalsState<S> state) {
      return STORED.encode(
          new Stored(
              state.seed(),
              state.phase(),
              Bytes.owning(own.encode(state.own())),
              state.course(),
              state.trials(),
              state.finals(),
              state.work()));
    }

    @Override
    public FinalsState<S> decode(byte[] bytes) {
      Stored stored = STORED.decode(bytes);
      return new FinalsState<>(
          stored.seed(),
          stored.phase(),
          own.decode(stored.own().toArray()),
          stored.course(),
          stored.trials(),
          stored.finals(),
          stored.work());
    }
  }
}
