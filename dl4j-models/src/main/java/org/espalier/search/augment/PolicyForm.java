package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.Magnitudes;
import org.espalier.search.space.PricedChoices;

/**
 * What a policy can be made of, as choices: the first is which of the sub-policies an image is
 * given, and then there is one for each of their operations, sub-policy by sub-policy: whether it
 * is applied, no (0) or yes (1), which has no effect unless its sub-policy is taken.
 *
 * @param magnitudes what levels mean
 * @param subPolicies operations of each, one or two
 */
record PolicyForm(Magnitudes magnitudes, List<List<ImageOperation>> subPolicies) {
  /** The choice of the sub-policy. */
  static final int TAKEN = 0;

  /** The option of what is applied. */
  static final int YES = 1;

  PolicyForm {
    Objects.requireNonNull(magnitudes, "magnitudes");
    subPolicies = subPolicies.stream().map(List::copyOf).toList();
  }

  /** Each operation by itself. */
  static PolicyForm ofSingles(Magnitudes magnitudes, List<ImageOperation> operations) {
    return new PolicyForm(magnitudes, operations.stream().map(List::of).toList());
  }

  /** Every two operations, in the order in which they are given. */
  static PolicyForm ofPairs(Magnitudes magnitudes, List<ImageOperation> operations) {
    List<List<ImageOperation>> pairs = new ArrayList<>();
    for (int first = 0; first < operations.size(); first++) {
      for (int second = first + 1; second < operations.size(); second++) {
        pairs.add(List.of(operations.get(first), operations.get(second)));
      }
    }
    return new PolicyForm(magnitudes, pairs);
  }

  /** Operations of all sub-policies, each as often as it occurs. */
  int operations() {
    return subPolicies.stream().mapToInt(List::size).sum();
  }

  /** Number of a sub-policy's first operation among those of all. */
  int first(int subPolicy) {
    return subPolicies.subList(0, subPolicy).stream().mapToInt(List::size).sum();
  }

  /** Number of the sub-policy that an operation belongs to. */
  int subPolicy(int operation) {
    int subPolicy = 0;
    for (int left = operation; left >= subPolicies.get(subPolicy).size(); subPolicy++) {
      left -= subPolicies.get(subPolicy).size();
    }
    return subPolicy;
  }

  /** One of the operations of all sub-policies. */
  ImageOperation operation(int number) {
    return subPolicies.stream().flatMap(List::stream).skip(number).findFirst().orElseThrow();
  }

  /** The choice whether an operation is applied. */
  int applied(int operation) {
    return 1 + operation;
  }

  /** All choices, without limits. */
  PricedChoices choices() {
    List<Integer> sizes = new ArrayList<>(Collections.nCopies(1 + operations(), 2));
    sizes.set(TAKEN, subPolicies.size());
    return new PricedChoices(sizes, List.of()).with(this::idle);
  }

  private Set<Integer> idle(List<Integer> picks) {
    int first = applied(first(picks.get(TAKEN)));
    int end = first + subPolicies.get(picks.get(TAKEN)).size();
    return IntStream.range(1, picks.size())
        .filter(choice -> choice < first || choice >= end)
        .boxed()
        .collect(Collectors.toSet());
  }
}
