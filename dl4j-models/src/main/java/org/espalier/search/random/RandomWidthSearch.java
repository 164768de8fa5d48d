package org.espalier.search.random;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.espalier.data.LabelledData;
import org.espalier.report.Section;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.Contest;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.ListedCandidates;
import org.espalier.search.finals.Reference;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.space.UniformWidths;
import org.espalier.search.space.WidthBars;
import org.espalier.search.space.WidthSpace;
import org.espalier.tensor.Seeds;

/**
 * Random search over widths under a budget. Candidates are drawn uniformly from the networks within
 * the budget and trained shortly; the best one on the validation part is found. Strong for its
 * simplicity (Li and Talwalkar, UAI 2019), hence what other methods must beat at equal planned
 * work.
 *
 * @param settings of the search
 * @param data fingerprint of the {@link LabelledData}
 */
public record RandomWidthSearch(RandomWidthSettings settings, String data)
    implements ListedCandidates {
  private static final long SAMPLE = 1;

  public RandomWidthSearch {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(data, "data");
  }

  /** The whole search, with its trainings. */
  public FinalsSearch<Listing, NoView, NoItem, NoResult> whole() {
    Contest contest = new Contest(settings.candidates(), settings.candidatesPerRound(), false);
    return new FinalsSearch<>(
        this, settings.finals(), contest, Optional.of(settings.budget()), data);
  }

  @Override
  public Listing start(SearchContext context) {
    WidthSpace space =
        WidthSpace.of(
            settings.family(),
            context.data().load(data, LabelledData.class).images(),
            settings.choices());
    List<List<Integer>> drawn =
        FeasibleCandidates.sample(
            PricedChoices.of(space, settings.budget()),
            settings.candidates(),
            Seeds.generator(context.seed(), SAMPLE));
    return new Listing(
        drawn.stream().map(space::candidate).toList(),
        List.of(UniformWidths.reference(space, settings.budget())));
  }

  @Override
  public List<Section> report(Listing state, List<Reference> finals) {
    return List.of(WidthBars.of(settings.family(), finals));
  }
}
