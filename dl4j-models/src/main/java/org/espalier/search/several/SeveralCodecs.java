package org.espalier.search.several;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.search.SearchCodecs;
import org.espalier.search.WorkItem;
import org.espalier.storage.Bytes;
import org.espalier.storage.Codec;
import org.espalier.storage.RecordCodec;

/** The codecs of {@link SideBySide}, from those that its searches have in common. */
final class SeveralCodecs {
  private SeveralCodecs() {}

  /** Of each search its value in its own form, or nothing. */
  private record Stored(List<List<Bytes>> members) {}

  /** The most bytes that views take together beyond what each takes alone. */
  static long frame(int members) {
    List<Bytes> one = List.of(Bytes.owning(new byte[1]));
    return new RecordCodec<>(Stored.class)
            .encode(new Stored(Collections.nCopies(members, one)))
            .length
        + (long) Long.BYTES * members;
  }

  private record StoredItem(int member, Bytes item) {}

  static <S, V, W extends WorkItem, R>
      SearchCodecs<List<S>, List<Optional<V>>, SideBySide.Item<W>, R> of(
          SearchCodecs<S, V, W, R> own, List<String> within) {
    RecordCodec<Stored> several = new RecordCodec<>(Stored.class);
    RecordCodec<StoredItem> items = new RecordCodec<>(StoredItem.class);
    return new SearchCodecs<>(
        codec(
            states ->
                several.encode(stored(states.stream().map(Optional::of).toList(), own.state())),
            bytes ->
                read(several.decode(bytes), own.state()).stream()
                    .map(Optional::orElseThrow)
                    .toList()),
        codec(
            views -> several.encode(stored(views, own.view())),
            bytes -> read(several.decode(bytes), own.view())),
        codec(
            item ->
                items.encode(
                    new StoredItem(item.member(), Bytes.owning(own.item().encode(item.item())))),
            bytes -> {
              StoredItem item = items.decode(bytes);
              return new SideBySide.Item<>(
                  item.member(),
                  within.get(item.member()),
                  own.item().decode(item.item().toArray()));
            }),
        own.result());
  }

  private static <T> Stored stored(List<Optional<T>> values, Codec<T> codec) {
    return new Stored(
        values.stream()
            .map(
                value ->
                    value.map(each -> List.of(Bytes.owning(codec.encode(each)))).orElse(List.of()))
            .toList());
  }

  private static <T> List<Optional<T>> read(Stored stored, Codec<T> codec) {
    return stored.members().stream()
        .map(each -> each.stream().findFirst().map(bytes -> codec.decode(bytes.toArray())))
        .toList();
  }

  private static <T> Codec<T> codec(Function<T, byte[]> encode, Function<byte[], T> decode) {
    return new Codec<>() {
      @Override
      public byte[] encode(T value) {
        return encode.apply(value);
      }

      @Override
      public T decode(byte[] bytes) {
        return decode.apply(bytes);
      }
    };
  }
}
