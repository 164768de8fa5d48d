package org.espalier.data.format;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.data.DataException;

/**
 * Which numbers are labels, and what they are called. Labels run without a gap from 0 or, as in
 * EMNIST letters, from 1.
 *
 * @param names of the classes
 * @param first label of the first class, 0 or 1
 */
record LabelNames(List<String> names, int first) {
  /** More classes than this are a misread file. */
  static final int MOST_CLASSES = 100_000;

  /**
   * Finds the labels' range.
   *
   * @param where file of the labels
   * @param labels of the training part, all at least 0
   * @param given class names, or none
   * @throws DataException if the labels begin elsewhere or do not fit the names
   */
  static LabelNames of(String where, int[] labels, List<String> given) {
    int least = IntStream.of(labels).min().orElse(0);
    int most = IntStream.of(labels).max().orElse(0);
    if (least > 1 || most >= MOST_CLASSES) {
      throw new DataException(
          where,
          "labels run from %d to %d; expected a start at 0 or 1 and less than %d classes"
              .formatted(least, most, MOST_CLASSES));
    }
    int count = most - least + 1;
    if (given.isEmpty()) {
      return new LabelNames(
          IntStream.rangeClosed(least, most).mapToObj(Integer::toString).toList(), least);
    }
    if (given.size() < count) {
      throw new DataException(
          where,
          "label %d out of range; %d class names allow %d..%d"
              .formatted(most, given.size(), least, least + given.size() - 1));
    }
    return new LabelNames(given, least);
  }

  /** Throws unless the label has a name. */
  void check(String where, String place, int label) {
    if (label < first || label >= first + names.size()) {
      throw new DataException(
          where,
          "%s: label %d out of range; expected %d..%d"
              .formatted(place, label, first, first + names.size() - 1));
    }
  }
}
