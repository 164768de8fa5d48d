package org.espalier.export;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * How an ONNX file is written.
 *
 * @param foldBatchNormalization whether batch norms that directly follow a convolution become part
 *     of its weights; smaller and faster, the same up to rounding
 * @param batch images a call; empty for any number
 * @param layout in which order images come
 */
public record OnnxOptions(boolean foldBatchNormalization, OptionalInt batch, ImageLayout layout) {
  /** Batch norms folded, any number of images a call, images as {@link ImageLayout#NCHW}. */
  public static final OnnxOptions DEFAULT =
      new OnnxOptions(true, OptionalInt.empty(), ImageLayout.NCHW);

  public OnnxOptions {
    Objects.requireNonNull(layout, "layout");
    if (batch.isPresent() && batch.getAsInt() < 1) {
      throw new IllegalArgumentException("a fixed batch is at least 1, got " + batch.getAsInt());
    }
  }

  /** The same, folding batch norms or not. */
  public OnnxOptions withFolding(boolean fold) {
    return new OnnxOptions(fold, batch, layout);
  }

  /** The same for exactly so many images a call. */
  public OnnxOptions withBatch(int images) {
    return new OnnxOptions(foldBatchNormalization, OptionalInt.of(images), layout);
  }

  /** The same for images in another order. */
  public OnnxOptions withLayout(ImageLayout order) {
    return new OnnxOptions(foldBatchNormalization, batch, order);
  }
}
