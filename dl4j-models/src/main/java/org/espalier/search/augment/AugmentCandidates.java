package org.espalier.search.augment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.LearnedPolicy;
import org.espalier.augment.Policy;
import org.espalier.augment.PolicyStep;
import org.espalier.network.ImageShape;
import org.espalier.search.Artefact;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.Reference;
import org.espalier.storage.Bytes;

/**
 * The network of a search with different policies.
 *
 * @param settings of the search
 */
record AugmentCandidates(AugmentSettings settings) {
  /** What networks are for. */
  interface Images {
    /** Shape of one image. */
    ImageShape images();

    /** Logits. */
    int classes();
  }

  /** The network without a policy. */
  Candidate plain(Images state) {
    return plain(state.images(), state.classes());
  }

  /** The network for images of a shape without a policy. */
  Candidate plain(ImageShape images, int classes) {
    return Candidate.of(
        settings.family().name().toLowerCase(Locale.ROOT).replace("_", ""),
        settings.network(images, classes));
  }

  /** The network with a policy of the form that searches find. */
  Candidate of(Images state, LearnedPolicy policy) {
    return Candidate.of(policy.describe(), plain(state).network()).with(Policy.of(policy));
  }

  /** A policy of this form, to be handed over as a file. */
  static Artefact artefact(LearnedPolicy policy) {
    Bytes json = Bytes.of(policy.toJson().getBytes(StandardCharsets.UTF_8));
    return new Artefact(
        "policy", "policy", LearnedPolicy.VERSION, Map.of("policy.json", json), List.of());
  }

  /** What one would take without a search: no policy first. */
  List<Reference> references(Images state) {
    List<Reference> references = new ArrayList<>();
    references.add(new Reference("without a policy", plain(state)));
    for (Policy policy : settings.compared()) {
      references.add(new Reference(AugmentSettings.name(policy), plain(state).with(policy)));
    }
    return references;
  }

  /** With as many sub-policies as a found policy has, their probabilities and levels uniform. */
  List<Candidate> random(Images state, int count, RandomGenerator random) {
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
}
