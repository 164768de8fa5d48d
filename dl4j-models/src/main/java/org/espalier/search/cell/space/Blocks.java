package org.espalier.search.cell.space;

import java.util.List;
import org.espalier.network.Layer;

/**
 * Draws the blocks of layers that cells are made of, on a sketch. Convolutions come after a ReLU
 * and before batch norm (Liu et al., "DARTS", 2019, appendix A.1.1).
 *
 * @param sketch drawn on
 */
record Blocks<V>(Sketch<V> sketch) {
  /** Cells were made for images of 32x32; larger than this they would be slow. */
  private static final int LARGEST_SIDE = 48;

  private static final Layer RELU = new Layer.Activation(Layer.Activation.Function.RELU);

  /** Batch norm, affine or not as the form says. */
  V norm(String name, V x) {
    return sketch.layer(name, new Layer.BatchNormalization(sketch.form().affine(), 1e-5, 0.1), x);
  }

  /** ReLU. */
  V relu(String name, V x) {
    return sketch.layer(name, RELU, x);
  }

  /** A convolution without bias. */
  V convolution(String name, V x, int channels, int kernel, int stride) {
    return sketch.layer(name, new Layer.Convolution(channels, kernel, stride, 1, false), x);
  }

  /** ReLU, convolution, batch norm. */
  V reluConvolution(String name, V x, int channels, int kernel, int stride) {
    V conv = convolution(name + "/conv", relu(name + "/relu", x), channels, kernel, stride);
    return norm(name + "/norm", conv);
  }

  /**
   * Convolution of images and batch norm; before them, large images are halved.
   *
   * @param skeleton whose images are halved until a side is at most {@value #LARGEST_SIDE}
   */
  V stem(Skeleton skeleton, V images, int channels) {
    V x = images;
    int halvings = halvings(skeleton.side());
    for (int i = 1; i <= halvings; i++) {
      String name = "stem/half" + i;
      x = relu(name + "/relu", convolutionNorm(name, x, channels, 2));
    }
    return convolutionNorm("stem", x, channels, 1);
  }

  /** A 3x3 convolution and batch norm. */
  V convolutionNorm(String name, V x, int channels, int stride) {
    return norm(name + "/norm", convolution(name + "/conv", x, channels, 3, stride));
  }

  /** How often images of a side are halved before cells see them. */
  static int halvings(int side) {
    int halvings = 0;
    for (int rest = side; rest > LARGEST_SIDE; rest = (rest + 1) / 2) {
      halvings++;
    }
    return halvings;
  }

  /** ReLU, depthwise convolution, 1x1 convolution, batch norm. */
  V separable(String name, V x, int channels, Layer.DepthwiseConvolution depthwise) {
    V spread = sketch.layer(name + "/depthwise", depthwise, relu(name + "/relu", x));
    return norm(name + "/norm", convolution(name + "/pointwise", spread, channels, 1, 1));
  }

  /**
   * Half the size and another number of channels: 1x1 convolutions of every second pixel and of
   * means over 3x3 pixels, joined. The factorized reduction of DARTS has in place of the means the
   * pixels that the first half leaves out; weights and multiply-accumulates are as many.
   */
  V reduce(String name, V x, int channels) {
    V relu = relu(name + "/relu", x);
    int half = channels / 2;
    V one = convolution(name + "/conv1", relu, channels - half, 1, 2);
    if (half == 0) {
      return norm(name + "/norm", one);
    }
    V mean = pool(name + "/pool", Layer.Pooling.Kind.AVERAGE, relu, 2);
    V other = convolution(name + "/conv2", mean, half, 1, 1);
    V joined = sketch.layer(name + "/join", new Layer.Concatenation(), List.of(one, other));
    return norm(name + "/norm", joined);
  }

  /** Pooling over 3x3. */
  V pool(String name, Layer.Pooling.Kind kind, V x, int stride) {
    return sketch.layer(name, new Layer.Pooling(kind, 3, stride), x);
  }

  /** The input or, where the image gets smaller, its reduction; then dropout if the form has it. */
  V skip(String name, V x, int channels, int stride) {
    V value = stride == 1 ? x : reduce(name, x, channels);
    double rate = sketch.form().skipDropout();
    return rate == 0 ? value : sketch.layer(name + "/dropout", new Layer.Dropout(rate), value);
  }

  /** Something and, if the form has it, a skip connection beside it. */
  V withAuxiliary(String name, V value, V x, int channels, int stride) {
    double factor = sketch.form().auxiliarySkip();
    if (factor == 0) {
      return value;
    }
    V side = stride == 1 ? x : reduce(name, x, channels);
    V scaled = sketch.layer(name + "/scale", Layer.Scale.by(factor), side);
    return sketch.layer(name + "/sum", new Layer.Add(), List.of(value, scaled));
  }

  /** Zeros of the size of the output. */
  V zero(String name, V x, int stride) {
    V small = stride == 1 ? x : pool(name + "/pool", Layer.Pooling.Kind.AVERAGE, x, stride);
    return sketch.layer(name + "/zero", Layer.Scale.ZERO, small);
  }

  /** Mean over the image, logits. */
  V head(V x, int classes) {
    V pool = sketch.layer("pool", new Layer.GlobalAveragePooling(), x);
    return sketch.layer("linear", new Layer.Linear(classes, true), pool);
  }
}
