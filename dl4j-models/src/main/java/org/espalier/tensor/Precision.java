package org.espalier.tensor;

import org.nd4j.linalg.api.buffer.DataType;

/** How numbers are kept: {@code FLOAT64} serves gradient checks, everything else is FLOAT32. */
public enum Precision {
  FLOAT32(DataType.FLOAT, Float.BYTES),
  FLOAT64(DataType.DOUBLE, Double.BYTES);

  private final DataType dataType;
  private final int bytes;

  Precision(DataType dataType, int bytes) {
    this.dataType = dataType;
    this.bytes = bytes;
  }

  DataType dataType() {
    return dataType;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }
}
