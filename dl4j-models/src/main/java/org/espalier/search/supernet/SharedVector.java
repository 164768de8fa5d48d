package org.espalier.search.supernet;

import java.util.Arrays;
import org.espalier.storage.Floats;

/**
 * The shared vector of a supernet while an item changes it, on the Java heap: most steps touch
 * slices of it, which plain loops read and write faster than calls into native code do.
 */
public final class SharedVector {
  private final float[] values;
  private final float[] velocity;
  private Floats loaded = Floats.EMPTY;

  /** A vector of so many numbers; what they are is unspecified until {@link #load}. */
  public SharedVector(int size) {
    values = new float[size];
    velocity = new float[size];
  }

  /** Starts from these values, without momentum. */
  public void load(Floats start) {
    start.view().get(values);
    Arrays.fill(velocity, 0);
    loaded = start;
  }

  /**
   * How a step changes the vector.
   *
   * @param rate learning rate
   * @param momentum of Nesterov's kind, in [0, 1)
   */
  public record Step(float rate, float momentum) {}

  /** {@code target[i] = values[start + i]}. */
  public void copy(int start, float[] target) {
    System.arraycopy(values, start, target, 0, target.length);
  }

  /** {@code target[to + i] = factor * values[from + i]} for {@code i} below the length. */
  public void read(int from, int length, float factor, float[] target, int to) {
    if (factor == 1) {
      System.arraycopy(values, from, target, to, length);
    } else {
      for (int i = 0; i < length; i++) {
        target[to + i] = factor * values[from + i];
      }
    }
  }

  /** {@code target[to + i] += factor * values[from + i]} for {@code i} below the length. */
  public void addTo(int from, int length, float factor, float[] target, int to) {
    for (int i = 0; i < length; i++) {
      target[to + i] += factor * values[from + i];
    }
  }

  /**
   * A step down {@code factor * gradient[from + i]} at {@code values[to + i]}, for {@code i} below
   * the length.
   */
  public void descend(int to, int length, float factor, float[] gradient, int from, Step step) {
    float rate = step.rate();
    float momentum = step.momentum();
    for (int i = 0; i < length; i++) {
      float slope = factor * gradient[from + i];
      float moved = momentum * velocity[to + i] + slope;
      velocity[to + i] = moved;
      values[to + i] -= rate * (slope + momentum * moved);
    }
  }

  /** How a block has changed since it was loaded. */
  float[] difference(SharedLayout.Range block) {
    float[] difference = new float[block.length()];
    loaded.view().get(block.start(), difference);
    for (int i = 0; i < difference.length; i++) {
      difference[i] = values[block.start() + i] - difference[i];
    }
    return difference;
  }

  /** Fills everything with what is not a number. */
  void spoil() {
    Arrays.fill(values, Float.NaN);
    Arrays.fill(velocity, Float.NaN);
    loaded = Floats.EMPTY;
  }
}
