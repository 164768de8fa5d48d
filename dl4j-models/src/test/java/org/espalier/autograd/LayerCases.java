package org.espalier.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Operations on images; shapes include 1x1 images, one channel and sizes that strides cut. */
final class LayerCases {
  private static final double EPSILON = 1e-3;

  /** Rows and channels that fill vectors by themselves, together, and not at all. */
  private static final int[][] NORMALIZED = {
    {2, 3, 2, 4},
    {1, 5, 5, 1},
    {7, 1, 1, 3},
    {2, 2, 3, 16},
    {4, 2, 2, 3},
    {1, 4, 4, 1},
    {2, 4, 2, 10}
  };

  /** Also other numbers of axes, and rows that fill vectors together either before or in all. */
  private static final int[][] NORMALIZED_BY_REFERENCE = {
    {5, 3}, {4, 8}, {4, 3, 8}, {3, 3, 1, 4}, {2, 3, 1, 4}, {5, 2, 1, 3}
  };

  private LayerCases() {}

  static Stream<OperationCase> all() {
    List<OperationCase> cases = new ArrayList<>();
    addConvolutions(cases);
    addDepthwise(cases);
    addPoolings(cases);
    for (int[] s : NORMALIZED) {
      addNormalizations(cases, Shape.of(s), Shape.of(s[3]));
      addReferences(cases, Shape.of(s));
    }
    for (int[] s : NORMALIZED_BY_REFERENCE) {
      addReferences(cases, Shape.of(s));
    }
    return cases.stream();
  }

