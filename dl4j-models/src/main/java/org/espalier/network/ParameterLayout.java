package org.espalier.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.tensor.Shape;

/**
 * The parameters and buffers that a network has, and where they lie in flat tensors. Parameters to
 * which weight decay applies lie first, so that an updater sees two ranges; each starts at a
 * multiple of {@value #ALIGNMENT} numbers, which is a cache line of float32.
 *
 * @param parameters in the order of the nodes
 * @param buffers in the order of the nodes
 * @param decaying numbers at the start of the flat tensor to which weight decay applies
 * @param size numbers of the flat tensor of parameters
 * @param bufferSize numbers of the flat tensor of buffers
 */
record ParameterLayout(
    List<Piece> parameters, List<Piece> buffers, long decaying, long size, long bufferSize) {
  static final int ALIGNMENT = 16;

  /** What a piece of numbers is for, which decides how it starts. */
  enum Role {
    CONVOLUTION_WEIGHT,
    DEPTHWISE_WEIGHT,
    LINEAR_WEIGHT,
    CONVOLUTION_BIAS,
    LINEAR_BIAS,
    SCALE,
    SHIFT,
    MEAN,
    VARIANCE;

    boolean decays() {
      return this == CONVOLUTION_WEIGHT || this == DEPTHWISE_WEIGHT || this == LINEAR_WEIGHT;
    }
  }

  /**
   * One parameter or buffer.
   *
   * @param name {@code node/what}
   * @param inputs channels of the layer's input
   * @param start index of its first number in the flat tensor
   */
  record Piece(String name, Role role, Shape shape, int inputs, long start) {
    int length() {
      return Math.toIntExact(shape.size());
    }
  }

  static ParameterLayout of(NetworkSpec spec) {
    Map<String, FeatureShape> shapes = ShapeInference.infer(spec);
    List<Piece> all = new ArrayList<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      new NodePieces(node.name(), shapes.get(node.inputs().get(0)).channels(), all)
          .addAll(node.layer());
    }
    List<Piece> parameters = new ArrayList<>();
    List<Piece> buffers = new ArrayList<>();
    for (Piece piece : all) {
      boolean buffer = piece.role() == Role.MEAN || piece.role() == Role.VARIANCE;
      (buffer ? buffers : parameters).add(piece);
    }
    List<Piece> placed = new ArrayList<>(parameters);
    long decaying = place(placed, 0, true);
    long size = place(placed, decaying, false);
    long bufferSize = place(buffers, 0, false);
    return new ParameterLayout(
        List.copyOf(placed), List.copyOf(buffers), decaying, size, bufferSize);
  }

  private static long place(List<Piece> pieces, long from, boolean decays) {
    long start = from;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (piece.role().decays() == decays) {
        pieces.set(i, new Piece(piece.name(), piece.role(), piece.shape(), piece.inputs(), start));
        start += (piece.shape().size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      }
    }
    return start;
  }

  /** Collects the pieces of one node. */
  private record NodePieces(String node, int inputs, List<Piece> pieces) {
    void addAll(Layer layer) {
      if (layer instanceof Layer.Convolution c) {
        add("weight", Role.CONVOLUTION_WEIGHT, c.kernel(), c.kernel(), inputs, c.outputs());
        if (c.bias()) {
          add("bias", Role.CONVOLUTION_BIAS, c.outputs());
        }
      } else if (layer instanceof Layer.DepthwiseConvolution c) {
        add("weight", Role.DEPTHWISE_WEIGHT, c.kernel(), c.kernel(), inputs, 1);
      } else if (layer instanceof Layer.Linear linear) {
        add("weight", Role.LINEAR_WEIGHT, inputs, linear.outputs());
        if (linear.bias()) {
          add("bias", Role.LINEAR_BIAS, linear.outputs());
        }
      } else if (layer instanceof Layer.BatchNormalization norm) {
        if (norm.affine()) {
          add("scale", Role.SCALE, inputs);
          add("shift", Role.SHIFT, inputs);
        }
        add("mean", Role.MEAN, inputs);
        add("variance", Role.VARIANCE, inputs);
      }
    }

    private void add(String what, Role role, int... shape) {
      pieces.add(new Piece(node + "/" + what, role, Shape.of(shape), inputs, 0));
    }
  }
}
