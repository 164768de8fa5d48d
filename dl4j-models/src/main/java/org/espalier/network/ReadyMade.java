package org.espalier.network;

import java.util.ArrayList;
import java.util.List;
import org.espalier.text.InputException;

/**
 * Well-known networks with free widths. {@code widths} always lists the output channels of the
 * convolutions that may vary, in the order in which data pass them; whatever must agree with them
 * follows.
 */
public final class ReadyMade {
  /** The most channels that a layer is given: costs of images of any size stay within 64 bits. */
  public static final int WIDEST = 1 << 16;

  private static final Layer GLOBAL_AVERAGE = new Layer.GlobalAveragePooling();

  /** Blocks, output channels and first stride of the stages of MobileNetV2, table 2. */
  private static final int[][] MOBILE_STAGES = {
    {1, 16, 1}, {2, 24, 1}, {3, 32, 2}, {4, 64, 2}, {3, 96, 1}, {3, 160, 2}, {1, 320, 1}
  };

  private ReadyMade() {}

  /** The families by name, each with its usual widths. */
  public enum Family {
    /** {@link #resnet} of depth 8. */
    RESNET8,
    /** {@link #resnet} of depth 20. */
    RESNET20,
    /** {@link #resnet} of depth 56. */
    RESNET56,
    /** {@link #mobileNetV2}. */
    MOBILE_NET_V2,
    /** {@link #separable} with strides 1, 2, 1, 2, 1, 1. */
    SEPARABLE,
    /** {@link #plain} with strides 1, 1, 2, 1, 2, 1. */
    PLAIN,
    /** {@link #plain} with strides 1, 2, 2: small enough to train every width. */
    PLAIN3;

    /** The widths under which the network is known; their number is the number needed. */
    public List<Integer> usualWidths() {
      return switch (this) {
        case RESNET8 -> residualWidths(8);
        case RESNET20 -> residualWidths(20);
        case RESNET56 -> residualWidths(56);
        case MOBILE_NET_V2 -> mobileWidths();
        case SEPARABLE -> List.of(16, 16, 32, 32, 64, 64, 64);
        case PLAIN -> List.of(16, 16, 32, 32, 64, 64);
        case PLAIN3 -> List.of(16, 16, 16);
      };
    }

    /**
     * The network.
     *
     * @param input shape of one image
     * @param classes logits, at least 1
     * @param widths as many as {@link #usualWidths}, each from 1 to {@link #WIDEST}
     */
    public NetworkSpec build(ImageShape input, int classes, List<Integer> widths) {
      return switch (this) {
        case RESNET8 -> resnet(8, input, classes, widths);
        case RESNET20 -> resnet(20, input, classes, widths);
        case RESNET56 -> resnet(56, input, classes, widths);
        case MOBILE_NET_V2 -> mobileNetV2(input, classes, widths);
        case SEPARABLE -> separable(input, classes, widths, List.of(1, 2, 1, 2, 1, 1));
        case PLAIN -> plain(input, classes, widths, List.of(1, 1, 2, 1, 2, 1));
        case PLAIN3 -> plain(input, classes, widths, List.of(1, 2, 2));
      };
    }
  }

  /**
   * The residual network for small images of He et al., "Deep Residual Learning for Image
   * Recognition", 2016, section 4.2: three stages of blocks of two 3x3 convolutions. Where a
   * block's input and output differ in shape the shortcut is a 1x1 convolution with batch norm
   * (their option B; their CIFAR figures use option A, which has no parameters).
   *
   * @param depth {@code 6n + 2}, such as 20 or 56: n blocks a stage
   * @param input shape of one image
   * @param classes logits, at least 1
   * @param widths {@code depth - 1}: the stem, then for each block its inner and its output
   *     channels; usually 16 for the stem and 16, 32, 64 in the stages
   */
  public static NetworkSpec resnet(int depth, ImageShape input, int classes, List<Integer> widths) {
    checkDepth(depth);
    checkWidths(widths, depth - 1);
    NetworkBuilder network = new NetworkBuilder("resnet" + depth, input);
    String last = convolution(network, "stem", NetworkSpec.INPUT, widths.get(0), 3, 1);
    last = relu(network, "stem", last);
    int channels = widths.get(0);
    int blocks = (depth - 2) / 2;
    for (int block = 0; block < blocks; block++) {
      String name = "block" + (block + 1);
      int outputs = widths.get(2 * block + 2);
      int stride = block > 0 && block % (blocks / 3) == 0 ? 2 : 1;
      String main = convolution(network, name + "/1", last, widths.get(2 * block + 1), 3, stride);
      main = relu(network, name + "/1", main);
      main = convolution(network, name + "/2", main, outputs, 3, 1);
      String side =
          stride == 1 && channels == outputs
              ? last
              : convolution(network, name + "/side", last, outputs, 1, stride);
      last = relu(network, name, network.add(name + "/add", new Layer.Add(), main, side));
      channels = outputs;
    }
    return head(network, last, classes);
  }

