package org.espalier.tensor;

import java.util.List;
import java.util.Optional;

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

  /** The memory in which the forward pass notes where each maximum was, if it needs any. */
  public static Optional<Shape> winnersShape(Kind kind, Window window, Tensor images) {
    if (kind != Kind.MAX || !OneDnn.serves(images)) {
      return Optional.empty();
    }
    Shape output = window.output(images.shape(), images.shape().channels());
    long bytes = OneDnnPooling.prepared(kind, window, images.shape(), output).winnersBytes();
    return Optional.of(Shape.of(Math.toIntExact((bytes + Float.BYTES - 1) / Float.BYTES)));
  }

  /**
   * Overwrites {@code output} with the pooled images.
   *
   * @param winners overwritten, of {@link #winnersShape}
   */
  public static void forward(
      Kind kind, Window window, Tensor images, Tensor output, Optional<Tensor> winners) {
    if (OneDnn.serves(output)) {
      OneDnnPooling.prepared(kind, window, images.shape(), output.shape())
          .forward(images, output, winners);
      return;
    }
    kind.operation("", window).run(List.of(images.array()), List.of(output.array()));
  }

  /**
   * Overwrites {@code target} with the gradient of the images.
   *
   * @param winners as the forward pass left them
   */
  public static void backward(
      Kind kind,
      Window window,
      Tensor images,
      Tensor gradient,
      Tensor target,
      Optional<Tensor> winners) {
    if (OneDnn.serves(target)) {
      OneDnnPooling.prepared(kind, window, images.shape(), gradient.shape())
          .backward(gradient, target, winners);
      return;
    }
    kind.operation("_bp", window)
        .run(List.of(images.array(), gradient.array()), List.of(target.array()));
  }

  /** Overwrites {@code output [batch, c]} with the mean over height and width. */
  public static void globalAverage(Tensor images, Tensor output) {
    if (OneDnn.serves(output)) {
      OneDnnPooling.average(images, output);
      return;
    }
    int batch = images.shape().dimension(0);
    long places = images.shape().rows() / batch;
    output
        .array()
        .assign(images.array().reshape('c', batch, places, images.shape().channels()).mean(1));
  }

  /** Overwrites {@code target} with {@code gradient [batch, c]} spread over height and width. */
  public static void globalAverageBackward(Tensor gradient, Tensor target) {
    if (OneDnn.serves(target)) {
      OneDnnPooling.whole(target.shape()).backward(gradient, target, Optional.empty());
      return;
    }
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