  private static void addConvolutions(List<OperationCase> cases) {
    int[][] settings = { // kernel, stride, dilation, batch, height, width, in, out
      {1, 1, 1, 2, 5, 3, 2, 3},
      {1, 1, 1, 1, 1, 1, 1, 1},
      {1, 2, 1, 2, 5, 4, 3, 2},
      {3, 1, 1, 2, 5, 4, 2, 3},
      {3, 1, 1, 1, 1, 1, 1, 1},
      {3, 1, 1, 1, 1, 1, 3, 2},
      {3, 2, 1, 2, 5, 4, 1, 2},
      {3, 2, 1, 1, 1, 1, 2, 2},
      {3, 2, 2, 1, 6, 7, 2, 1},
      {3, 1, 2, 2, 5, 4, 2, 1},
      {5, 1, 1, 2, 4, 5, 1, 2},
      {5, 1, 2, 1, 5, 6, 2, 2},
      {5, 2, 1, 1, 5, 4, 2, 2},
      {5, 2, 2, 2, 7, 6, 2, 2},
      {7, 1, 1, 1, 4, 3, 1, 2},
      {7, 2, 1, 2, 5, 4, 2, 1},
      {7, 1, 2, 1, 5, 4, 1, 1},
      {1, 1, 1, 1, 3, 2, 16, 8},
      {3, 1, 1, 1, 3, 2, 8, 16},
      {3, 2, 1, 1, 3, 2, 17, 3},
    };
    for (int[] s : settings) {
      cases.add(
          new OperationCase(
              "convolution of kernel %s, stride %s, dilation %s on [%s, %s, %s, %s] to %s"
                  .formatted(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]),
              GradientCheck.of(Shape.of(s[3], s[4], s[5], s[6]), Shape.of(s[0], s[0], s[6], s[7])),
              v -> Convolutions.convolution(v.get(0), v.get(1), s[1], s[2]),
              n -> Loops.convolution(n.get(0), n.get(1), s[1], s[2])));
    }
  }

  private static void addDepthwise(List<OperationCase> cases) {
    int[][] settings = { // kernel, stride, dilation, batch, height, width, channels
      {1, 1, 1, 2, 3, 2, 3},
      {3, 1, 1, 2, 5, 4, 3},
      {3, 1, 1, 2, 1, 1, 1},
      {3, 2, 1, 2, 5, 4, 1},
      {3, 2, 1, 1, 4, 5, 3},
      {3, 1, 2, 2, 5, 4, 2},
      {3, 2, 2, 1, 6, 5, 2},
      {5, 1, 1, 2, 4, 5, 2},
      {5, 2, 1, 1, 7, 4, 3},
      {5, 1, 2, 1, 6, 5, 1},
      {5, 1, 2, 2, 1, 1, 2},
      {5, 2, 2, 2, 7, 6, 2},
      {7, 1, 1, 1, 4, 5, 2},
      {7, 2, 1, 2, 5, 3, 1},
      {3, 1, 1, 1, 3, 4, 16},
      {3, 2, 1, 1, 3, 4, 17},
      {5, 1, 1, 1, 3, 2, 16},
      {3, 1, 2, 1, 3, 2, 8},
    };
    for (int[] s : settings) {
      cases.add(
          new OperationCase(
              "depthwise of kernel %s, stride %s, dilation %s on [%s, %s, %s, %s]"
                  .formatted(s[0], s[1], s[2], s[3], s[4], s[5], s[6]),
              GradientCheck.of(Shape.of(s[3], s[4], s[5], s[6]), Shape.of(s[0], s[0], s[6], 1)),
              v -> Convolutions.depthwise(v.get(0), v.get(1), s[1], s[2]),
              n -> Loops.depthwise(n.get(0), n.get(1), s[1], s[2])));
    }
  }

  private static void addPoolings(List<OperationCase> cases) {
    int[][] settings = { // kernel, stride, batch, height, width, channels
      {3, 1, 2, 5, 4, 2},
      {3, 2, 2, 5, 4, 1},
      {3, 2, 1, 4, 7, 3},
      {2, 2, 2, 5, 4, 3},
      {2, 2, 3, 4, 7, 16},
      {2, 1, 2, 3, 3, 1},
      {3, 1, 2, 1, 1, 2},
      {3, 2, 1, 1, 1, 1},
    };
    for (int[] s : settings) {
      Shape images = Shape.of(s[2], s[3], s[4], s[5]);
      String how = " of kernel %s, stride %s on %s".formatted(s[0], s[1], images);
      cases.add(
          new OperationCase(
              "max pooling" + how,
              GradientCheck.of(images),
              v -> Poolings.max(v.get(0), s[0], s[1]),
              n -> Loops.maxPool(n.get(0), s[0], s[1])));
      cases.add(
          new OperationCase(
              "average pooling" + how,
              GradientCheck.of(images),
              v -> Poolings.average(v.get(0), s[0], s[1]),
              n -> Loops.averagePool(n.get(0), s[0], s[1])));
    }
    for (Shape images : List.of(Shape.of(2, 3, 5, 4), Shape.of(1, 1, 1, 1), Shape.of(3, 1, 2, 1))) {
      cases.add(
          new OperationCase(
              "global average of " + images,
              GradientCheck.of(images),
              v -> Poolings.globalAverage(v.get(0)),
              n -> Loops.globalAverage(n.get(0))));
    }
  }

  private static void addNormalizations(List<OperationCase> cases, Shape images, Shape channels) {
    Numbers one = Numbers.make(channels, at -> 1);
    Numbers zero = Numbers.make(channels, at -> 0);
    Numbers mean = Numbers.make(channels, at -> 0.1);
    Numbers variance = Numbers.make(channels, at -> 0.3);
    cases.add(
        new OperationCase(
            "batch normalisation in training of " + images,
            GradientCheck.of(images, channels, channels),
            v -> Normalizations.training(v.get(0), v.get(1), v.get(2), running(v), EPSILON),
            n -> Loops.normalize(n.get(0), n.get(1), n.get(2), EPSILON)));
    cases.add(
        new OperationCase(
            "batch normalisation without scale and shift in training of " + images,
            GradientCheck.of(images),
            v -> Normalizations.training(v.get(0), running(v), EPSILON),
            n -> Loops.normalize(n.get(0), one, zero, EPSILON)));
    cases.add(
        new OperationCase(
            "batch normalisation in evaluation of " + images,
            GradientCheck.of(images, channels, channels),
            v -> Normalizations.evaluation(v.get(0), v.get(1), v.get(2), running(v), EPSILON),
            n -> Loops.affine(n.get(0), mean, variance, n.get(1), n.get(2), EPSILON)));
    cases.add(
        new OperationCase(
            "batch normalisation and ReLU in training of " + images,
            GradientCheck.of(images, channels, channels),
            v -> Normalizations.trainingRelu(v.get(0), v.get(1), v.get(2), running(v), EPSILON),
            n -> relu(Loops.normalize(n.get(0), n.get(1), n.get(2), EPSILON))));
    cases.add(
        new OperationCase(
            "batch normalisation and ReLU in evaluation of " + images,
            GradientCheck.of(images, channels, channels),
            v -> Normalizations.evaluationRelu(v.get(0), v.get(1), v.get(2), running(v), EPSILON),
            n -> relu(Loops.affine(n.get(0), mean, variance, n.get(1), n.get(2), EPSILON))));
    cases.add(
        new OperationCase(
            "batch normalisation without scale and shift in evaluation of " + images,
            GradientCheck.of(images),
            v -> Normalizations.evaluation(v.get(0), running(v), EPSILON),
            n -> Loops.affine(n.get(0), mean, variance, one, zero, EPSILON)));
  }

  private static void addReferences(List<OperationCase> cases, Shape images) {
    Shape channels = Shape.of(images.channels());
    Numbers one = Numbers.make(channels, at -> 1);
    Numbers zero = Numbers.make(channels, at -> 0);
    int count = (images.dimension(0) + 1) / 2;
    String how = " by the first %s images of %s".formatted(count, images);
    cases.add(
        new OperationCase(
            "batch normalisation" + how,
            GradientCheck.of(images, channels, channels),
            v -> Normalizations.reference(v.get(0), v.get(1), v.get(2), count, EPSILON),
            n -> Loops.normalizeBy(count, n.get(0), n.get(1), n.get(2), EPSILON)));
    cases.add(
        new OperationCase(
            "batch normalisation and ReLU" + how,
            GradientCheck.of(images, channels, channels),
            v -> Normalizations.referenceRelu(v.get(0), v.get(1), v.get(2), count, EPSILON),
            n -> relu(Loops.normalizeBy(count, n.get(0), n.get(1), n.get(2), EPSILON))));
    cases.add(
        new OperationCase(
            "batch normalisation without scale and shift" + how,
            GradientCheck.of(images),
            v -> Normalizations.reference(v.get(0), count, EPSILON),
            n -> Loops.normalizeBy(count, n.get(0), one, zero, EPSILON)));
  }

  private static Numbers relu(Numbers x) {
    return Loops.map(x, value -> Math.max(value, 0));
  }

  private static RunningStatistics running(List<Variable> inputs) {
    Tape tape = inputs.get(0).tape();
    Shape channels = Shape.of(inputs.get(0).shape().channels());
    Tensor mean = tape.allocate(channels);
    mean.fill(0.1);
    Tensor variance = tape.allocate(channels);
    variance.fill(0.3);
    return new RunningStatistics(mean, variance, 0.1);
  }
}
