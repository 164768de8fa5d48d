package org.espalier.data.format;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.espalier.data.DataException;

/**
 * Which numbers are labels, and what they are called. Labels begin at 0 or, as in EMNIST letters,
 * at 1. Some may be missing between, as the J of a sign language, which is a movement, is from its
 * pictures: a class is a label that occurs, or that was given a name.
 *
 * @param names of the classes
 * @param labels of the classes, ascending
 */
record LabelNames(List<String> names, List<Integer> labels) {
  /** More classes than this are a misread file. */
  static final int MOST_CLASSES = 100_000;

  LabelNames {
    names = List.copyOf(names);
    labels = List.copyOf(labels);
  }

  /**
   * Finds the labels.
   *
   * @param where file of the labels
   * @param labels of the training part, all at least 0
   * @param given class names, or none: one for each label that occurs, or for each from the first
   * @param remarks takes a line about labels that are missing
   * @throws DataException if the labels begin elsewhere, most are missing, or they do not fit the
   *     names
   */
  static LabelNames of(String where, int[] labels, List<String> given, Consumer<String> remarks) {
    BitSet seen = new BitSet();
    for (int label : labels) {
      seen.set(Math.min(label, MOST_CLASSES));
    }
    int least = Math.max(0, seen.nextSetBit(0));
    int most = Math.max(0, seen.length() - 1);
    int occurring = seen.cardinality();
    if (least > 1 || most >= MOST_CLASSES) {
      throw new DataException(
          where,
          "labels run from %s to %s; expected a start at 0 or 1 and less than %s classes"
              .formatted(least, most, MOST_CLASSES));
    }
    int count = most - least + 1;
    if (occurring * 2 < count) {
      throw new DataException(
          where,
          "labels run from %s to %s, but only %s of these %s numbers occur; are these the labels?"
              .formatted(least, most, occurring, count));
    }
    if (given.size() >= count && occurring != given.size()) {
      return new LabelNames(given, range(least, given.size()));
    }
    if (!given.isEmpty() && given.size() != occurring) {
      throw new DataException(
          where,
          "label %s out of range; %s class names allow %s..%s%s"
              .formatted(
                  most,
                  given.size(),
                  least,
                  least + given.size() - 1,
                  occurring < count
                      ? ", or are those of the labels that occur: " + occurring
                      : ""));
    }
    List<Integer> classes = seen.stream().boxed().toList();
    if (occurring < count) {
      remarks.accept(
          "the labels are %s; the numbers missing between are no classes"
              .formatted(ranges(classes)));
    }
    return new LabelNames(
        given.isEmpty() ? classes.stream().map(String::valueOf).toList() : given, classes);
  }

  /** Throws unless the label has a name. */
  void check(String where, String place, int label) {
    if (Collections.binarySearch(labels, label) < 0) {
      throw new DataException(
          where, "%s: label %s out of range; expected %s".formatted(place, label, ranges(labels)));
    }
  }

  private static List<Integer> range(int first, int count) {
    List<Integer> range = new ArrayList<>();
    for (int label = first; label < first + count; label++) {
      range.add(label);
    }
    return range;
  }

  /** Such as {@code 0..8, 10..24}. */
  private static String ranges(List<Integer> ascending) {
    StringBuilder text = new StringBuilder();
    int first = 0;
    for (int i = 1; i <= ascending.size(); i++) {
      if (i == ascending.size() || ascending.get(i) != ascending.get(i - 1) + 1) {
        text.append(text.isEmpty() ? "" : ", ").append(ascending.get(first));
        text.append(first < i - 1 ? ".." + ascending.get(i - 1) : "");
        first = i;
      }
    }
    return text.toString();
  }
}
