package org.espalier.export;

import org.espalier.network.ImageShape;

/** The file formats on offer. */
public enum ExportFormat {
  /** Open Neural Network Exchange, {@link OnnxExport}. */
  ONNX,
  /** A zip that DL4J's {@code ModelSerializer} reads, {@link Dl4jExport}. */
  DL4J;

  /**
   * Opens a model file, to be run by the program it was made for.
   *
   * @param file its content
   * @param image shape of the images it takes
   * @throws IllegalArgumentException if it is none, or too large, or could do harm
   */
  public RunnableModel open(byte[] file, ImageShape image) {
    return switch (this) {
      case ONNX -> OnnxModel.open(file, image);
      case DL4J -> Dl4jModel.open(file, image);
    };
  }
}
