package org.espalier.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * A composition of operations drawn from a seed. Every step reads values drawn from all before it,
 * so that values have several readers, meet themselves again, or are never read.
 *
 * @param seed decides the graph
 * @param steps number of operations
 */
record RandomGraph(long seed, int steps) {
  private static final int CHANNELS = 2;
  private static final Shape IMAGES = Shape.of(2, 3, 2, CHANNELS);

  /** Two images, a square kernel, a depthwise one, a pointwise one, a row and a factor. */
  static GradientCheck inputs() {
    return GradientCheck.of(
        IMAGES,
        IMAGES,
        Shape.of(3, 3, CHANNELS, CHANNELS),
        Shape.of(3, 3, CHANNELS, 1),
        Shape.of(1, 1, CHANNELS, CHANNELS),
        Shape.of(CHANNELS),
        Shape.of(1));
  }

  Variable build(List<Variable> inputs) {
    RandomGenerator random = Seeds.generator(seed);
    List<Variable> images = new ArrayList<>(inputs.subList(0, 2));
    for (int step = 0; step < steps; step++) {
      images.add(next(images, inputs, random));
    }
    // Reaches every input once, whatever was drawn.
    Variable last = images.get(images.size() - 1);
    Variable rest = Elementwise.add(images.get(0), images.get(1));
    rest = Convolutions.convolution(rest, inputs.get(2), 1, 1);
    rest = Convolutions.depthwise(rest, inputs.get(3), 1, 1);
    rest = Convolutions.convolution(rest, inputs.get(4), 1, 1);
    rest = Elementwise.multiply(rest, inputs.get(5));
    return Elementwise.add(last, Elementwise.scale(rest, inputs.get(6)));
  }

  private static Variable next(
      List<Variable> images, List<Variable> inputs, RandomGenerator random) {
    Variable x = images.get(random.nextInt(images.size()));
    Variable y = images.get(random.nextInt(images.size()));
    return switch (random.nextInt(9)) {
      case 0 -> function(x, random.nextInt(9));
      case 1, 2 -> join(x, y, random.nextInt(5));
      case 3 -> Convolutions.convolution(x, inputs.get(2), 1, 1 + random.nextInt(2));
      case 4 -> Convolutions.depthwise(x, inputs.get(3), 1, 1 + random.nextInt(2));
      case 5 -> Convolutions.convolution(x, inputs.get(4), 1, 1);
      case 6 -> random.nextBoolean() ? Poolings.max(x, 3, 1) : Poolings.average(x, 3, 1);
      case 7 -> reuse(x, inputs, random.nextInt(5));
      default -> noise(x, random.nextInt(1000));
    };
  }

  private static Variable function(Variable x, int which) {
    return switch (which) {
      case 0 -> Activations.relu(x);
      case 1 -> Activations.relu6(x);
      case 2 -> Activations.hardSwish(x);
      case 3 -> Activations.sigmoid(x);
      case 4 -> Activations.tanh(x);
      case 5 -> Activations.softmax(x);
      case 6 -> Elementwise.sine(x);
      case 7 -> Elementwise.square(Activations.tanh(x));
      default -> Elementwise.exp(Activations.tanh(x));
    };
  }

  private static Variable join(Variable x, Variable y, int which) {
    return switch (which) {
      case 0 -> Elementwise.add(x, y);
      case 1 -> Mixtures.weightedSum(List.of(x, y), softWeights(x));
      case 2 -> Elementwise.multiply(Activations.tanh(x), y);
      case 3 -> Channels.slice(Channels.concatenate(List.of(x, y, x)), 1, 1 + CHANNELS);
      default -> Elementwise.multiply(x, Activations.sigmoid(Poolings.globalAverage(y)));
    };
  }

  private static Variable softWeights(Variable x) {
    Variable row = Reductions.meanRows(x);
    return Activations.softmax(Channels.slice(row, 0, 2));
  }

  private static Variable reuse(Variable x, List<Variable> inputs, int which) {
    return switch (which) {
      case 0 -> Elementwise.scale(x, inputs.get(6));
      case 1 -> Elementwise.multiply(x, inputs.get(5));
      case 2 -> Matrices.addRow(x, inputs.get(5));
      case 3 -> Normalizations.training(x, inputs.get(5), inputs.get(5), running(x), 0.1);
      default -> Normalizations.trainingRelu(x, inputs.get(5), inputs.get(5), running(x), 0.1);
    };
  }

  private static RunningStatistics running(Variable x) {
    Tensor mean = x.tape().allocate(Shape.of(CHANNELS));
    Tensor variance = x.tape().allocate(Shape.of(CHANNELS));
    mean.fill(0);
    variance.fill(1);
    return new RunningStatistics(mean, variance, 0.1);
  }

  private static Variable noise(Variable x, int key) {
    Variable dropped = Regularizers.dropout(x, 0.2, new SplittableRandom(key));
    return Elementwise.add(x, Regularizers.dropPath(dropped, 0.3, new SplittableRandom(key)));
  }
}
