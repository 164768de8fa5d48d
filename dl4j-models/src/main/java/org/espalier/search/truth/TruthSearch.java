package org.espalier.search.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.espalier.data.LabelledData;
import org.espalier.report.Section;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.Contest;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.finals.ListedCandidates;
import org.espalier.search.finals.Reference;
import org.espalier.search.space.Space;
import org.espalier.text.InputException;

/**
 * Trains every network of a small space from scratch, several times: the truth by which searches
 * are judged. Hands over all of them, network by network and seed by seed, but those whose training
 * failed.
 *
 * @param settings of the study
 * @param data fingerprint of the {@link LabelledData}
 */
public record TruthSearch(TruthSettings settings, String data) implements ListedCandidates {
  private static final int PER_ROUND = 32;

  public TruthSearch {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(data, "data");
  }

  /** The whole study: each candidate's short training is the one that counts. */
  public FinalsSearch<Listing, NoView, NoItem, NoResult> whole() {
    FinalsSettings finals =
        new FinalsSettings(
            List.of(), settings.itemWork(), 0, settings.split(), settings.training(), null);
    Contest contest = new Contest(Integer.MAX_VALUE, PER_ROUND, true);
    return new FinalsSearch<>(this, finals, contest, Optional.empty(), data);
  }

  @Override
  public Listing start(SearchContext context) {
    Space space = settings.space().of(context.data().load(data, LabelledData.class).images());
    if (space.size() > TruthSettings.MOST_NETWORKS) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "the space has %,d networks; at most %,d can all be trained",
              space.size(),
              TruthSettings.MOST_NETWORKS));
    }
    List<Candidate> candidates = new ArrayList<>();
    for (int network = 0; network < space.size(); network++) {
      Candidate candidate = space.candidate(space.picks(network));
      for (int seed = 0; seed < settings.seeds(); seed++) {
        candidates.add(candidate);
      }
    }
    return new Listing(candidates, List.of());
  }

  @Override
  public List<Section> report(Listing state, List<Reference> finals) {
    return List.of();
  }
}
