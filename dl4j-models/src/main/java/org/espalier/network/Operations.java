package org.espalier.network;

import java.util.List;
import org.espalier.autograd.Activations;
import org.espalier.autograd.Channels;
import org.espalier.autograd.Convolutions;
import org.espalier.autograd.Elementwise;
import org.espalier.autograd.Matrices;
import org.espalier.autograd.Normalizations;
import org.espalier.autograd.Poolings;
import org.espalier.autograd.Regularizers;
import org.espalier.autograd.RunningStatistics;
import org.espalier.autograd.Variable;
import org.espalier.network.LayerParameters.Source;

/** Translates layers into operations on a tape. */
final class Operations {
  private Operations() {}

  static Operation of(NetworkSpec.Node node, LayerParameters set) {
    String name = node.name();
    if (node.layer() instanceof Layer.Convolution layer) {
      return convolution(name, layer, set);
    } else if (node.layer() instanceof Layer.DepthwiseConvolution layer) {
      return depthwise(name, layer, set);
    } else if (node.layer() instanceof Layer.BatchNormalization layer) {
      return norm(name, layer, set);
    } else if (node.layer() instanceof Layer.Linear layer) {
      return linear(name, layer, set);
    } else if (node.layer() instanceof Layer.Dropout layer) {
      return dropout(layer);
    } else if (node.layer() instanceof Layer.DropPath layer) {
      return dropPath(layer);
    } else if (node.layer() instanceof Layer.Add) {
      return (pass, inputs) -> sum(inputs);
    } else if (node.layer() instanceof Layer.Concatenation) {
      return (pass, inputs) -> Channels.concatenate(inputs);
    }
    return plain(node.layer());
  }

  /** Layers that need neither parameters nor the mode. */
  private static Operation plain(Layer layer) {
    if (layer instanceof Layer.Activation activation) {
      return (pass, inputs) -> activate(activation.function(), inputs.get(0));
    } else if (layer instanceof Layer.Pooling pooling) {
      return (pass, inputs) -> pool(pooling, inputs.get(0));
    } else if (layer instanceof Layer.ChannelSlice slice) {
      return (pass, inputs) -> Channels.slice(inputs.get(0), slice.from(), slice.to());
    } else if (layer instanceof Layer.GlobalAveragePooling) {
      return (pass, inputs) -> Poolings.globalAverage(inputs.get(0));
    }
    throw new IllegalStateException("no operation for " + layer);
  }

  private static Operation convolution(String name, Layer.Convolution layer, LayerParameters set) {
    Source weight = set.source(name + "/weight");
    int stride = layer.stride();
    int dilation = layer.dilation();
    if (!layer.bias()) {
      return (pass, inputs) ->
          Convolutions.convolution(inputs.get(0), pass.use(weight), stride, dilation);
    }
    Source bias = set.source(name + "/bias");
    return (pass, inputs) ->
        withBias(
            Convolutions.convolution(inputs.get(0), pass.use(weight), stride, dilation),
            pass.use(bias));
  }

  private static Variable withBias(Variable product, Variable bias) {
    Variable sum = Matrices.addRow(product, bias);
    product.giveBack();
    return sum;
  }

  private static Operation depthwise(
      String name, Layer.DepthwiseConvolution layer, LayerParameters set) {
    Source weight = set.source(name + "/weight");
    return (pass, inputs) ->
        Convolutions.depthwise(inputs.get(0), pass.use(weight), layer.stride(), layer.dilation());
  }

  private static Operation linear(String name, Layer.Linear layer, LayerParameters set) {
    Source weight = set.source(name + "/weight");
    if (!layer.bias()) {
      return (pass, inputs) -> Matrices.linear(inputs.get(0), pass.use(weight));
    }
    Source bias = set.source(name + "/bias");
    return (pass, inputs) -> Matrices.linear(inputs.get(0), pass.use(weight), pass.use(bias));
  }

  private static Operation norm(String name, Layer.BatchNormalization layer, LayerParameters set) {
    RunningStatistics moving = running(name, layer, set);
    double epsilon = layer.epsilon();
    if (!layer.affine()) {
      return (pass, inputs) ->
          pass.mode() instanceof Mode.Evaluation
              ? Normalizations.evaluation(inputs.get(0), moving, epsilon)
              : Normalizations.training(inputs.get(0), statistics(moving, pass.mode()), epsilon);
    }
    Source scale = set.source(name + "/scale");
    Source shift = set.source(name + "/shift");
    return (pass, inputs) -> {
      Variable x = inputs.get(0);
      Variable s = pass.use(scale);
      Variable t = pass.use(shift);
      return pass.mode() instanceof Mode.Evaluation
          ? Normalizations.evaluation(x, s, t, moving, epsilon)
          : Normalizations.training(x, s, t, statistics(moving, pass.mode()), epsilon);
    };
  }

  /** Batch norm with scale and shift and the ReLU after it, in one pass over the memory. */
  static Operation normRelu(String name, Layer.BatchNormalization layer, LayerParameters set) {
    RunningStatistics moving = running(name, layer, set);
    double epsilon = layer.epsilon();
    Source scale = set.source(name + "/scale");
    Source shift = set.source(name + "/shift");
    return (pass, inputs) -> {
      Variable x = inputs.get(0);
      Variable s = pass.use(scale);
      Variable t = pass.use(shift);
      return pass.mode() instanceof Mode.Evaluation
          ? Normalizations.evaluationRelu(x, s, t, moving, epsilon)
          : Normalizations.trainingRelu(x, s, t, statistics(moving, pass.mode()), epsilon);
    };
  }

  private static RunningStatistics running(
      String name, Layer.BatchNormalization layer, LayerParameters set) {
    return new RunningStatistics(
        set.buffer(name + "/mean"), set.buffer(name + "/variance"), layer.momentum());
  }

  /** The k-th batch has the share 1/k in a mean over k batches. */
  private static RunningStatistics statistics(RunningStatistics moving, Mode mode) {
    return mode instanceof Mode.Estimation estimation
        ? new RunningStatistics(moving.mean(), moving.variance(), 1.0 / estimation.batch())
        : moving;
  }

  private static Operation dropout(Layer.Dropout layer) {
    return (pass, inputs) ->
        pass.mode() instanceof Mode.Training training
            ? Regularizers.dropout(inputs.get(0), layer.rate(), training.random())
            : inputs.get(0);
  }

  private static Operation dropPath(Layer.DropPath layer) {
    return (pass, inputs) ->
        pass.mode() instanceof Mode.Training training
            ? Regularizers.dropPath(
                inputs.get(0), layer.rate() * training.dropPathScale(), training.random())
            : inputs.get(0);
  }

  private static Variable sum(List<Variable> inputs) {
    Variable sum = Elementwise.add(inputs.get(0), inputs.get(1));
    for (Variable input : inputs.subList(2, inputs.size())) {
      Variable partial = sum;
      sum = Elementwise.add(partial, input);
      partial.giveBack();
    }
    return sum;
  }

  private static Variable activate(Layer.Activation.Function function, Variable x) {
    return switch (function) {
      case RELU -> Activations.relu(x);
      case RELU6 -> Activations.relu6(x);
      case HARD_SWISH -> Activations.hardSwish(x);
      case SIGMOID -> Activations.sigmoid(x);
      case TANH -> Activations.tanh(x);
    };
  }

  private static Variable pool(Layer.Pooling layer, Variable images) {
    return switch (layer.kind()) {
      case MAX -> Poolings.max(images, layer.kernel(), layer.stride());
      case AVERAGE -> Poolings.average(images, layer.kernel(), layer.stride());
    };
  }
}
