package org.espalier.job;

import java.util.List;

/**
 * What a finished job says to the person who started it.
 *
 * @param lines the most important first
 */
public record JobSummary(List<String> lines) {
  public JobSummary {
    lines = List.copyOf(lines);
  }
}
