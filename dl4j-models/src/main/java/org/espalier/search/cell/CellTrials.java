package org.espalier.search.cell;

import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.cost.Macs;
import org.espalier.cost.Parameters;
import org.espalier.report.Section;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.Reference;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.trials.TrialSpace;

/**
 * The networks of cells that are tried alone. What is known of them beforehand is what they take in
 * the width in which cells are weighed: multiply-accumulates and parameters, which together say how
 * wide a network becomes that fills the budget, and how many parameters it then has.
 */
final class CellTrials implements TrialSpace {
  private final GatedSpace space;
  private final StageNets nets;
  private final PricedChoices choices;

  CellTrials(CellSettings settings, CellState.Images images) {
    space = settings.handedOverSpace(images);
    List<List<Integer>> everything = space.everything();
    nets = new StageNets.Cache(settings).of(images, 0, new CellState.Race(everything, everything));
    choices =
        PricedChoices.of(space, settings.budget())
            .knowing(List.of(space.cost(new Macs()), space.cost(new Parameters())));
  }

  @Override
  public PricedChoices choices() {
    return choices;
  }

  @Override
  public Candidate candidate(List<Integer> picks) {
    return nets.candidate(picks);
  }

  @Override
  public Reference reference() {
    return nets.reference();
  }

  @Override
  public Candidate largest() {
    return nets.largest();
  }

  @Override
  public List<Candidate> random(int count, RandomGenerator random) {
    return nets.random(count, random);
  }

  @Override
  public List<Section> drawings(List<Integer> picks) {
    return CellReport.drawings(space, picks);
  }
}
