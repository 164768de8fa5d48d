package org.espalier.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the shape of what each layer of a network gives, and refuses networks that do not fit. */
public final class ShapeInference {
  private ShapeInference() {}

  /**
   * Shapes by node name in the order of the nodes, with {@link NetworkSpec#INPUT} first.
   *
   * @throws IllegalArgumentException naming the network, the layer, what it got and what it takes,
   *     if the layers do not fit or the last one does not give logits {@code [batch, classes]}
   */
  public static Map<String, FeatureShape> infer(NetworkSpec spec) {
    Map<String, FeatureShape> shapes = new LinkedHashMap<>();
    ImageShape input = spec.input();
    FeatureShape images = new FeatureShape.Image(input.height(), input.width(), input.channels());
    if (tooLarge(images)) {
      throw new IllegalArgumentException(
          "network '%s': the input %s has 2^31 values or more an image"
              .formatted(spec.name(), images));
    }
    shapes.put(NetworkSpec.INPUT, images);
    for (NetworkSpec.Node node : spec.nodes()) {
      List<FeatureShape> inputs = new ArrayList<>();
      node.inputs().forEach(source -> inputs.add(shapes.get(source)));
      try {
        FeatureShape shape = output(node.layer(), inputs);
        checkSizes(node.layer(), inputs.get(0), shape);
        shapes.put(node.name(), shape);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "network '%s': layer '%s' (%s) %s"
                .formatted(
                    spec.name(),
                    node.name(),
                    node.layer().getClass().getSimpleName(),
                    e.getMessage()),
            e);
      }
    }
    String last = spec.nodes().get(spec.nodes().size() - 1).name();
    if (!(shapes.get(last) instanceof FeatureShape.Vector)) {
      throw new IllegalArgumentException(
          "network '%s': the last layer '%s' gives %s, expected logits [batch, classes]"
              .formatted(spec.name(), last, shapes.get(last)));
    }
    return Collections.unmodifiableMap(shapes);
  }

  /**
   * Number of classes: the channels that the last layer gives.
   *
   * @throws IllegalArgumentException as {@link #infer}
   */
  public static int classes(NetworkSpec spec) {
    return infer(spec).get(spec.nodes().get(spec.nodes().size() - 1).name()).channels();
  }

  /** Arrays of Java and of the engine end there; whatever passes can be counted in a long. */
  private static void checkSizes(Layer layer, FeatureShape input, FeatureShape output) {
    if (tooLarge(output)) {
      throw new IllegalArgumentException("gives " + output + ", 2^31 values or more an image");
    }
    long taps = 0;
    if (layer instanceof Layer.Convolution convolution) {
      taps = (long) convolution.kernel() * convolution.kernel() * input.channels();
    } else if (layer instanceof Layer.Linear) {
      taps = input.channels();
    }
    if (taps > Integer.MAX_VALUE / output.channels()) {
      throw new IllegalArgumentException(
          "has 2^31 weights or more, from %s to %s".formatted(input, output));
    }
  }

  private static boolean tooLarge(FeatureShape shape) {
    return shape instanceof FeatureShape.Image image
        && image.channels() > Integer.MAX_VALUE / ((long) image.height() * image.width());
  }

  private static FeatureShape output(Layer layer, List<FeatureShape> inputs) {
    FeatureShape input = inputs.get(0);
    if (layer instanceof Layer.Convolution convolution) {
      return window(image(input), convolution.stride(), convolution.outputs());
    } else if (layer instanceof Layer.DepthwiseConvolution convolution) {
      return window(image(input), convolution.stride(), input.channels());
    } else if (layer instanceof Layer.Pooling pooling) {
      return pooled(image(input), pooling);
    } else if (layer instanceof Layer.GlobalAveragePooling) {
      return new FeatureShape.Vector(image(input).channels());
    } else if (layer instanceof Layer.Linear linear) {
      return linear(input, linear);
    } else if (layer instanceof Layer.ChannelSlice slice) {
      return sliced(input, slice);
    } else if (layer instanceof Layer.Add) {
      return sum(inputs);
    } else if (layer instanceof Layer.Concatenation) {
      return joined(inputs);
    } else if (layer instanceof Layer.BatchNormalization || layer instanceof Layer.DropPath) {
      return image(input);
    }
    return input;
  }

  private static FeatureShape.Image image(FeatureShape shape) {
    if (shape instanceof FeatureShape.Image image) {
      return image;
    }
    throw new IllegalArgumentException("takes [batch, height, width, channels], got " + shape);
  }

  /** Odd kernels with the padding of {@link Layer}: their size and dilation cancel out. */
  private static FeatureShape window(FeatureShape.Image input, int stride, int channels) {
    return new FeatureShape.Image(
        (input.height() - 1) / stride + 1, (input.width() - 1) / stride + 1, channels);
  }

  private static FeatureShape pooled(FeatureShape.Image input, Layer.Pooling pooling) {
    int border = 2 * ((pooling.kernel() - 1) / 2) - pooling.kernel();
    if (input.height() + border < 0 || input.width() + border < 0) {
      throw new IllegalArgumentException(
          "has a window of %d, larger than its input %s".formatted(pooling.kernel(), input));
    }
    return new FeatureShape.Image(
        (input.height() + border) / pooling.stride() + 1,
        (input.width() + border) / pooling.stride() + 1,
        input.channels());
  }

  private static FeatureShape linear(FeatureShape input, Layer.Linear linear) {
    if (input instanceof FeatureShape.Vector) {
      return new FeatureShape.Vector(linear.outputs());
    }
    throw new IllegalArgumentException(
        "takes [batch, channels], got " + input + "; put a GlobalAveragePooling before it");
  }

  private static FeatureShape sliced(FeatureShape input, Layer.ChannelSlice slice) {
    if (slice.to() > input.channels()) {
      throw new IllegalArgumentException(
          "takes channels [%d, %d) of %s, which has %d"
              .formatted(slice.from(), slice.to(), input, input.channels()));
    }
    return withChannels(input, slice.to() - slice.from());
  }

  private static FeatureShape sum(List<FeatureShape> inputs) {
    for (FeatureShape input : inputs) {
      if (!input.equals(inputs.get(0))) {
        throw new IllegalArgumentException("takes inputs of one shape, got " + inputs);
      }
    }
    return inputs.get(0);
  }

  private static FeatureShape joined(List<FeatureShape> inputs) {
    long channels = 0;
    for (FeatureShape input : inputs) {
      if (!withChannels(input, 1).equals(withChannels(inputs.get(0), 1))) {
        throw new IllegalArgumentException(
            "takes inputs that differ in channels only, got " + inputs);
      }
      channels += input.channels();
    }
    if (channels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("gives 2^31 channels or more");
    }
    return withChannels(inputs.get(0), (int) channels);
  }

  private static FeatureShape withChannels(FeatureShape shape, int channels) {
    if (shape instanceof FeatureShape.Image image) {
      return new FeatureShape.Image(image.height(), image.width(), channels);
    }
    return new FeatureShape.Vector(channels);
  }
}
