package org.espalier.job;

import java.util.stream.Collectors;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchResult;
import org.espalier.text.InputException;

/** Whether a search found what it was for: baselines alone are not handed over in its place. */
final class Discovery {
  private Discovery() {}

  /**
   * Insists on a network that was found, or on an artefact.
   *
   * @throws InputException if there is neither, with what became of the trainings
   */
  static void check(SearchResult result) {
    boolean found =
        result.networks().stream().anyMatch(each -> each.role().equals(FoundNetwork.FOUND));
    if (found || !result.artefacts().isEmpty()) {
      return;
    }
    String failures =
        result.failures().stream()
            .map(each -> "%s %s: %s".formatted(each.role(), each.number(), each.reason()))
            .collect(Collectors.joining("; "));
    throw new InputException(
        "the search has no network to hand over: "
            + (failures.isEmpty()
                ? "what it found was never trained to the end"
                : "every training of what it found failed (%s); try a smaller learning rate"
                    .formatted(failures)));
  }
}