  /**
   * MobileNetV2 (Sandler et al., 2018, table 2) with the strides that are usual for images of
   * 32x32: only the stages of 32, 64 and 160 channels halve the image. Inverted residuals: 1x1
   * expansion, depthwise 3x3, linear 1x1 projection, ReLU6 between; a block with stride 1 whose
   * input and output have equal channels adds its input. The first block has no expansion.
   *
   * @param input shape of one image
   * @param classes logits, at least 1
   * @param widths 35: the stem, the first block's output, for each of the other 16 blocks its
   *     expanded and its output channels, the last 1x1 convolution; {@link Family#usualWidths} has
   *     the published ones
   */
  public static NetworkSpec mobileNetV2(ImageShape input, int classes, List<Integer> widths) {
    checkWidths(widths, mobileWidths().size());
    NetworkBuilder network = new NetworkBuilder("mobilenetv2", input);
    String last = convolution(network, "stem", NetworkSpec.INPUT, widths.get(0), 3, 1);
    last = relu6(network, "stem", last);
    int channels = widths.get(0);
    int next = 1;
    int block = 0;
    for (int[] stage : MOBILE_STAGES) {
      for (int i = 0; i < stage[0]; i++) {
        String name = "block" + ++block;
        String main = last;
        if (block > 1) {
          main = convolution(network, name + "/expand", last, widths.get(next++), 1, 1);
          main = relu6(network, name + "/expand", main);
        }
        int stride = i == 0 ? stage[2] : 1;
        main = relu6(network, name + "/depthwise", depthwise(network, name, main, stride));
        int outputs = widths.get(next++);
        main = convolution(network, name + "/project", main, outputs, 1, 1);
        last =
            stride == 1 && channels == outputs
                ? network.add(name + "/add", new Layer.Add(), main, last)
                : main;
        channels = outputs;
      }
    }
    last = relu6(network, "last", convolution(network, "last", last, widths.get(next), 1, 1));
    return head(network, last, classes);
  }

  /**
   * Depthwise separable convolutions after the manner of MobileNet (Howard et al., 2017, table 1):
   * a 3x3 stem, then blocks of depthwise 3x3 and 1x1 convolution, each with batch norm and ReLU.
   *
   * @param input shape of one image
   * @param classes logits, at least 1
   * @param widths the stem and each block's output channels
   * @param strides of the blocks, one fewer than {@code widths}, each 1 or 2
   */
  public static NetworkSpec separable(
      ImageShape input, int classes, List<Integer> widths, List<Integer> strides) {
    checkWidths(widths, strides.size() + 1);
    NetworkBuilder network = new NetworkBuilder("separable", input);
    String last = convolution(network, "stem", NetworkSpec.INPUT, widths.get(0), 3, 1);
    last = relu(network, "stem", last);
    for (int block = 0; block < strides.size(); block++) {
      String name = "block" + (block + 1);
      last = depthwise(network, name, last, strides.get(block));
      last = relu(network, name + "/depthwise", last);
      last = convolution(network, name + "/pointwise", last, widths.get(block + 1), 1, 1);
      last = relu(network, name + "/pointwise", last);
    }
    return head(network, last, classes);
  }

  /**
   * A plain convolutional network: 3x3 convolutions with batch norm and ReLU, one after the other.
   *
   * @param input shape of one image
   * @param classes logits, at least 1
   * @param widths output channels of the convolutions, at least one
   * @param strides of the convolutions, as many as {@code widths}, each 1 or 2
   */
  public static NetworkSpec plain(
      ImageShape input, int classes, List<Integer> widths, List<Integer> strides) {
    checkWidths(widths, strides.size());
    NetworkBuilder network = new NetworkBuilder("plain", input);
    String last = NetworkSpec.INPUT;
    for (int i = 0; i < widths.size(); i++) {
      String name = "layer" + (i + 1);
      last = convolution(network, name, last, widths.get(i), 3, strides.get(i));
      last = relu(network, name, last);
    }
    return head(network, last, classes);
  }

  private static List<Integer> residualWidths(int depth) {
    List<Integer> widths = new ArrayList<>(List.of(16));
    int convolutions = (depth - 2) / 3;
    for (int stage = 0; stage < 3; stage++) {
      for (int i = 0; i < convolutions; i++) {
        widths.add(16 << stage);
      }
    }
    return List.copyOf(widths);
  }

  private static List<Integer> mobileWidths() {
    List<Integer> widths = new ArrayList<>(List.of(32, 16));
    int channels = 16;
    for (int[] stage : List.of(MOBILE_STAGES).subList(1, MOBILE_STAGES.length)) {
      for (int i = 0; i < stage[0]; i++) {
        widths.add(6 * channels);
        widths.add(stage[1]);
        channels = stage[1];
      }
    }
    widths.add(1280);
    return List.copyOf(widths);
  }

  private static void checkDepth(int depth) {
    if (depth < 8 || depth % 6 != 2) {
      throw new InputException(
          "the depth of a residual network is 6n + 2, such as 20 or 56, got " + depth);
    }
  }

  private static void checkWidths(List<Integer> widths, int count) {
    if (widths.isEmpty() || widths.size() != count) {
      throw new InputException(
          "this network needs %s widths, got %s: %s".formatted(count, widths.size(), widths));
    }
  }

  private static String convolution(
      NetworkBuilder network, String name, String from, int outputs, int kernel, int stride) {
    Layer layer = new Layer.Convolution(outputs, kernel, stride, 1, false);
    return network.add(
        name + "/norm",
        Layer.BatchNormalization.STANDARD,
        network.add(name + "/conv", layer, from));
  }

  private static String depthwise(NetworkBuilder network, String block, String from, int stride) {
    Layer layer = new Layer.DepthwiseConvolution(3, stride, 1);
    return network.add(
        block + "/depthwise/norm",
        Layer.BatchNormalization.STANDARD,
        network.add(block + "/depthwise/conv", layer, from));
  }

  private static String relu(NetworkBuilder network, String name, String from) {
    return network.add(name + "/relu", new Layer.Activation(Layer.Activation.Function.RELU), from);
  }

  private static String relu6(NetworkBuilder network, String name, String from) {
    return network.add(
        name + "/relu6", new Layer.Activation(Layer.Activation.Function.RELU6), from);
  }

  private static NetworkSpec head(NetworkBuilder network, String last, int classes) {
    String pool = network.add("pool", GLOBAL_AVERAGE, last);
    network.add("linear", new Layer.Linear(classes, true), pool);
    return network.build();
  }
}
