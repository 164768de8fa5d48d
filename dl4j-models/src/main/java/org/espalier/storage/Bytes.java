package org.espalier.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An immutable sequence of bytes: something encoded, inside a state, a view, an item or a result.
 */
public final class Bytes {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] values;

  private Bytes(byte[] values) {
    this.values = values;
  }

  /** Copies the bytes. */
  public static Bytes of(byte... values) {
    return new Bytes(values.clone());
  }

  /** Takes over an array that the caller never touches again. */
  public static Bytes owning(byte[] values) {
    return new Bytes(values);
  }

  /** Number of bytes. */
  public int size() {
    return values.length;
  }

  /** A copy as an array. */
  public byte[] toArray() {
    return values.clone();
  }

  /** A read-only view without copying. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(values).asReadOnlyBuffer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(values, bytes.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return values.length + " bytes";
  }
}
