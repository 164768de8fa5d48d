package org.espalier.search.rounds;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * Settings of an experiment that belong to no method.
 *
 * @param groups into which each round's items are dealt, from 1 to {@link Groups#MAX}; part of the
 *     result, so never derived from a cluster
 * @param reproducible whether executors that calculate differently are refused
 */
public record DriverSettings(@Range(min = 1, max = Groups.MAX) int groups, boolean reproducible) {
  /** {@value Groups#DEFAULT} groups, reproducible. */
  public static final DriverSettings DEFAULT = new DriverSettings(Groups.DEFAULT, true);

  public DriverSettings {
    Checks.ranges(DriverSettings.class, groups, reproducible);
  }
}
