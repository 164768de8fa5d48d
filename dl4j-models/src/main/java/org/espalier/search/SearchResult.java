package org.espalier.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.espalier.report.Section;

/**
 * What a search found, and its report as data.
 *
 * @param networks the trained networks: those of the first one's role are what was found, the
 *     others are baselines
 * @param sections of the report, in order
 */
public record SearchResult(List<FoundNetwork> networks, List<Section> sections) {
  public SearchResult {
    networks = List.copyOf(networks);
    sections = List.copyOf(sections);
  }

  /**
   * The network to use: of the found ones the best on the validation part, the first of several.
   */
  public Optional<FoundNetwork> best() {
    return networks.stream()
        .filter(network -> network.role().equals(networks.get(0).role()))
        .min(Comparator.comparingDouble(network -> -network.validationAccuracy()));
  }
}
