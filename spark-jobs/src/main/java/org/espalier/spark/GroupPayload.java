package org.espalier.spark;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/** An encoded group on its way to whichever executor performs it. */
sealed interface GroupPayload extends Serializable {
  byte[] bytes();

  /** Few bytes, which travel with the Spark task. */
  final class Inline implements GroupPayload {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    Inline(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }
  }

  /** Many bytes, which an executor fetches: Spark refuses tasks above 128 MB. */
  final class Fetched implements GroupPayload {
    private static final long serialVersionUID = 1L;

    private final Broadcast<byte[]> bytes;

    Fetched(Broadcast<byte[]> bytes) {
      this.bytes = bytes;
    }

    @Override
    public byte[] bytes() {
      return bytes.value();
    }
  }
}
