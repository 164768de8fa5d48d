package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.espalier.search.space.PricedChoices;

/**
 * Every candidate that could be judged, oldest first.
 *
 * @param judged candidates, the same perhaps several times
 * @param steps how often something was added
 */
public record History(List<Feedback> judged, long steps) {
  static final History NONE = new History(List.of(), 0);

  public History {
    judged = List.copyOf(judged);
  }

  /** With those of a batch that could be judged; the same if there are none. */
  History and(List<Optional<Feedback>> batch) {
    List<Feedback> more = new ArrayList<>(judged);
    batch.forEach(each -> each.ifPresent(more::add));
    return more.size() == judged.size() ? this : new History(more, steps + 1);
  }

  /** The youngest, oldest first. */
  List<Feedback> youngest(int count) {
    return judged.subList(Math.max(0, judged.size() - count), judged.size());
  }

  /** Different ones within every limit, by falling accuracy; of equals the older first. */
  List<List<Integer>> best(PricedChoices choices, int count) {
    return judged.stream()
        .sorted(Comparator.comparingDouble(each -> -each.accuracy()))
        .map(Feedback::picks)
        .filter(choices::allows)
        .distinct()
        .limit(count)
        .toList();
  }
}
