package org.espalier.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;

/**
 * Writes the layers of one model as ONNX operations. The value that a node gives is called {@code
 * <node>/output}, its constants {@code <node>/weight} and so on; as the last part tells them apart
 * and no layer is called {@code input}, names never clash.
 */
final class OnnxLayers {
  private final TrainedModel model;
  private final OnnxGraph graph;
  private final String result;

  /** Where the value of each node is found. */
  private final Map<String, String> values = new HashMap<>();

  /** Batch norms that become part of the convolution they read, by that convolution's name. */
  private final Map<String, NetworkSpec.Node> folded;

  /**
   * Starts a translation.
   *
   * @param model what is exported
   * @param graph receives the operations
   * @param images name of the value that holds normalised images, {@code [batch, channels, height,
   *     width]}
   * @param result what the logits are called
   * @param fold whether batch norms become part of convolutions
   */
  OnnxLayers(TrainedModel model, OnnxGraph graph, String images, String result, boolean fold) {
    this.model = model;
    this.graph = graph;
    this.result = result;
    this.folded = fold ? foldable(model.spec()) : Map.of();
    values.put(NetworkSpec.INPUT, images);
  }

  /** Writes all layers. */
  void translate() {
    for (NetworkSpec.Node node : model.spec().nodes()) {
      if (!values.containsKey(node.name())) {
        values.put(node.name(), translate(node));
      }
    }
    String last = model.lastNode().name();
    if (!values.get(last).equals(result)) {
      graph.node("Identity", last, List.of(values.get(last)), result);
    }
  }

