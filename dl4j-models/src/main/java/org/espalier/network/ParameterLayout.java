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
      int inputs = shapes.get(node.inputs().get(0)).channels();
      all.addAll(node.layer().accept(new NodePieces(node.name(), inputs)));
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

  /** The pieces of one node, not yet placed. */
  private record NodePieces(String node, int inputs) implements Layer.Visitor<List<Piece>> {

    @Override
    public List<Piece> convolution(Layer.Convolution layer) {
      Piece weight =
          piece(
              "weight",
              Role.CONVOLUTION_WEIGHT,
              layer.kernel(),
              layer.kernel(),
              inputs,
              layer.outputs());
      return layer.bias()
          ? List.of(weight, piece("bias", Role.CONVOLUTION_BIAS, layer.outputs()))
          : List.of(weight);
    }

    @Override
    public List<Piece> depthwiseConvolution(Layer.DepthwiseConvolution layer) {
      return List.of(
          piece("weight", Role.DEPTHWISE_WEIGHT, layer.kernel(), layer.kernel(), inputs, 1));
    }

    @Override
    public List<Piece> batchNormalization(Layer.BatchNormalization layer) {
      Piece mean = piece("mean", Role.MEAN, inputs);
      Piece variance = piece("variance", Role.VARIANCE, inputs);
      return layer.affine()
          ? List.of(
              piece("scale", Role.SCALE, inputs),
              piece("shift", Role.SHIFT, inputs),
              mean,
              variance)
          : List.of(mean, variance);
    }

    @Override
    public List<Piece> activation(Layer.Activation layer) {
      return List.of();
    }

    @Override
    public List<Piece> pooling(Layer.Pooling layer) {
      return List.of();
    }

    @Override
    public List<Piece> globalAveragePooling(Layer.GlobalAveragePooling layer) {
      return List.of();
    }

    @Override
    public List<Piece> linear(Layer.Linear layer) {
      Piece weight = piece("weight", Role.LINEAR_WEIGHT, inputs, layer.outputs());
      return layer.bias()
          ? List.of(weight, piece("bias", Role.LINEAR_BIAS, layer.outputs()))
          : List.of(weight);
    }

    @Override
    public List<Piece> add(Layer.Add layer) {
      return List.of();
    }

    @Override
    public List<Piece> concatenation(Layer.Concatenation layer) {
      return List.of();
    }

    @Override
    public List<Piece> channelSlice(Layer.ChannelSlice layer) {
      return List.of();
    }

    @Override
    public List<Piece> dropout(Layer.Dropout layer) {
      return List.of();
    }

    @Override
    public List<Piece> dropPath(Layer.DropPath layer) {
      return List.of();
    }

    @Override
    public List<Piece> scale(Layer.Scale layer) {
      return layer.learned() ? List.of(piece("factor", Role.SCALE, 1)) : List.of();
    }

    private Piece piece(String what, Role role, int... shape) {
      return new Piece(node + "/" + what, role, Shape.of(shape), inputs, 0);
    }
  }
}
