package org.espalier.storage;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * An immutable sequence of float32 values: weights, moments or statistics inside a state, a view,
 * an item or a result. Equal when equal bit by bit, so that a value that is not a number equals
 * itself.
 */
public final class Floats {
  /** No values. */
  public static final Floats EMPTY = new Floats(new float[0]);

  private final float[] values;

  private Floats(float[] values) {
    this.values = values;
  }

  /** Copies the values. */
  public static Floats of(float... values) {
    return new Floats(values.clone());
  }

  /** Takes over an array that the caller never touches again. */
  public static Floats owning(float[] values) {
    return new Floats(values);
  }

  /** Number of values. */
  public int size() {
    return values.length;
  }

  /** The value at an index. */
  public float get(int index) {
    return values[index];
  }

  /** A copy as an array. */
  public float[] toArray() {
    return values.clone();
  }

  /** A read-only view without copying. */
  public FloatBuffer view() {
    return FloatBuffer.wrap(values).asReadOnlyBuffer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Floats floats && Arrays.equals(values, floats.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return values.length + " floats";
  }
}
