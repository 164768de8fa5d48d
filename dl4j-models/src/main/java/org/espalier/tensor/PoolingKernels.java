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

  /**
   * What both passes read or write.
   *
   * @param images {@code [batch, height, width, channels]}
   * @param output the pooled images
   * @param winners of {@link #winnersShape}
   */
  public record Operands(Tensor images, Tensor output, Optional<Tensor> winners) {}

  /** The memory in which the forward pass notes where each maximum was, if it needs any. */
  public static Optional<Shape> winnersShape(Kind kind, Window window, Tensor images) {
    if (kind != Kind.MAX || !OneDnn.serves(images) || DisjointMaximum.suits(kind, window)) {
      return Optional.empty();
    }
    Shape output = window.output(images.shape(), images.shape().channels());
    long bytes = OneDnnPooling.prepared(kind, window, images.shape(), output).winnersBytes();
    return Optional.of(Shape.of(Math.toIntExact((bytes + Float.BYTES - 1) / Float.BYTES)));
  }

  /** Overwrites output and winners. */
  public static void forward(Kind kind, Window window, Operands all) {
    if (!OneDnn.serves(all.output())) {
      kind.operation("", window).run(List.of(all.images().array()), List.of(all.output().array()));
    } else if (DisjointMaximum.suits(kind, window)) {
      DisjointMaximum.forward(window, all.images(), all.output());
    } else {
      OneDnnPooling.prepared(kind, window, all.images().shape(), all.output().shape())
          .forward(all.images(), all.output(), all.winners());
    }
  }

  /**
   * Overwrites {@code target} with the gradient of the images.
   *
   * @param all as the forward pass left them
   */
  public static void backward(
      Kind kind, Window window, Operands all, Tensor gradient, Tensor target) {
    if (!OneDnn.serves(target)) {
      kind.operation("_bp", window)
          .run(List.of(all.images().array(), gradient.array()), List.of(target.array()));
    } else if (DisjointMaximum.suits(kind, window)) {
      DisjointMaximum.backward(window, all.images(), all.output(), gradient, target);
    } else {
      OneDnnPooling.prepared(kind, window, all.images().shape(), gradient.shape())
          .backward(gradient, target, all.winners());
    }
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
