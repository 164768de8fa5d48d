package org.espalier.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import onnx.Onnx;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;

/**
 * Writes one layer as ONNX operations and says which value holds what it gives.
 *
 * @param node the layer
 * @param model where its weights are
 * @param graph receives the operations
 * @param layers those of the model
 */
record OnnxOperation(NetworkSpec.Node node, TrainedModel model, OnnxGraph graph, OnnxLayers layers)
    implements Layer.Visitor<String> {

  @Override
  public String convolution(Layer.Convolution layer) {
    int inputs = model.inputChannels(node);
    int kernel = layer.kernel();
    float[] weights =
        Kernels.outputsFirst(model.array(node.name() + "/weight"), kernel, inputs, layer.outputs());
    float[] bias = layer.bias() ? model.array(node.name() + "/bias") : new float[0];
    long[] shape = {layer.outputs(), inputs, kernel, kernel};
    return convolution(weights, bias, shape, window(kernel, layer.stride(), layer.dilation()));
  }

  @Override
  public String depthwiseConvolution(Layer.DepthwiseConvolution layer) {
    int channels = model.inputChannels(node);
    int kernel = layer.kernel();
    float[] weights =
        Kernels.outputsFirst(model.array(node.name() + "/weight"), kernel, 1, channels);
    long[] shape = {channels, 1, kernel, kernel};
    return convolution(
        weights,
        new float[0],
        shape,
        with(
            window(kernel, layer.stride(), layer.dilation()),
            OnnxGraph.integer("group", channels)));
  }

  /** A convolution with the batch norm that was folded into it, if one was. */
  private String convolution(
      float[] outputsFirst, float[] bias, long[] shape, Onnx.AttributeProto... window) {
    float[] weights = outputsFirst;
    float[] offsets = bias;
    String output = output();
    Optional<NetworkSpec.Node> norm = layers.fold(node);
    if (norm.isPresent()) {
      FoldedNormalization folding = FoldedNormalization.of(model, norm.get());
      weights = folding.weights(outputsFirst);
      offsets = folding.bias(bias);
      output = layers.output(norm.get());
    }
    List<String> inputs = new ArrayList<>(inputs());
    inputs.add(graph.constant(node.name() + "/weight", weights, shape));
    if (offsets.length > 0) {
      inputs.add(graph.constant(node.name() + "/bias", offsets, offsets.length));
    }
    return graph.node("Conv", node.name(), inputs, output, window);
  }

  @Override
  public String batchNormalization(Layer.BatchNormalization layer) {
    int channels = model.inputChannels(node);
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    Arrays.fill(scale, 1);
    if (layer.affine()) {
      scale = model.array(node.name() + "/scale");
      shift = model.array(node.name() + "/shift");
    }
    String[] names = {"/scale", "/shift", "/mean", "/variance"};
    float[][] arrays = {
      scale, shift, model.array(node.name() + "/mean"), model.array(node.name() + "/variance")
    };
    List<String> inputs = new ArrayList<>(inputs());
    for (int i = 0; i < names.length; i++) {
      inputs.add(graph.constant(node.name() + names[i], arrays[i], channels));
    }
    return graph.node(
        "BatchNormalization",
        node.name(),
        inputs,
        output(),
        OnnxGraph.real("epsilon", layer.epsilon()));
  }

  @Override
  public String activation(Layer.Activation layer) {
    List<String> inputs = inputs();
    String output = output();
    return switch (layer.function()) {
      case RELU -> graph.node("Relu", node.name(), inputs, output);
      case HARD_SWISH -> hardSwish(inputs.get(0), output);
      case SIGMOID -> graph.node("Sigmoid", node.name(), inputs, output);
      case TANH -> graph.node("Tanh", node.name(), inputs, output);
      case RELU6 -> {
        String low = graph.constant(node.name() + "/low", new float[] {0});
        String high = graph.constant(node.name() + "/high", new float[] {6});
        yield graph.node("Clip", node.name(), List.of(inputs.get(0), low, high), output);
      }
    };
  }

  /** An operator of its own from set 14 on. */
  private String hardSwish(String input, String output) {
    if (layers.operatorSet() >= 14) {
      return graph.node("HardSwish", node.name(), List.of(input), output);
    }
    String gate =
        graph.node(
            "HardSigmoid",
            node.name() + "/gate",
            List.of(input),
            node.name() + "/gated",
            OnnxGraph.real("alpha", 1.0 / 6),
            OnnxGraph.real("beta", 0.5));
    return graph.node("Mul", node.name(), List.of(input, gate), output);
  }

  @Override
  public String pooling(Layer.Pooling layer) {
    // Neither kind counts padded places: ONNX leaves them out unless count_include_pad is set.
    String operator = layer.kind() == Layer.Pooling.Kind.MAX ? "MaxPool" : "AveragePool";
    int padding = (layer.kernel() - 1) / 2;
    return graph.node(
        operator,
        node.name(),
        inputs(),
        output(),
        OnnxGraph.integers("kernel_shape", layer.kernel(), layer.kernel()),
        OnnxGraph.integers("strides", layer.stride(), layer.stride()),
        OnnxGraph.integers("pads", padding, padding, padding, padding));
  }

  @Override
  public String globalAveragePooling(Layer.GlobalAveragePooling layer) {
    String mean = graph.node("GlobalAveragePool", node.name(), inputs(), node.name() + "/mean");
    return graph.node(
        "Flatten", node.name() + "/flatten", List.of(mean), output(), OnnxGraph.integer("axis", 1));
  }

  @Override
  public String linear(Layer.Linear layer) {
    String weight =
        graph.constant(
            node.name() + "/weight",
            model.array(node.name() + "/weight"),
            model.inputChannels(node),
            layer.outputs());
    String input = inputs().get(0);
    if (!layer.bias()) {
      return graph.node("MatMul", node.name(), List.of(input, weight), output());
    }
    String bias =
        graph.constant(node.name() + "/bias", model.array(node.name() + "/bias"), layer.outputs());
    return graph.node("Gemm", node.name(), List.of(input, weight, bias), output());
  }

  /** Sums from left to right by pairs: phones run {@code Add} where they do not run {@code Sum}. */
  @Override
  public String add(Layer.Add layer) {
    List<String> inputs = inputs();
    String sum = inputs.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      boolean last = i == inputs.size() - 1;
      String name = last ? node.name() : node.name() + "/partial" + i;
      sum = graph.node("Add", name, List.of(sum, inputs.get(i)), last ? output() : name);
    }
    return sum;
  }

  @Override
  public String concatenation(Layer.Concatenation layer) {
    return graph.node("Concat", node.name(), inputs(), output(), OnnxGraph.integer("axis", 1));
  }

  @Override
  public String channelSlice(Layer.ChannelSlice layer) {
    String from = graph.integerConstant(node.name() + "/from", layer.from());
    String to = graph.integerConstant(node.name() + "/to", layer.to());
    String axis = graph.integerConstant(node.name() + "/axis", 1);
    return graph.node("Slice", node.name(), List.of(inputs().get(0), from, to, axis), output());
  }

  /** Does nothing outside training. */
  @Override
  public String dropout(Layer.Dropout layer) {
    return inputs().get(0);
  }

  /** Does nothing outside training. */
  @Override
  public String dropPath(Layer.DropPath layer) {
    return inputs().get(0);
  }

  @Override
  public String scale(Layer.Scale layer) {
    float factor =
        layer.learned() ? model.array(node.name() + "/factor")[0] : (float) layer.factor();
    String constant = graph.constant(node.name() + "/factor", new float[] {factor});
    return graph.node("Mul", node.name(), List.of(inputs().get(0), constant), output());
  }

  private List<String> inputs() {
    return layers.inputs(node);
  }

  private String output() {
    return layers.output(node);
  }

  private static Onnx.AttributeProto[] window(int kernel, int stride, int dilation) {
    int padding = dilation * (kernel - 1) / 2;
    return new Onnx.AttributeProto[] {
      OnnxGraph.integers("kernel_shape", kernel, kernel),
      OnnxGraph.integers("strides", stride, stride),
      OnnxGraph.integers("pads", padding, padding, padding, padding),
      OnnxGraph.integers("dilations", dilation, dilation)
    };
  }

  private static Onnx.AttributeProto[] with(
      Onnx.AttributeProto[] attributes, Onnx.AttributeProto more) {
    Onnx.AttributeProto[] all = Arrays.copyOf(attributes, attributes.length + 1);
    all[attributes.length] = more;
    return all;
  }
}
