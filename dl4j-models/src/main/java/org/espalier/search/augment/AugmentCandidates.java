package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.LearnedPolicy;
import org.espalier.augment.Policy;
import org.espalier.augment.PolicyStep;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.Reference;

/**
 * The network of a search with different policies.
 *
 * @param settings of the search
 */
record AugmentCandidates(AugmentSettings settings) {
  /** The network without a policy. */
  Candidate plain(AugmentState state) {
    return Candidate.of(
        settings.family().name().toLowerCase(Locale.ROOT).replace("_", ""),
        settings.network(state.images(), state.classes()));
  }

  /** The network with a policy of the form that searches find. */
  Candidate of(AugmentState state, LearnedPolicy policy) {
    return Candidate.of(describe(policy), plain(state).network()).with(Policy.of(policy));
  }

  /** What one would take without a search: no policy first. */
  List<Reference> references(AugmentState state) {
    List<Reference> references = new ArrayList<>();
    references.add(new Reference("without a policy", plain(state)));
    for (Policy policy : settings.compared()) {
      references.add(new Reference(AugmentSettings.name(policy), plain(state).with(policy)));
    }
    return references;
  }

  /** With as many sub-policies as a found policy has, their probabilities and levels uniform. */
  List<Candidate> random(AugmentState state, int count, RandomGenerator random) {
    PolicyForm form = settings.form(state.images());
    List<Candidate> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Integer> order =
          new ArrayList<>(IntStream.range(0, form.subPolicies().size()).boxed().toList());
      for (int last = order.size() - 1; last > 0; last--) {
        Collections.swap(order, last, random.nextInt(last + 1));
      }
      List<List<PolicyStep>> subPolicies = new ArrayList<>();
      for (int each : order.subList(0, Math.min(settings.kept(), order.size()))) {
        List<PolicyStep> steps = new ArrayList<>();
        for (ImageOperation operation : form.subPolicies().get(each)) {
          steps.add(new PolicyStep(operation, random.nextDouble(), random.nextDouble()));
        }
        subPolicies.add(steps);
      }
      drawn.add(of(state, new LearnedPolicy(form.magnitudes(), subPolicies)));
    }
    return drawn;
  }

  /** A policy in one line. */
  private static String describe(LearnedPolicy policy) {
    return policy.subPolicies().stream()
        .map(
            steps ->
                steps.stream()
                    .map(AugmentCandidates::describe)
                    .collect(Collectors.joining(" then ")))
        .collect(Collectors.joining(", "));
  }

  private static String describe(PolicyStep step) {
    return String.format(
        Locale.ROOT, "%s %.2f at %.2f", step.operation(), step.probability(), step.level());
  }
}
