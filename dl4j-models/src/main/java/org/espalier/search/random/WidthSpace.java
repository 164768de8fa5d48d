package org.espalier.search.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;

/**
 * The networks of one family that differ in their widths.
 *
 * @param family which networks
 * @param input shape of one image
 * @param classes logits, at least 1
 * @param choices for each free width, what it may be, rising
 */
record WidthSpace(
    ReadyMade.Family family, ImageShape input, int classes, List<List<Integer>> choices) {
  WidthSpace {
    Objects.requireNonNull(family, "family");
    Objects.requireNonNull(input, "input");
    choices = choices.stream().map(List::copyOf).toList();
    if (choices.size() != family.usualWidths().size()) {
      throw new IllegalArgumentException(
          "%s has %d free widths, choices are given for %d"
              .formatted(family, family.usualWidths().size(), choices.size()));
    }
  }

  /** A space whose widths are shares of the family's usual ones, rounded to a multiple. */
  static WidthSpace of(
      ReadyMade.Family family, ImageShape input, int classes, List<Double> shares, int multiple) {
    List<List<Integer>> choices = new ArrayList<>();
    for (int usual : family.usualWidths()) {
      TreeSet<Integer> widths = new TreeSet<>();
      for (double share : shares) {
        widths.add((int) Math.max(multiple, multiple * StrictMath.rint(share * usual / multiple)));
      }
      choices.add(List.copyOf(widths));
    }
    return new WidthSpace(family, input, classes, choices);
  }

  /** How many networks there are; {@link Long#MAX_VALUE} if there are more. */
  long size() {
    long size = 1;
    for (List<Integer> choice : choices) {
      if (size > Long.MAX_VALUE / choice.size()) {
        return Long.MAX_VALUE;
      }
      size *= choice.size();
    }
    return size;
  }

  /** The widths of a network by its number, from 0 to {@link #size} - 1. */
  List<Integer> widths(long number) {
    List<Integer> widths = new ArrayList<>();
    long rest = number;
    for (List<Integer> choice : choices) {
      widths.add(choice.get((int) (rest % choice.size())));
      rest /= choice.size();
    }
    return List.copyOf(widths);
  }

  /** The narrowest network, which is also the cheapest: cost grows with every width. */
  List<Integer> narrowest() {
    return widths(0);
  }

  NetworkSpec network(List<Integer> widths) {
    return family.build(input, classes, widths);
  }

  NetworkCost cost(List<Integer> widths) {
    return NetworkCost.of(network(widths));
  }
}
