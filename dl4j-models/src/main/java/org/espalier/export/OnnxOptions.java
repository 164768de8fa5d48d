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
 * @param operatorSet version of ONNX's operators, from {@link #OLDEST} to {@link #NEWEST}: runtimes
 *     refuse newer ones than they know
 */
public record OnnxOptions(
    boolean foldBatchNormalization, OptionalInt batch, ImageLayout layout, int operatorSet) {
  /** Runtimes from 2020 on know it. */
  public static final int OLDEST = 11;

  /** Runtimes from 2022 on know it. */
  public static final int NEWEST = 17;

  /**
   * Batch norms folded, any number of images a call, images as {@link ImageLayout#NCHW}, newest
   * operators.
   */
  public static final OnnxOptions DEFAULT =
      new OnnxOptions(true, OptionalInt.empty(), ImageLayout.NCHW, NEWEST);

  public OnnxOptions {
    Objects.requireNonNull(layout, "layout");
    if (batch.isPresent() && batch.getAsInt() < 1) {
      throw new IllegalArgumentException("a fixed batch is at least 1, got " + batch.getAsInt());
    }
    if (operatorSet < OLDEST || operatorSet > NEWEST) {
      throw new IllegalArgumentException(
          "the operator set must be from %s to %s, got %s".formatted(OLDEST, NEWEST, operatorSet));
    }
  }

  /** The same, folding batch norms or not. */
  public OnnxOptions withFolding(boolean fold) {
    return new OnnxOptions(fold, batch, layout, operatorSet);
  }

  /** The same for exactly so many images a call. */
  public OnnxOptions withBatch(int images) {
    return new OnnxOptions(foldBatchNormalization, OptionalInt.of(images), layout, operatorSet);
  }

  /** The same for images in another order. */
  public OnnxOptions withLayout(ImageLayout order) {
    return new OnnxOptions(foldBatchNormalization, batch, order, operatorSet);
  }

  /** The same with operators of another version. */
  public OnnxOptions withOperatorSet(int version) {
    return new OnnxOptions(foldBatchNormalization, batch, layout, version);
  }
}
