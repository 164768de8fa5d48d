package org.espalier.meta;

import org.espalier.cost.Budget;
import org.espalier.settings.Checks;
import org.espalier.task.EpisodeSettings;

/**
 * The tasks of one data set. A component that is left out takes its default.
 *
 * @param tasks how large they are; default those of the mixture
 * @param classes what its classes are for
 * @param budget of its networks; default that of the mixture
 */
public record FamilySettings(EpisodeSettings tasks, ClassParts classes, Budget budget) {
  public FamilySettings {
    classes = Checks.given(classes, ClassParts.defaults());
  }

  /** The same with what is left out taken from the mixture. */
  FamilySettings within(EpisodeSettings mixtureTasks, Budget mixtureBudget) {
    return new FamilySettings(
        Checks.given(tasks, mixtureTasks), classes, Checks.given(budget, mixtureBudget));
  }
}