  /** Batch norms whose input is a convolution that nothing else reads. */
  private static Map<String, NetworkSpec.Node> foldable(NetworkSpec spec) {
    Map<String, Integer> readers = new HashMap<>();
    Map<String, Layer> layers = new HashMap<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      layers.put(node.name(), node.layer());
      node.inputs().forEach(source -> readers.merge(source, 1, Integer::sum));
    }
    Map<String, NetworkSpec.Node> foldable = new HashMap<>();
    for (NetworkSpec.Node node : spec.nodes()) {
      String source = node.inputs().get(0);
      Layer before = layers.get(source);
      if (node.layer() instanceof Layer.BatchNormalization
          && (before instanceof Layer.Convolution || before instanceof Layer.DepthwiseConvolution)
          && readers.get(source) == 1) {
        foldable.put(source, node);
      }
    }
    return foldable;
  }

  private String translate(NetworkSpec.Node node) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Convolution convolution) {
      return convolution(node, convolution);
    } else if (layer instanceof Layer.DepthwiseConvolution convolution) {
      return depthwise(node, convolution);
    } else if (layer instanceof Layer.BatchNormalization normalization) {
      return normalization(node, normalization);
    } else if (layer instanceof Layer.Activation activation) {
      return activation(node, activation.function());
    } else if (layer instanceof Layer.Pooling pooling) {
      return pooling(node, pooling);
    } else if (layer instanceof Layer.GlobalAveragePooling) {
      String mean =
          graph.node("GlobalAveragePool", node.name(), inputs(node), node.name() + "/mean");
      return graph.node(
          "Flatten",
          node.name() + "/flatten",
          List.of(mean),
          output(node),
          OnnxGraph.integer("axis", 1));
    } else if (layer instanceof Layer.Linear linear) {
      return linear(node, linear);
    } else if (layer instanceof Layer.Add) {
      return sum(node);
    } else if (layer instanceof Layer.Concatenation) {
      return graph.node(
          "Concat", node.name(), inputs(node), output(node), OnnxGraph.integer("axis", 1));
    } else if (layer instanceof Layer.ChannelSlice slice) {
      return slice(node, slice);
    }
    // Dropout and drop-path do nothing outside training.
    return values.get(node.inputs().get(0));
  }

  private String convolution(NetworkSpec.Node node, Layer.Convolution layer) {
    int inputs = model.inputChannels(node);
    int kernel = layer.kernel();
    float[] weights =
        Kernels.outputsFirst(model.array(node.name() + "/weight"), kernel, inputs, layer.outputs());
    float[] bias = layer.bias() ? model.array(node.name() + "/bias") : new float[0];
    long[] shape = {layer.outputs(), inputs, kernel, kernel};
    return convolution(
        node, weights, bias, shape, window(kernel, layer.stride(), layer.dilation()));
  }

  private String depthwise(NetworkSpec.Node node, Layer.DepthwiseConvolution layer) {
    int channels = model.inputChannels(node);
    int kernel = layer.kernel();
    float[] weights =
        Kernels.outputsFirst(model.array(node.name() + "/weight"), kernel, 1, channels);
    long[] shape = {channels, 1, kernel, kernel};
    return convolution(
        node,
        weights,
        new float[0],
        shape,
        with(
            window(kernel, layer.stride(), layer.dilation()),
            OnnxGraph.integer("group", channels)));
  }

  /** A convolution with the batch norm that was folded into it, if one was. */
  private String convolution(
      NetworkSpec.Node node,
      float[] outputsFirst,
      float[] bias,
      long[] shape,
      Onnx.AttributeProto... window) {
    NetworkSpec.Node norm = folded.get(node.name());
    float[] weights = outputsFirst;
    float[] offsets = bias;
    String output = output(node);
    if (norm != null) {
      FoldedNormalization folding = FoldedNormalization.of(model, norm);
      weights = folding.weights(outputsFirst);
      offsets = folding.bias(bias);
      output = output(norm);
      values.put(norm.name(), output);
    }
    List<String> inputs = new ArrayList<>(inputs(node));
    inputs.add(graph.constant(node.name() + "/weight", weights, shape));
    if (offsets.length > 0) {
      inputs.add(graph.constant(node.name() + "/bias", offsets, offsets.length));
    }
    return graph.node("Conv", node.name(), inputs, output, window);
  }

  private String normalization(NetworkSpec.Node node, Layer.BatchNormalization layer) {
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
    List<String> inputs = new ArrayList<>(inputs(node));
    for (int i = 0; i < names.length; i++) {
      inputs.add(graph.constant(node.name() + names[i], arrays[i], channels));
    }
    return graph.node(
        "BatchNormalization",
        node.name(),
        inputs,
        output(node),
        OnnxGraph.real("epsilon", layer.epsilon()));
  }

  private String activation(NetworkSpec.Node node, Layer.Activation.Function function) {
    List<String> inputs = inputs(node);
    String output = output(node);
    return switch (function) {
      case RELU -> graph.node("Relu", node.name(), inputs, output);
      case HARD_SWISH -> graph.node("HardSwish", node.name(), inputs, output);
      case SIGMOID -> graph.node("Sigmoid", node.name(), inputs, output);
      case TANH -> graph.node("Tanh", node.name(), inputs, output);
      case RELU6 -> {
        String low = graph.constant(node.name() + "/low", new float[] {0});
        String high = graph.constant(node.name() + "/high", new float[] {6});
        yield graph.node("Clip", node.name(), List.of(inputs.get(0), low, high), output);
      }
    };
  }

  private String pooling(NetworkSpec.Node node, Layer.Pooling layer) {
    // Neither kind counts padded places: ONNX leaves them out unless count_include_pad is set.
    String operator = layer.kind() == Layer.Pooling.Kind.MAX ? "MaxPool" : "AveragePool";
    int padding = (layer.kernel() - 1) / 2;
    return graph.node(
        operator,
        node.name(),
        inputs(node),
        output(node),
        OnnxGraph.integers("kernel_shape", layer.kernel(), layer.kernel()),
        OnnxGraph.integers("strides", layer.stride(), layer.stride()),
        OnnxGraph.integers("pads", padding, padding, padding, padding));
  }

  private String linear(NetworkSpec.Node node, Layer.Linear layer) {
    String weight =
        graph.constant(
            node.name() + "/weight",
            model.array(node.name() + "/weight"),
            model.inputChannels(node),
            layer.outputs());
    String input = inputs(node).get(0);
    if (!layer.bias()) {
      return graph.node("MatMul", node.name(), List.of(input, weight), output(node));
    }
    String bias =
        graph.constant(node.name() + "/bias", model.array(node.name() + "/bias"), layer.outputs());
    return graph.node("Gemm", node.name(), List.of(input, weight, bias), output(node));
  }

  /** Sums from left to right by pairs: phones run {@code Add} where they do not run {@code Sum}. */
  private String sum(NetworkSpec.Node node) {
    List<String> inputs = inputs(node);
    String sum = inputs.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      boolean last = i == inputs.size() - 1;
      String name = last ? node.name() : node.name() + "/partial" + i;
      sum = graph.node("Add", name, List.of(sum, inputs.get(i)), last ? output(node) : name);
    }
    return sum;
  }

  private String slice(NetworkSpec.Node node, Layer.ChannelSlice layer) {
    String from = graph.integerConstant(node.name() + "/from", layer.from());
    String to = graph.integerConstant(node.name() + "/to", layer.to());
    String axis = graph.integerConstant(node.name() + "/axis", 1);
    return graph.node(
        "Slice", node.name(), List.of(inputs(node).get(0), from, to, axis), output(node));
  }

  private List<String> inputs(NetworkSpec.Node node) {
    return node.inputs().stream().map(values::get).toList();
  }

  private String output(NetworkSpec.Node node) {
    return node.equals(model.lastNode()) ? result : node.name() + "/output";
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
