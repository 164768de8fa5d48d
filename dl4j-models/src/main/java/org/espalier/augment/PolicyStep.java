package org.espalier.augment;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.Required;

/**
 * An operation of a sub-policy.
 *
 * @param operation which one
 * @param probability that an image is changed by it, from 0 to 1
 * @param level of its strength, from 0 to 1; what it means as a value says a table of magnitudes
 */
public record PolicyStep(
    @Required ImageOperation operation,
    @Required @Range(min = 0, max = 1) Double probability,
    @Required @Range(min = 0, max = 1) Double level) {
  public PolicyStep {
    Checks.present("operation", operation);
    Checks.present("probability", probability);
    Checks.present("level", level);
    Checks.ranges(PolicyStep.class, operation, probability, level);
  }
}
