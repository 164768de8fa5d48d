package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.LearnedPolicy;
import org.espalier.augment.Magnitudes;
import org.espalier.augment.PolicyStep;
import org.espalier.search.space.PricedChoices;

/**
 * Policies of some sub-policies, as picks: for each sub-policy in turn which operations it has, and
 * then for each of these one of the probabilities and one of the levels.
 *
 * @param magnitudes what levels mean
 * @param operations of a sub-policy, from which each takes its own: one or two, all of one number
 * @param probabilities with which an operation is applied, from 0 to 1
 * @param levels of its strength, from 0 to 1
 * @param kept sub-policies of a policy, at least 1
 */
record PolicyChoices(
    Magnitudes magnitudes,
    List<List<ImageOperation>> operations,
    List<Double> probabilities,
    List<Double> levels,
    int kept) {
  PolicyChoices {
    Objects.requireNonNull(magnitudes, "magnitudes");
    operations = operations.stream().map(List::copyOf).toList();
    probabilities = List.copyOf(probabilities);
    levels = List.copyOf(levels);
    if (operations.isEmpty() || operations.stream().map(List::size).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "sub-policies must have as many operations each, got " + operations);
    }
    if (probabilities.isEmpty() || levels.isEmpty() || kept < 1) {
      throw new IllegalArgumentException(
          "need a probability, a level and a sub-policy, got %s, %s and %s"
              .formatted(probabilities, levels, kept));
    }
  }

  /** Options of each choice. */
  List<Integer> sizes() {
    List<Integer> one = new ArrayList<>(List.of(operations.size()));
    for (int step = 0; step < steps(); step++) {
      one.add(probabilities.size());
      one.add(levels.size());
    }
    return Collections.nCopies(kept, one).stream().flatMap(List::stream).toList();
  }

  /** All choices without limits; policies that differ in the order of sub-policies are one. */
  PricedChoices free() {
    return new PricedChoices(
        sizes(), List.of(), picks -> false, this::canonical, picks -> Set.of(), List.of());
  }

  /** Operations of a sub-policy. */
  private int steps() {
    return operations.get(0).size();
  }

  /** Picks of each sub-policy. */
  private List<List<Integer>> parted(List<Integer> picks) {
    if (picks.size() != sizes().size()) {
      throw new IllegalArgumentException(
          "need %s picks, got %s".formatted(sizes().size(), picks.size()));
    }
    int one = 1 + 2 * steps();
    List<List<Integer>> parts = new ArrayList<>();
    for (int each = 0; each < kept; each++) {
      parts.add(picks.subList(each * one, (each + 1) * one));
    }
    return parts;
  }

  /** The same with its sub-policies in order: which comes first has no effect. */
  private List<Integer> canonical(List<Integer> picks) {
    Comparator<List<Integer>> order =
        (a, b) ->
            Arrays.compare(
                a.stream().mapToInt(Integer::intValue).toArray(),
                b.stream().mapToInt(Integer::intValue).toArray());
    return parted(picks).stream().sorted(order).flatMap(List::stream).toList();
  }

  /**
   * The policy of some picks.
   *
   * @throws IllegalArgumentException if there is no such policy
   */
  LearnedPolicy policy(List<Integer> picks) {
    List<List<PolicyStep>> subPolicies = new ArrayList<>();
    for (List<Integer> part : parted(picks)) {
      List<ImageOperation> named = operations.get(part.get(0));
      List<PolicyStep> made = new ArrayList<>();
      for (int step = 0; step < steps(); step++) {
        made.add(
            new PolicyStep(
                named.get(step),
                probabilities.get(part.get(1 + 2 * step)),
                levels.get(part.get(2 + 2 * step))));
      }
      subPolicies.add(made);
    }
    return new LearnedPolicy(magnitudes, subPolicies);
  }
}
