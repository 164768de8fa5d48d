package org.espalier.meta;

import java.util.List;
import org.espalier.storage.Floats;

/**
 * What executors need in a round.
 *
 * @param families there are
 * @param mode of who learns or is judged
 * @param shared weights that all tasks start from
 * @param rates logarithm of the factor on the inner rate of each block of weights
 * @param guide parameters of embedding, controller and gates
 * @param baselines running mean of the scores of each family
 * @param floor share of picks that are drawn uniformly, in [0, 1]
 * @param entropyWeight of the controller's entropy, at least 0; below 0 while it does not learn
 */
record MetaView(
    List<DomainFacts> families,
    Mode mode,
    Floats shared,
    Floats rates,
    Floats guide,
    List<Double> baselines,
    double floor,
    double entropyWeight) {
  MetaView {
    families = List.copyOf(families);
    baselines = List.copyOf(baselines);
  }

  /** How networks are picked. */
  sealed interface Mode {}

  /**
   * By a controller.
   *
   * @param blind whether it knows nothing of the task
   */
  record Controlled(boolean blind) implements Mode {}

  /** Any networks, and weights of their own for each task. */
  record FromScratch() implements Mode {}

  /**
   * One network for all, no gates: plain meta-learning.
   *
   * @param picks of the network
   */
  record Fixed(List<Integer> picks) implements Mode {
    Fixed {
      picks = List.copyOf(picks);
    }
  }
}
