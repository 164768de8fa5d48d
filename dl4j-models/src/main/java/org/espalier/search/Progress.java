package org.espalier.search;

import java.util.List;
import java.util.Objects;

/**
 * How far a search is, for people and for the event log.
 *
 * @param phase for example {@code "search"} or {@code "retrain"}
 * @param workDone planned cost of the items performed so far, over all phases
 * @param workPlanned planned cost of the whole search as far as it is known, at least {@code
 *     workDone}
 * @param measures for example the best accuracy so far
 */
public record Progress(String phase, long workDone, long workPlanned, List<Measure> measures) {
  public Progress {
    Objects.requireNonNull(phase, "phase");
    measures = List.copyOf(measures);
    if (workDone < 0 || workPlanned < workDone) {
      throw new IllegalArgumentException(
          "need 0 <= workDone <= workPlanned, got %s and %s".formatted(workDone, workPlanned));
    }
  }

  /** How much of the work is done, in [0, 1]. */
  public double share() {
    return workPlanned == 0 ? 0 : (double) workDone / workPlanned;
  }

  /**
   * A named number.
   *
   * @param name with its unit, for example {@code "validation accuracy, percent"}
   * @param value the number
   */
  public record Measure(String name, double value) {
    public Measure {
      Objects.requireNonNull(name, "name");
    }
  }
}
