package org.espalier.search.finals;

import java.util.Objects;
import org.espalier.augment.Policy;
import org.espalier.cost.NetworkCost;
import org.espalier.network.NetworkSpec;
import org.espalier.training.TrainingSettings;

/**
 * A network that a search may hand over.
 *
 * @param description what sets it apart from the other candidates, for people; for example its
 *     widths
 * @param network itself
 * @param macs multiply-accumulates of one image
 * @param parameters learned values
 * @param policy which augmentation it is trained with; without one that of the settings
 */
public record Candidate(
    String description, NetworkSpec network, long macs, long parameters, Policy policy) {
  public Candidate {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(policy, "policy");
  }

  /** Counts what a network costs. */
  public static Candidate of(String description, NetworkSpec network) {
    NetworkCost cost = NetworkCost.of(network);
    return new Candidate(description, network, cost.macs(), cost.parameters(), new Policy.None());
  }

  /** The same, trained with an augmentation policy of its own. */
  public Candidate with(Policy other) {
    return new Candidate(description, network, macs, parameters, other);
  }

  /** How it is trained. */
  TrainingSettings training(TrainingSettings settings) {
    return policy instanceof Policy.None
        ? settings
        : settings.withAugmentation(settings.augmentation().withPolicy(policy));
  }
}
