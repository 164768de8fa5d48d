package org.espalier.search.rounds;

import org.espalier.settings.Checks;

/**
 * Settings of an experiment that belong to no method.
 *
 * @param groups into which each round's items are dealt, from 1 to {@link Groups#MAX}; part of the
 *     result, so never derived from a cluster
 * @param reproducible whether executors that calculate differently are refused
 */
public record DriverSettings(int groups, boolean reproducible) {
  /** {@value Groups#DEFAULT} groups, reproducible. */
  public static final DriverSettings DEFAULT = new DriverSettings(Groups.DEFAULT, true);

  public DriverSettings {
    Checks.inRange("groups", 1, Groups.MAX, groups);
  }
}
