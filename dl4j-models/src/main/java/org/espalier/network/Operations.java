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

/**
 * Translates a layer into an operation on a tape.
 *
 * @param name of the layer's node
 * @param set where it gets its parameters and buffers from
 */
record Operations(String name, LayerParameters set) implements Layer.Visitor<Operation> {

  @Override
  public Operation convolution(Layer.Convolution layer) {
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

  @Override
  public Operation depthwiseConvolution(Layer.DepthwiseConvolution layer) {
    Source weight = set.source(name + "/weight");
    return (pass, inputs) ->
        Convolutions.depthwise(inputs.get(0), pass.use(weight), layer.stride(), layer.dilation());
  }

  @Override
  public Operation linear(Layer.Linear layer) {
    Source weight = set.source(name + "/weight");
    if (!layer.bias()) {
      return (pass, inputs) -> Matrices.linear(inputs.get(0), pass.use(weight));
    }
    Source bias = set.source(name + "/bias");
    return (pass, inputs) -> Matrices.linear(inputs.get(0), pass.use(weight), pass.use(bias));
  }

  @Override
  public Operation batchNormalization(Layer.BatchNormalization layer) {
    RunningStatistics moving = running(layer);
    double epsilon = layer.epsilon();
    if (!layer.affine()) {
      return (pass, inputs) -> normalize(inputs.get(0), moving, epsilon, pass.mode());
    }
    Source scale = set.source(name + "/scale");
    Source shift = set.source(name + "/shift");
    return (pass, inputs) -> {
      Variable x = inputs.get(0);
      Variable s = pass.use(scale);
      Variable t = pass.use(shift);
      if (pass.mode() instanceof Mode.Evaluation) {
        return Normalizations.evaluation(x, s, t, moving, epsilon);
      }
      return pass.mode() instanceof Mode.Episode episode
          ? Normalizations.reference(x, s, t, episode.support(), epsilon)
          : Normalizations.training(x, s, t, statistics(moving, pass.mode()), epsilon);
    };
  }

  private static Variable normalize(
      Variable x, RunningStatistics moving, double epsilon, Mode mode) {
    if (mode instanceof Mode.Evaluation) {
      return Normalizations.evaluation(x, moving, epsilon);
    }
    return mode instanceof Mode.Episode episode
        ? Normalizations.reference(x, episode.support(), epsilon)
        : Normalizations.training(x, statistics(moving, mode), epsilon);
  }

  /** Batch norm with scale and shift and the ReLU after it, in one pass over the memory. */
  Operation normRelu(Layer.BatchNormalization layer) {
    RunningStatistics moving = running(layer);
    double epsilon = layer.epsilon();
    Source scale = set.source(name + "/scale");
    Source shift = set.source(name + "/shift");
    return (pass, inputs) -> {
      Variable x = inputs.get(0);
      Variable s = pass.use(scale);
      Variable t = pass.use(shift);
      if (pass.mode() instanceof Mode.Evaluation) {
        return Normalizations.evaluationRelu(x, s, t, moving, epsilon);
      }
      return pass.mode() instanceof Mode.Episode episode
          ? Normalizations.referenceRelu(x, s, t, episode.support(), epsilon)
          : Normalizations.trainingRelu(x, s, t, statistics(moving, pass.mode()), epsilon);
    };
  }

  private RunningStatistics running(Layer.BatchNormalization layer) {
    return new RunningStatistics(
        set.buffer(name + "/mean"), set.buffer(name + "/variance"), layer.momentum());
  }

  /** The k-th batch has the share 1/k in a mean over k batches. */
  private static RunningStatistics statistics(RunningStatistics moving, Mode mode) {
    return mode instanceof Mode.Estimation estimation
        ? new RunningStatistics(moving.mean(), moving.variance(), 1.0 / estimation.batch())
        : moving;
  }

  @Override
  public Operation activation(Layer.Activation layer) {
    return (pass, inputs) -> activate(layer.function(), inputs.get(0));
  }

  @Override
  public Operation pooling(Layer.Pooling layer) {
    return (pass, inputs) -> pool(layer, inputs.get(0));
  }

  @Override
  public Operation globalAveragePooling(Layer.GlobalAveragePooling layer) {
    return (pass, inputs) -> Poolings.globalAverage(inputs.get(0));
  }

  @Override
  public Operation add(Layer.Add layer) {
    return (pass, inputs) -> sum(inputs);
  }

  @Override
  public Operation concatenation(Layer.Concatenation layer) {
    return (pass, inputs) -> Channels.concatenate(inputs);
  }

  @Override
  public Operation channelSlice(Layer.ChannelSlice layer) {
    return (pass, inputs) -> Channels.slice(inputs.get(0), layer.from(), layer.to());
  }

  @Override
  public Operation dropout(Layer.Dropout layer) {
    return (pass, inputs) ->
        pass.mode() instanceof Mode.Training training
            ? Regularizers.dropout(inputs.get(0), layer.rate(), training.random())
            : inputs.get(0);
  }

  @Override
  public Operation dropPath(Layer.DropPath layer) {
    return (pass, inputs) ->
        pass.mode() instanceof Mode.Training training
            ? Regularizers.dropPath(
                inputs.get(0), layer.rate() * training.dropPathScale(), training.random())
            : inputs.get(0);
  }

  @Override
  public Operation scale(Layer.Scale layer) {
    if (!layer.learned()) {
      return (pass, inputs) -> Elementwise.scale(inputs.get(0), layer.factor());
    }
    Source factor = set.source(name + "/factor");
    return (pass, inputs) -> Elementwise.scale(inputs.get(0), pass.use(factor));
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
