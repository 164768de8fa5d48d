package org.espalier.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;

/**
 * Which classes are for meta-training, meta-validation and meta-test. No class is in two parts, so
 * that what is measured is learning of new classes.
 *
 * @param train labels of classes, at least one
 * @param validation labels of classes
 * @param test labels of classes
 */
public record ClassSplit(List<Integer> train, List<Integer> validation, List<Integer> test) {
  public ClassSplit {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
    if (train.isEmpty()) {
      throw new IllegalArgumentException("meta-training needs at least one class");
    }
    Set<Integer> seen = new HashSet<>();
    for (List<Integer> part : List.of(train, validation, test)) {
      for (int label : part) {
        if (label < 0) {
          throw new IllegalArgumentException("a label is at least 0, got " + label);
        }
        if (!seen.add(label)) {
          throw new IllegalArgumentException("class " + label + " is there twice or in two parts");
        }
      }
    }
  }

  /**
   * Deals classes by a shuffle.
   *
   * @param classes how many there are, at least 1
   * @param validationShare share of the classes for meta-validation, in [0, 1), rounded to whole
   *     classes
   * @param testShare share of the classes for meta-test, in [0, 1), rounded to whole classes
   * @param seed of the shuffle
   */
  public static ClassSplit deal(int classes, double validationShare, double testShare, long seed) {
    if (!(validationShare >= 0 && testShare >= 0 && validationShare + testShare < 1)) {
      throw new InputException(
          "shares must be at least 0 and below 1 together, got validationShare=%s, testShare=%s"
              .formatted(validationShare, testShare));
    }
    List<Integer> order = shuffled(classes, Seeds.generator(seed));
    int test = (int) StrictMath.rint(testShare * classes);
    int validation = (int) StrictMath.rint(validationShare * classes);
    int train = classes - test - validation;
    if (train < 1) {
      throw new InputException(
          "%s classes leave none for meta-training beside %s for validation and %s for test"
              .formatted(classes, validation, test));
    }
    return new ClassSplit(
        sorted(order.subList(0, train)),
        sorted(order.subList(train, train + validation)),
        sorted(order.subList(train + validation, classes)));
  }

  /** Labels of the classes of one part. */
  public List<Integer> of(MetaPart part) {
    return switch (part) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  private static List<Integer> shuffled(int classes, RandomGenerator random) {
    List<Integer> order = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      order.add(random.nextInt(label + 1), label);
    }
    return order;
  }

  private static List<Integer> sorted(List<Integer> labels) {
    return labels.stream().sorted().toList();
  }
}
