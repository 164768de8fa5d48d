package org.espalier.tensor;

import java.util.List;

/** Pooling of images {@code [batch, height, width, channels]}; padded places do not count. */
public final class PoolingKernels {
  private PoolingKernels() {}

  /** What a window gives. */
  public enum Kind {
    MAX("maxpool2d"),
    AVERAGE("avgpool2d");

    private final String operation;

    Kind(String operation) {
      this.operation = operation;
    }

    private NativeOperation operation(String suffix, Window window) {
      return NativeOperation.named(operation + suffix)
          .integers(window.nativeArguments(0, 1))
          .oneDnn(false);
    }
  }

  /** Overwrites {@code output} with the pooled images. */
  public static void forward(Kind kind, Window window, Tensor images, Tensor output) {
    kind.operation("", window).run(List.of(images.array()), List.of(output.array()));
  }

  /** Overwrites {@code target} with the gradient of the images. */
  public static void backward(
      Kind kind, Window window, Tensor images, Tensor gradient, Tensor target) {
    kind.operation("_bp", window)
        .run(List.of(images.array(), gradient.array()), List.of(target.array()));
  }

  /** Overwrites {@code output [batch, c]} with the mean over height and width. */
  public static void globalAverage(Tensor images, Tensor output) {
    int batch = images.shape().dimension(0);
    long places = images.shape().rows() / batch;
    output
        .array()
        .assign(images.array().reshape('c', batch, places, images.shape().channels()).mean(1));
  }

  /** Overwrites {@code target} with {@code gradient [batch, c]} spread over height and width. */
  public static void globalAverageBackward(Tensor gradient, Tensor target) {
    int batch = target.shape().dimension(0);
    int channels = target.shape().channels();
    long places = target.shape().rows() / batch;
    target
        .array()
        .reshape('c', batch, places, channels)
        .assign(
            gradient
                .array()
                .div(places)
                .reshape('c', batch, 1, channels)
                .broadcast(batch, places, channels));
  }
}
