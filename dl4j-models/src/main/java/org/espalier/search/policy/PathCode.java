package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Numbers for what a supernet computes at a choice. One option is its index, as in the picks of a
 * candidate; two or more options at once are the number of all options plus a mask, whose bit
 * {@code k} stands for option {@code k}. So a candidate is a path as it is, and each set of options
 * has one code.
 */
public final class PathCode {
  /** More options than this have sets without a code. */
  private static final int MOST_OPTIONS = 30;

  private PathCode() {}

  /**
   * The path that computes some options of each choice.
   *
   * @param sizes options of each choice
   * @param sets for each choice the options that are computed, at least one
   */
  public static List<Integer> of(List<Integer> sizes, List<? extends Collection<Integer>> sets) {
    if (sets.size() != sizes.size()) {
      throw new IllegalArgumentException(
          "choices of %s options need as many sets, got %s".formatted(sizes, sets));
    }
    return IntStream.range(0, sizes.size())
        .mapToObj(choice -> of(sizes.get(choice), sets.get(choice)))
        .toList();
  }

  private static int of(int size, Collection<Integer> options) {
    int mask = 0;
    for (int option : options) {
      if (option < 0 || option >= size) {
        throw new IllegalArgumentException(
            "a choice of %s options has no option %s".formatted(size, option));
      }
      mask |= bit(option, size);
    }
    if (mask == 0) {
      throw new IllegalArgumentException("at least one option must be computed");
    }
    return Integer.bitCount(mask) == 1 ? Integer.numberOfTrailingZeros(mask) : size + mask;
  }

  private static int bit(int option, int size) {
    if (size > MOST_OPTIONS) {
      throw new IllegalArgumentException(
          "sets of more than %s options have no code, got %s".formatted(MOST_OPTIONS, size));
    }
    return 1 << option;
  }

  /** The path that computes every option of every choice. */
  public static List<Integer> all(List<Integer> sizes) {
    return of(
        sizes, sizes.stream().map(size -> IntStream.range(0, size).boxed().toList()).toList());
  }

  /**
   * The options that a code stands for, in ascending order.
   *
   * @param code of a choice, as {@link #of} or a candidate has it
   * @param size options of the choice
   */
  public static List<Integer> options(int code, int size) {
    if (code >= 0 && code < size) {
      return List.of(code);
    }
    int mask = code - size;
    if (size > MOST_OPTIONS || mask >> size != 0 || Integer.bitCount(mask) < 2) {
      throw new IllegalArgumentException(
          "%s is no code of options of a choice with %s".formatted(code, size));
    }
    List<Integer> options = new ArrayList<>();
    for (int option = 0; option < size; option++) {
      if ((mask >> option & 1) == 1) {
        options.add(option);
      }
    }
    return List.copyOf(options);
  }

  /**
   * The gates of a path, {@code [choice][option]}: 1 for what is computed and 0 for the rest. The
   * expected cost of these "probabilities" is what computing the whole path costs.
   *
   * @param sizes options of each choice
   * @param path one code a choice
   */
  public static double[][] gates(List<Integer> sizes, List<Integer> path) {
    if (path.size() != sizes.size()) {
      throw new IllegalArgumentException(
          "choices of %s options need as many codes, got %s".formatted(sizes, path));
    }
    double[][] gates = sizes.stream().map(double[]::new).toArray(double[][]::new);
    for (int choice = 0; choice < gates.length; choice++) {
      for (int option : options(path.get(choice), gates[choice].length)) {
        gates[choice][option] = 1;
      }
    }
    return gates;
  }
}
