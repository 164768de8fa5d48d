package org.espalier.training;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import org.espalier.settings.Range;

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
public record EarlyStopping(
    @Range(min = 0, max = Range.MANY) Integer patience,
    @Range(min = 0, below = 1) Double minDelta) {
  public EarlyStopping {
    patience = given(patience, 0);
    minDelta = given(minDelta, 0.0);
    ranges(EarlyStopping.class, patience, minDelta);
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
