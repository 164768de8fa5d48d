package org.espalier.search.trials;

import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.network.ImageShape;
import org.espalier.report.Section;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.Reference;
import org.espalier.search.space.PricedChoices;

/** The networks that a {@link TrialSearch} tries. */
public interface TrialSpace {
  /** Where the networks come from, once the images are known. */
  @FunctionalInterface
  interface Source {
    /**
     * The networks for images.
     *
     * @param input shape of one image
     * @param classes logits, at least 1
     * @throws org.espalier.cost.InfeasibleBudgetException if none is within the budget
     */
    TrialSpace of(ImageShape input, int classes);
  }

  /** What is chosen, within the budget. */
  PricedChoices choices();

  /** The network of some picks within the budget, as it would be handed over. */
  Candidate candidate(List<Integer> picks);

  /** What one would take without a search. */
  Reference reference();

  /** As {@link org.espalier.search.finals.CandidateSearch#largest}. */
  Candidate largest();

  /** As {@link org.espalier.search.finals.CandidateSearch#random}. */
  List<Candidate> random(int count, RandomGenerator random);

  /** The network that was found, drawn. */
  List<Section> drawings(List<Integer> picks);
}
