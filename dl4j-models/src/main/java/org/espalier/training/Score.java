package org.espalier.training;

/**
 * Loss and accuracy on one part of the data.
 *
 * @param loss mean loss
 * @param accuracy share in [0, 1]
 */
public record Score(double loss, double accuracy) {
  public Score {
    SettingsChecks.share("accuracy", accuracy);
  }
}
