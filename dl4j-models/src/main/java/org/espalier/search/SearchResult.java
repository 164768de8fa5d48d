package org.espalier.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.report.Section;

/**
 * What a search found, and its report as data.
 *
 * @param networks the trained networks: those of the role {@link FoundNetwork#FOUND} are what was
 *     found, the others are baselines
 * @param artefacts what else is handed over, each with a name of its own
 * @param failures trainings of what was found that have no result
 * @param candidates every look at a candidate, in order
 * @param remarks on what went wrong without ending the search, one sentence each
 * @param sections of the report, in order
 */
public record SearchResult(
    List<FoundNetwork> networks,
    List<Artefact> artefacts,
    List<Failure> failures,
    List<Assessment> candidates,
    List<String> remarks,
    List<Section> sections) {
  public SearchResult {
    networks = List.copyOf(networks);
    artefacts = List.copyOf(artefacts);
    failures = List.copyOf(failures);
    candidates = List.copyOf(candidates);
    remarks = List.copyOf(remarks);
    sections = List.copyOf(sections);
    if (artefacts.stream().map(Artefact::name).distinct().count() < artefacts.size()) {
      throw new IllegalArgumentException(
          "artefacts must have different names, got "
              + artefacts.stream().map(Artefact::name).toList());
    }
  }

  /** Without candidates that people could look at. */
  public SearchResult(
      List<FoundNetwork> networks,
      List<Artefact> artefacts,
      List<Failure> failures,
      List<Section> sections) {
    this(networks, artefacts, failures, List.of(), List.of(), sections);
  }

  /** Networks alone, whose trainings all have results. */
  public SearchResult(List<FoundNetwork> networks, List<Section> sections) {
    this(networks, List.of(), List.of(), sections);
  }

  /**
   * A training without a result.
   *
   * @param role of the network
   * @param number among those of its role, from 0
   * @param reason what went wrong
   */
  public record Failure(String role, int number, String reason) {}

  /**
   * The networks to use, one for each data set and budget, in the order in which these come first:
   * of the found ones the best on the validation part, the first of several.
   */
  public List<FoundNetwork> best() {
    Map<String, FoundNetwork> best = new LinkedHashMap<>();
    for (FoundNetwork network : networks) {
      if (network.role().equals(FoundNetwork.FOUND)) {
        best.merge(
            network.purpose(),
            network,
            (first, other) ->
                other.validationAccuracy() > first.validationAccuracy() ? other : first);
      }
    }
    return List.copyOf(best.values());
  }
}
