package org.espalier.search.finals;

import java.util.Objects;

/**
 * The network that one would take without a search: the baselines of every report.
 *
 * @param name what it is called in reports, for example {@code "uniform widths"}
 * @param candidate the network, within the budget
 */
public record Reference(String name, Candidate candidate) {
  public Reference {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(candidate, "candidate");
  }
}
