package org.espalier.training;

import org.espalier.settings.Checks;

/**
 * Loss and accuracy on one part of the data.
 *
 * @param loss mean loss
 * @param accuracy share in [0, 1]
 */
public record Score(double loss, double accuracy) {
  public Score {
    Checks.share("accuracy", accuracy);
  }
}
