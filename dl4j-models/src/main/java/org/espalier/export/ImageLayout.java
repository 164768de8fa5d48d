package org.espalier.export;

/** In which order an exported model takes the values of a batch of images. */
public enum ImageLayout {
  /** {@code [batch, channels, height, width]}: usual for ONNX and DL4J. */
  NCHW,
  /** {@code [batch, height, width, channels]}: as everywhere else in Espalier. */
  NHWC
}
