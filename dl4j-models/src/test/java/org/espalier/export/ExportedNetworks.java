package org.espalier.export;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.espalier.autograd.Tape;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.Layer.Activation.Function;
import org.espalier.network.Network;
import org.espalier.network.NetworkBuilder;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.network.StatisticsEstimator;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;

/** Networks to export, with weights that leave nothing at its default. */
final class ExportedNetworks {
  private ExportedNetworks() {}

  /**
   * Weights and batch-norm parameters at random, running statistics those of random images, so that
   * activations neither explode nor die from layer to layer.
   */
  static ParameterSet parameters(NetworkSpec spec, long seed) {
    ParameterSet set = scattered(spec, seed);
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      List<float[]> batches = List.of(images(spec.input(), 16, seed), images(spec.input(), 16, 99));
      StatisticsEstimator.estimate(new Network(spec, set), tape, batches);
    }
    return set;
  }

  /** Weights, batch-norm parameters and running statistics at random. */
  static ParameterSet scattered(NetworkSpec spec, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    ParameterSet set = ParameterSet.allocate(spec).initialise(random);
    float[] values = set.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.05 * random.nextGaussian());
    }
    set.setValues(values);
    float[] statistics = set.buffers();
    for (int i = 0; i < statistics.length; i++) {
      // Means are at 0, variances at 1.
      statistics[i] += statistics[i] + random.nextFloat();
    }
    set.setBuffers(statistics);
    return set;
  }

  /** Normally distributed images {@code [count, height, width, channels]}. */
  static float[] images(ImageShape shape, int count, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    float[] images = new float[count * shape.size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    return images;
  }

  /** Every layer with every setting that changes how it is written, on an odd image. */
  static NetworkSpec everyLayer() {
    NetworkBuilder network = new NetworkBuilder("every-layer", new ImageShape(35, 31, 3));
    String bent = network.add("bent", new Layer.Activation(Function.TANH), NetworkSpec.INPUT);
    String both = network.add("both", new Layer.Concatenation(), bent, NetworkSpec.INPUT);
    String last = network.add("stem_1.W", new Layer.Convolution(6, 3, 1, 1, true), both);
    for (int kernel : new int[] {1, 3, 5, 7}) {
      for (int dilation : new int[] {1, 2}) {
        last = convolutions(network, last, kernel, dilation);
      }
    }
    return head(network, pools(network, activations(network, last)));
  }

  private static String convolutions(
      NetworkBuilder network, String from, int kernel, int dilation) {
    String name = kernel + "x" + dilation;
    boolean plain = dilation == 1;
    int stride = kernel % 4 == 1 && !plain ? 2 : 1;
    String dense =
        network.add(
            name + "/dense", new Layer.Convolution(6, kernel, stride, dilation, plain), from);
    String norm =
        network.add(name + "/norm", new Layer.BatchNormalization(plain, 1e-3, 0.3), dense);
    String sparse =
        network.add(
            name + "/sparse", new Layer.DepthwiseConvolution(kernel, stride, dilation), from);
    String drop = network.add(name + "/drop", new Layer.DropPath(0.3), sparse);
    String sparseNorm =
        network.add(name + "/sparseNorm", Layer.BatchNormalization.STANDARD, sparse);
    return network.add(name + "/sum", new Layer.Add(), norm, drop, sparseNorm);
  }

  private static String activations(NetworkBuilder network, String from) {
    List<String> all = new ArrayList<>();
    for (Function function : Function.values()) {
      all.add(network.add(function + "/image", new Layer.Activation(function), from));
    }
    String joined = network.add("join", new Layer.Concatenation(), all.toArray(String[]::new));
    String slice = network.add("slice", new Layer.ChannelSlice(4, 29), joined);
    String learned = network.add("learned", Layer.Scale.LEARNED, slice);
    String constant = network.add("constant", Layer.Scale.by(-0.7), slice);
    String zero = network.add("zero", Layer.Scale.ZERO, slice);
    return network.add("scales", new Layer.Add(), learned, constant, zero);
  }

  private static String pools(NetworkBuilder network, String from) {
    List<String> all = new ArrayList<>();
    // Batch norm first: values of both signs tell a padding with zeros from none.
    String norm = network.add("pools/norm", Layer.BatchNormalization.STANDARD, from);
    for (Layer.Pooling.Kind kind : Layer.Pooling.Kind.values()) {
      for (int kernel : new int[] {2, 3}) {
        for (int stride : new int[] {1, 2}) {
          String name = "%s%s%s".formatted(kind, kernel, stride);
          String pool = network.add(name, new Layer.Pooling(kind, kernel, stride), norm);
          all.add(network.add(name + "/pool", new Layer.GlobalAveragePooling(), pool));
        }
      }
    }
    return network.add("pools", new Layer.Concatenation(), all.toArray(String[]::new));
  }

  private static NetworkSpec head(NetworkBuilder network, String from) {
    String dropout = network.add("dropout", new Layer.Dropout(0.5), from);
    String first = network.add("first", new Layer.Linear(8, false), dropout);
    List<String> all = new ArrayList<>();
    for (Function function : Function.values()) {
      all.add(network.add(function + "/row", new Layer.Activation(function), first));
    }
    String joined = network.add("rows", new Layer.Concatenation(), all.toArray(String[]::new));
    String part = network.add("part", new Layer.ChannelSlice(3, 33), joined);
    String second = network.add("second", new Layer.Linear(5, true), part);
    String third = network.add("third", new Layer.Linear(5, true), joined);
    String sum = network.add("logits", new Layer.Add(), second, third);
    String scaled = network.add("scaled", Layer.Scale.LEARNED, sum);
    network.add("last", new Layer.Dropout(0.1), scaled);
    return network.build();
  }
}
