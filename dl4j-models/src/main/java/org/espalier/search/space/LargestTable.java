package org.espalier.search.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a layer takes, by the picks of the choices that meet in it. */
public final class LargestTable {
  private final OptionClasses meeting;
  private final long[] amounts;

  /**
   * A layer.
   *
   * @param meeting the choices that its amount depends on; none if it is always the same
   * @param amounts by their combinations; not copied
   */
  public LargestTable(OptionClasses meeting, long[] amounts) {
    if (meeting.size() != amounts.length) {
      throw new IllegalArgumentException(
          "%s combinations have %s amounts".formatted(meeting.size(), amounts.length));
    }
    this.meeting = meeting;
    this.amounts = amounts;
  }

  OptionClasses meeting() {
    return meeting;
  }

  LargestTable restricted(List<List<Integer>> kept) {
    OptionClasses fewer = meeting.restricted(kept);
    long[] restricted = new long[fewer.size()];
    List<Integer> picks = new ArrayList<>(Collections.nCopies(kept.size(), 0));
    for (int entry = 0; entry < restricted.length; entry++) {
      fewer.settle(entry, picks);
      List<Integer> before = new ArrayList<>(picks);
      meeting.choices().forEach(at -> before.set(at, kept.get(at).get(picks.get(at))));
      restricted[entry] = at(before);
    }
    return new LargestTable(fewer, restricted);
  }

  long at(List<Integer> picks) {
    return amounts[meeting.index(picks)];
  }

  /** The last choice that settles it, or -1. */
  int last() {
    List<Integer> choices = meeting.choices();
    return choices.isEmpty() ? -1 : choices.get(choices.size() - 1);
  }

  double expected(double[][] marginals) {
    double[][] probabilities = meeting.probabilities(marginals);
    double sum = 0;
    for (int entry = 0; entry < amounts.length; entry++) {
      sum += amounts[entry] * meeting.probability(entry, probabilities, -1);
    }
    return sum;
  }

  void addGradient(double[][] marginals, double[][] gradient) {
    double[][] probabilities = meeting.probabilities(marginals);
    for (int place = 0; place < meeting.choices().size(); place++) {
      for (int entry = 0; entry < amounts.length; entry++) {
        double slope = amounts[entry] * meeting.probability(entry, probabilities, place);
        meeting.addTo(entry, place, slope, gradient);
      }
    }
  }
}
