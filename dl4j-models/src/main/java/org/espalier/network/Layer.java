package org.espalier.network;

/**
 * What one node of a {@link NetworkSpec} computes. Layers are pure data; shapes are {@code [batch,
 * height, width, channels]}.
 *
 * <p>Convolutions and poolings pad symmetrically by {@code dilation * (kernel - 1) / 2} (integer
 * division), so the output size of an axis of length {@code n} is {@code floor((n + 2 * padding -
 * dilation * (kernel - 1) - 1) / stride) + 1}: {@code ceil(n / stride)} for odd kernels.
 */
public sealed interface Layer {

  /**
   * What a program does with each kind of layer. There is no default: a new kind of layer does not
   * compile until every visitor says what it does with it.
   *
   * @param <T> what comes of it
   */
  interface Visitor<T> {
    T convolution(Convolution layer);

    T depthwiseConvolution(DepthwiseConvolution layer);

    T batchNormalization(BatchNormalization layer);

    T activation(Activation layer);

    T pooling(Pooling layer);

    T globalAveragePooling(GlobalAveragePooling layer);

    T linear(Linear layer);

    T add(Add layer);

    T concatenation(Concatenation layer);

    T channelSlice(ChannelSlice layer);

    T dropout(Dropout layer);

    T dropPath(DropPath layer);

    T scale(Scale layer);
  }

  /** Calls the method of a visitor that is for this kind of layer. */
  <T> T accept(Visitor<T> visitor);

  /**
   * Whether outside training it does nothing, so that what it gives is what it reads, in the same
   * memory.
   */
  default boolean passesOn() {
    return accept(PassingOn.INSTANCE);
  }

  /**
   * Ordinary convolution with weights {@code [kernel, kernel, inputs, outputs]}.
   *
   * @param outputs output channels, at least 1
   * @param kernel side of the square kernel: 1, 3, 5 or 7
   * @param stride 1 or 2
   * @param dilation 1 or 2
   * @param bias whether a bias per output channel is added
   */
  record Convolution(int outputs, int kernel, int stride, int dilation, boolean bias)
      implements Layer {
    public Convolution {
      LayerChecks.atLeastOne("outputs", outputs);
      LayerChecks.window(kernel, stride, dilation);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.convolution(this);
    }
  }

  /**
   * Convolution of each channel by itself, weights {@code [kernel, kernel, channels, 1]}, no bias.
   *
   * @param kernel side of the square kernel: 1, 3, 5 or 7
   * @param stride 1 or 2
   * @param dilation 1 or 2
   */
  record DepthwiseConvolution(int kernel, int stride, int dilation) implements Layer {
    public DepthwiseConvolution {
      LayerChecks.window(kernel, stride, dilation);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.depthwiseConvolution(this);
    }
  }

  /**
   * Batch normalisation over batch, height and width (Ioffe and Szegedy, 2015, algorithms 1 and 2).
   *
   * @param affine whether a scale and a shift per channel are learned
   * @param epsilon added to the variance, above 0; usually 1e-5
   * @param momentum share of the new batch in the running statistics, in (0, 1]; usually 0.1
   */
  record BatchNormalization(boolean affine, double epsilon, double momentum) implements Layer {
    /** The usual settings: affine, epsilon 1e-5, momentum 0.1. */
    public static final BatchNormalization STANDARD = new BatchNormalization(true, 1e-5, 0.1);

    public BatchNormalization {
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException("epsilon must be above 0, got " + epsilon);
      }
      if (!(momentum > 0 && momentum <= 1)) {
        throw new IllegalArgumentException("momentum must be in (0, 1], got " + momentum);
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.batchNormalization(this);
    }
  }

  /**
   * A function of each value by itself.
   *
   * @param function which
   */
  record Activation(Function function) implements Layer {
    /** The functions on offer. */
    public enum Function {
      RELU,
      RELU6,
      HARD_SWISH,
      SIGMOID,
      TANH
    }

    public Activation {
      java.util.Objects.requireNonNull(function, "function");
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.activation(this);
    }
  }

  /**
   * Maximum or average over a window; padded places do not count.
   *
   * @param kind maximum or average
   * @param kernel side of the square window, 2 or 3
   * @param stride 1 or 2
   */
  record Pooling(Kind kind, int kernel, int stride) implements Layer {
    /** Which pooling. */
    public enum Kind {
      MAX,
      AVERAGE
    }

    public Pooling {
      java.util.Objects.requireNonNull(kind, "kind");
      if (kernel != 2 && kernel != 3) {
        throw new IllegalArgumentException("a pooling kernel is 2 or 3, got " + kernel);
      }
      LayerChecks.stride(stride);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.pooling(this);
    }
  }

  /** Mean over height and width: {@code [batch, height, width, c] -> [batch, c]}. */
  record GlobalAveragePooling() implements Layer {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.globalAveragePooling(this);
    }
  }

  /**
   * Matrix product with weights {@code [inputs, outputs]}: {@code [batch, inputs] -> [batch,
   * outputs]}.
   *
   * @param outputs at least 1
   * @param bias whether a bias is added
   */
  record Linear(int outputs, boolean bias) implements Layer {
    public Linear {
      LayerChecks.atLeastOne("outputs", outputs);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.linear(this);
    }
  }

  /** Sum of two or more inputs of one shape. */
  record Add() implements Layer {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.add(this);
    }
  }

  /** Joins inputs along the channels. */
  record Concatenation() implements Layer {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.concatenation(this);
    }
  }

  /**
   * Channels {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from first channel, at least 0
   * @param to end, above {@code from}
   */
  record ChannelSlice(int from, int to) implements Layer {
    public ChannelSlice {
      if (from < 0 || to <= from) {
        throw new IllegalArgumentException(
            "a channel slice needs 0 <= from < to, got [%s, %s)".formatted(from, to));
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.channelSlice(this);
    }
  }

  /**
   * While training, sets values to zero and scales the others up (Srivastava et al., 2014).
   *
   * @param rate share of values dropped, in [0, 1)
   */
  record Dropout(double rate) implements Layer {
    public Dropout {
      LayerChecks.rate(rate);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.dropout(this);
    }
  }

  /**
   * While training, drops whole examples of a branch and scales the others up (Huang et al., 2016).
   *
   * @param rate share of examples dropped, in [0, 1)
   */
  record DropPath(double rate) implements Layer {
    public DropPath {
      LayerChecks.rate(rate);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.dropPath(this);
    }
  }

  /**
   * Multiplies everything by one number, such as the weight of an operation in a mixture; 0 is the
   * operation that gives nothing.
   *
   * @param learned whether the number is a parameter, of shape {@code [1]} and without weight decay
   * @param factor the number; if it is learned what it begins with, which is 1
   */
  record Scale(boolean learned, double factor) implements Layer {
    /** A parameter that begins with 1. */
    public static final Scale LEARNED = new Scale(true, 1);

    /** Gives zeros. */
    public static final Scale ZERO = by(0);

    public Scale {
      if (!Double.isFinite(factor) || (learned && factor != 1)) {
        throw new IllegalArgumentException(
            "factor must be %s, got %s".formatted(learned ? "1 if learned" : "finite", factor));
      }
    }

    /** Multiplies by a constant. */
    public static Scale by(double factor) {
      return new Scale(false, factor);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.scale(this);
    }
  }
}
