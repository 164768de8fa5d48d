package org.espalier.storage;

/**
 * Turns values into bytes and back. Equal values give equal bytes, so bytes serve as fingerprints;
 * files are never read by Java deserialisation.
 *
 * @param <T> what is encoded
 */
public interface Codec<T> {
  /** The bytes of a value: a function of the value alone. */
  byte[] encode(T value);

  /**
   * The value of bytes.
   *
   * @throws IllegalArgumentException if they are not the bytes of such a value
   */
  T decode(byte[] bytes);
}
