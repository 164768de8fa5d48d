package org.espalier.storage;

import java.util.Arrays;
import java.util.Optional;

/** The raw little-endian bytes of one block and the type of its elements. */
@SuppressWarnings("ArrayRecordComponent") // never leaves the package; copied at its border
record ArchiveBlock(Type type, byte[] data) {
  static final int MAX_NAME_BYTES = 512;

  /** Types of elements. */
  enum Type {
    FLOAT32(0, Float.BYTES),
    FLOAT64(1, Double.BYTES),
    INT32(2, Integer.BYTES),
    INT64(3, Long.BYTES),
    BYTES(4, Byte.BYTES);

    private final int code;
    private final int bytes;

    Type(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    static Optional<Type> of(int code) {
      return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    /** How the file names it. */
    int code() {
      return code;
    }

    /** Bytes of one element. */
    int bytes() {
      return bytes;
    }
  }

  static void checkName(String name) {
    if (!name.matches("[\\x21-\\x7e]{1," + MAX_NAME_BYTES + "}")) {
      throw new IllegalArgumentException(
          "a block's name has 1 to %s visible ASCII characters, got '%s'"
              .formatted(MAX_NAME_BYTES, name));
    }
  }
}
