package org.espalier.job;

import java.util.ArrayList;
import java.util.List;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.search.SearchResult;
import org.espalier.text.InputException;

/** Whether a search found what it was for: baselines alone are not handed over in its place. */
final class Discovery {
  /** The role that every method gives to what it finds. */
  private static final String ROLE = "found";

  private Discovery() {}

  /**
   * Insists on a network that was found.
   *
   * @throws InputException if there is none, with what became of the trainings
   */
  static void check(SearchResult result) {
    if (result.networks().stream().anyMatch(network -> network.role().equals(ROLE))) {
      return;
    }
    List<String> failures = failures(result);
    throw new InputException(
        "the search has no network to hand over: "
            + (failures.isEmpty()
                ? "what it found was never trained to the end"
                : "every training of what it found failed (%s); try a smaller learning rate"
                    .formatted(String.join("; ", failures))));
  }

  /** Tables of trainings begin with the role and number of each, and end with its failure. */
  private static List<String> failures(SearchResult result) {
    List<String> failures = new ArrayList<>();
    for (Section section : result.sections()) {
      if (section instanceof Table table) {
        for (List<String> row : table.rows()) {
          if (row.get(0).matches(ROLE + " [0-9]+")) {
            failures.add(row.get(0) + ": " + row.get(row.size() - 1));
          }
        }
      }
    }
    return failures;
  }
}
