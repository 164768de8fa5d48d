package org.espalier.search.rounds;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.search.Outcome;
import org.espalier.search.RoundResult;
import org.espalier.search.SumShape;
import org.espalier.search.WorkItem;
import org.espalier.storage.Codec;

/**
 * Puts a round together as its results arrive: outcomes back into item order, sums in group order.
 * A result that comes before its turn waits as bytes, and is let go once it is folded, so the
 * driver never holds more than the waiting results, the total and what arrives.
 */
final class RoundFold<W extends WorkItem, R> {
  private final List<W> items;
  private final SumShape shape;
  private final Codec<R> codec;
  private final List<Outcome<R>> outcomes;
  private final Set<String> platforms = new LinkedHashSet<>();
  private final SumFold sums = new SumFold();
  private final Map<Integer, byte[]> waiting = new HashMap<>();
  private int next;
  private ItemTime time = ItemTime.NONE;
  private long bytes;

  RoundFold(List<W> items, SumShape shape, Codec<R> codec) {
    this.items = items;
    this.shape = shape;
    this.codec = codec;
    this.outcomes = new ArrayList<>(Collections.nCopies(items.size(), null));
  }

  /** Takes a result; it is folded when its turn comes. */
  synchronized void arrived(int index, byte[] result) {
    if (index < next || waiting.put(index, result) != null) {
      throw new IllegalStateException("result %s came twice".formatted(index));
    }
    bytes += result.length;
    for (byte[] turn = waiting.remove(next); turn != null; turn = waiting.remove(next)) {
      add(GroupResult.decode(turn));
      next++;
    }
  }

  private void add(GroupResult result) {
    platforms.addAll(result.platforms());
    for (GroupResult.Item item : result.items()) {
      outcomes.set(item.index(), outcome(item));
      time = time.plus(item.time());
    }
    result.sums().forEach(sums::add);
  }

  private Outcome<R> outcome(GroupResult.Item item) {
    return item.failed()
        ? new Outcome.Failure<>(new String(item.bytes().toArray(), StandardCharsets.UTF_8))
        : new Outcome.Value<>(codec.decode(item.bytes().toArray()));
  }

  /**
   * The round.
   *
   * @throws IllegalStateException unless every item came back
   */
  synchronized RoundResult<W, R> result() {
    List<RoundResult.Performed<W, R>> performed = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (outcomes.get(i) == null) {
        throw new IllegalStateException("nothing came back from " + items.get(i).label());
      }
      performed.add(new RoundResult.Performed<>(items.get(i), outcomes.get(i)));
    }
    return new RoundResult<>(performed, sums.totals(shape));
  }

  /** Where the items were performed, in group order, without repetition. */
  synchronized List<String> platforms() {
    return List.copyOf(platforms);
  }

  synchronized List<String> failures() {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Failure<R> failure) {
        failures.add(items.get(i).label() + ": " + failure.reason());
      }
    }
    return failures;
  }

  /** What all items took. */
  synchronized ItemTime time() {
    return time;
  }

  /** Bytes that arrived. */
  synchronized long bytes() {
    return bytes;
  }
}
