package org.espalier.job;

import java.util.List;

/**
 * What a finished job says to the person who started it.
 *
 * @param lines the most important first
 * @param problems what is wrong with what it made, although the work is done; usually none
 */
public record JobSummary(List<String> lines, List<String> problems) {
  public JobSummary {
    lines = List.copyOf(lines);
    problems = List.copyOf(problems);
  }
}
