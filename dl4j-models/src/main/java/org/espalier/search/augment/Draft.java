package org.espalier.search.augment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.augment.LearnedPolicy;
import org.espalier.augment.PolicyStep;
import org.espalier.search.policy.Feedback;
import org.espalier.search.policy.GateRegulariser;
import org.espalier.search.policy.GradientPolicy;
import org.espalier.search.policy.Policy;
import org.espalier.search.policy.SigmoidGates;
import org.espalier.tensor.Seeds;

/**
 * An augmentation policy while it is searched.
 *
 * @param choices which sub-policies are in, and whether their operations are applied
 * @param levels of the operations
 */
record Draft(Policy choices, Levels levels) {
  Draft {
    Objects.requireNonNull(choices, "choices");
    Objects.requireNonNull(levels, "levels");
  }

  /**
   * How much each sub-policy is in: the gate of its own where gates are sigmoids, so that one does
   * not take from another; otherwise the probability that it is taken.
   */
  List<Double> in(PolicyForm form) {
    boolean gates =
        choices instanceof GradientPolicy gradient
            && gradient.distribution() instanceof SigmoidGates;
    double[] row =
        gates
            ? ((SigmoidGates) ((GradientPolicy) choices).distribution()).gates()[PolicyForm.TAKEN]
            : marginals(form)[PolicyForm.TAKEN];
    return Arrays.stream(row).boxed().toList();
  }

  /** The probability that each operation is applied if its sub-policy is taken. */
  List<Double> applied(PolicyForm form) {
    double[][] marginals = marginals(form);
    return IntStream.range(0, form.operations())
        .mapToObj(each -> marginals[form.applied(each)][PolicyForm.YES])
        .toList();
  }

  /** Exact, as choices are independent. */
  private double[][] marginals(PolicyForm form) {
    return choices.marginals(form.choices(), 1, Seeds.generator(0));
  }

  /**
   * After the rewards of some draws.
   *
   * @param rewards of the draws, in their order; nothing for those that have none
   * @param random equal to the generator that they were drawn with
   * @param slopes mean derivative of the rewards by each level
   */
  Draft learned(
      PolicyForm form,
      List<Optional<Feedback>> rewards,
      GateRegulariser count,
      RandomGenerator random,
      double[] slopes) {
    Policy learned =
        choices instanceof GradientPolicy gradient
            ? gradient.learn(form.choices(), rewards, count, random)
            : choices.learn(form.choices(), rewards, random);
    return new Draft(learned, levels.climbed(slopes));
  }

  /**
   * The policy that it has come to: the sub-policies that are in most.
   *
   * @param most how many
   */
  LearnedPolicy policy(PolicyForm form, int most) {
    List<Double> in = in(form);
    List<Double> applied = applied(form);
    List<Double> strengths = levels.values();
    List<List<PolicyStep>> subPolicies =
        IntStream.range(0, form.subPolicies().size())
            .boxed()
            .sorted(Comparator.comparingDouble(each -> -in.get(each)))
            .limit(most)
            .map(
                each ->
                    IntStream.range(0, form.subPolicies().get(each).size())
                        .mapToObj(
                            place -> {
                              int operation = form.first(each) + place;
                              return new PolicyStep(
                                  form.subPolicies().get(each).get(place),
                                  applied.get(operation),
                                  strengths.get(operation));
                            })
                        .toList())
            .toList();
    return new LearnedPolicy(form.magnitudes(), subPolicies);
  }
}
