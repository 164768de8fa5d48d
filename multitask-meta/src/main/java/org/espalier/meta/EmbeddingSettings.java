package org.espalier.meta;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How a task's support examples become the numbers by which its network is chosen. A component that
 * is left out takes its default.
 *
 * @param type recurrent reads the examples one after the other and is trained to write them down
 *     again; deepSets takes the mean of what it makes of each; none knows nothing of the task, so
 *     that every task gets the same network; default recurrent
 * @param units numbers of an embedding, and hidden values of the controller; default 32, usually 16
 *     to 128
 * @param orders random orders in which a recurrent embedding reads the examples, whose mean it is;
 *     default 2, usually 2 to 4
 * @param reconstruction weight of the loss of writing the examples down again, at least 0; default
 *     0.01
 */
public record EmbeddingSettings(
    Type type,
    @Range(min = 1, max = 4096) Integer units,
    @Range(min = 1, max = 64) Integer orders,
    @Range(min = 0) Double reconstruction) {
  /** How examples are put together. */
  public enum Type {
    RECURRENT,
    DEEP_SETS,
    NONE
  }

  public EmbeddingSettings {
    type = Checks.given(type, Type.RECURRENT);
    units = Checks.given(units, 32);
    orders = Checks.given(orders, 2);
    reconstruction = Checks.given(reconstruction, 0.01);
    Checks.ranges(EmbeddingSettings.class, type, units, orders, reconstruction);
  }

  /** The same, knowing nothing of the task. */
  EmbeddingSettings blind() {
    return new EmbeddingSettings(Type.NONE, units, orders, reconstruction);
  }
}
