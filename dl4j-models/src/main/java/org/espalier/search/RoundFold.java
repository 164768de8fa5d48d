package org.espalier.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a round's groups together: outcomes back into item order, sums in group order. */
final class RoundFold<W extends WorkItem, R> {
  private final List<W> items;
  private final SumShape shape;
  private final Codec<R> codec;
  private final List<Outcome<R>> outcomes;
  private final Map<String, double[]> sums = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private long cpuNanos;

  RoundFold(List<W> items, SumShape shape, Codec<R> codec) {
    this.items = items;
    this.shape = shape;
    this.codec = codec;
    this.outcomes = new ArrayList<>(Collections.nCopies(items.size(), null));
  }

  /** Adds the next group. */
  void add(GroupResult group) {
    for (GroupResult.Item item : group.items()) {
      outcomes.set(item.index(), outcome(item));
      cpuNanos += item.cpuNanos();
    }
    for (GroupResult.Sum sum : group.sums()) {
      SumShape.Block block = shape.blocks().get(sum.block());
      double[] total = sums.computeIfAbsent(block.name(), name -> new double[block.length()]);
      for (int i = 0; i < total.length; i++) {
        total[i] += sum.values().get(i);
      }
      counts.merge(block.name(), sum.contributions(), Integer::sum);
    }
  }

  private Outcome<R> outcome(GroupResult.Item item) {
    return item.failed()
        ? new Outcome.Failure<>(new String(item.bytes().array(), StandardCharsets.UTF_8))
        : new Outcome.Value<>(codec.decode(item.bytes().array()));
  }

  RoundResult<W, R> result() {
    List<RoundResult.Performed<W, R>> performed = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      performed.add(new RoundResult.Performed<>(items.get(i), outcomes.get(i)));
    }
    return new RoundResult<>(performed, new Totals(shape, sums, counts));
  }

  List<String> failures() {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Failure<R> failure) {
        failures.add(items.get(i).label() + ": " + failure.reason());
      }
    }
    return failures;
  }

  double cpuSeconds() {
    return cpuNanos / 1e9;
  }
}
