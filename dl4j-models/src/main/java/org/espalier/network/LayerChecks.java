package org.espalier.network;

/** Range checks shared by the layer records. */
final class LayerChecks {
  private LayerChecks() {}

  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
  }

  static void stride(int stride) {
    if (stride != 1 && stride != 2) {
      throw new IllegalArgumentException("stride must be 1 or 2, got " + stride);
    }
  }

  static void window(int kernel, int stride, int dilation) {
    if (kernel != 1 && kernel != 3 && kernel != 5 && kernel != 7) {
      throw new IllegalArgumentException("kernel must be 1, 3, 5 or 7, got " + kernel);
    }
    stride(stride);
    if (dilation != 1 && dilation != 2) {
      throw new IllegalArgumentException("dilation must be 1 or 2, got " + dilation);
    }
  }

  static void rate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("rate must be in [0, 1), got " + rate);
    }
  }
}
