package org.espalier.bench;

import java.util.ArrayList;
import java.util.List;
import org.espalier.autograd.Activations;
import org.espalier.autograd.Convolutions;
import org.espalier.autograd.Elementwise;
import org.espalier.autograd.Matrices;
import org.espalier.autograd.Mixtures;
import org.espalier.autograd.Normalizations;
import org.espalier.autograd.Poolings;
import org.espalier.autograd.RunningStatistics;

/** The layers that the benchmark networks are made of; convolutions have no bias. */
final class LayerBlocks {
  private static final double EPSILON = 1e-5;

  private final BenchParameters parameters;

  LayerBlocks(BenchParameters parameters) {
    this.parameters = parameters;
  }

  static final LayerBlock RELU = (tape, x) -> Activations.relu(x);
  static final LayerBlock IDENTITY = (tape, x) -> x;

  LayerBlock convolution(int inputs, int outputs, int kernel, int stride) {
    var weight = parameters.weight(kernel, kernel, inputs, outputs);
    return (tape, x) -> Convolutions.convolution(x, weight.on(tape), stride, 1);
  }

  LayerBlock depthwise(int channels, int kernel, int stride, int dilation) {
    var weight = parameters.weight(kernel, kernel, channels, 1);
    return (tape, x) -> Convolutions.depthwise(x, weight.on(tape), stride, dilation);
  }

  LayerBlock normalization(int channels) {
    var scale = parameters.vector(channels, 1);
    var shift = parameters.vector(channels, 0);
    RunningStatistics running = parameters.statistics(channels);
    return (tape, x) ->
        Normalizations.training(x, scale.on(tape), shift.on(tape), running, EPSILON);
  }

  LayerBlock normalizationRelu(int channels) {
    var scale = parameters.vector(channels, 1);
    var shift = parameters.vector(channels, 0);
    RunningStatistics running = parameters.statistics(channels);
    return (tape, x) ->
        Normalizations.trainingRelu(x, scale.on(tape), shift.on(tape), running, EPSILON);
  }

  /** Global average pooling and a linear layer. */
  LayerBlock head(int channels, int classes) {
    var weight = parameters.weight(channels, classes);
    var bias = parameters.vector(classes, 0);
    return (tape, x) -> Matrices.linear(Poolings.globalAverage(x), weight.on(tape), bias.on(tape));
  }

  static LayerBlock add(LayerBlock left, LayerBlock right) {
    return (tape, x) -> Elementwise.add(left.forward(tape, x), right.forward(tape, x));
  }

  /** Twice ReLU, depthwise, 1x1, batch norm. */
  LayerBlock separable(int channels, int kernel) {
    List<LayerBlock> blocks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      blocks.add(RELU);
      blocks.add(depthwise(channels, kernel, 1, 1));
      blocks.add(convolution(channels, channels, 1, 1));
      blocks.add(normalization(channels));
    }
    return LayerBlock.sequence(blocks);
  }

  /** ReLU, depthwise with dilation 2, 1x1, batch norm. */
  LayerBlock dilated(int channels, int kernel) {
    return LayerBlock.sequence(
        RELU,
        depthwise(channels, kernel, 1, 2),
        convolution(channels, channels, 1, 1),
        normalization(channels));
  }

  /** All seven operations at once, weighted by a softmax. */
  LayerBlock mixture(int channels) {
    var alpha = parameters.vector(7, 0);
    List<LayerBlock> operations =
        List.of(
            separable(channels, 3),
            separable(channels, 5),
            dilated(channels, 3),
            dilated(channels, 5),
            LayerBlock.sequence((tape, x) -> Poolings.max(x, 3, 1), normalization(channels)),
            LayerBlock.sequence((tape, x) -> Poolings.average(x, 3, 1), normalization(channels)),
            IDENTITY);
    return (tape, x) ->
        Mixtures.weightedSum(
            operations.stream().map(operation -> operation.forward(tape, x)).toList(),
            Activations.softmax(alpha.on(tape)));
  }
}
