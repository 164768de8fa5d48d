package org.espalier.training;

import static org.espalier.settings.Checks.atLeast;
import static org.espalier.settings.Checks.belowOne;
import static org.espalier.settings.Checks.given;

/**
 * When a training ends before its last epoch, by the accuracy on the validation part. A component
 * that is left out takes its default.
 *
 * @param patience epochs in a row without a better accuracy after which the training ends and the
 *     best epoch's weights are kept; at least 0; default 0, which is off: the last weights are
 *     kept; usually 5 to 20
 * @param minDelta by how much an accuracy must exceed the best one to count as better; a share in
 *     [0, 1); default 0, usually 0 to 0.001
 */
public record EarlyStopping(Integer patience, Double minDelta) {
  public EarlyStopping {
    patience = given(patience, 0);
    minDelta = given(minDelta, 0.0);
    atLeast("patience", 0, patience);
    belowOne("minDelta", minDelta);
  }

  /** Every default: off. */
  public static EarlyStopping off() {
    return new EarlyStopping(null, null);
  }

  /** Whether the training may end early. */
  public boolean on() {
    return patience > 0;
  }

  /** Whether an accuracy is better than the best one so far. */
  boolean better(double accuracy, double best) {
    return accuracy > best + minDelta;
  }

  /** Whether to end, so many epochs after the best one. */
  boolean ends(int epochsSinceBest) {
    return on() && epochsSinceBest >= patience;
  }
}
