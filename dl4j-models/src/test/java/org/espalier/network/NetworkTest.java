package org.espalier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.espalier.autograd.Losses;
import org.espalier.autograd.Parameter;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.network.ReadyMade.Family;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
  private static final Mode EVALUATION = new Mode.Evaluation();
  static final int BATCH = 3;
  private static final ImageShape IMAGE = new ImageShape(6, 5, 2);

  @ParameterizedTest
  @EnumSource(Family.class)
  void evaluationIsWhatPlainLoopsCompute(Family family) {
    compareEvaluation(family.build(IMAGE, 4, narrow(family)));
  }

  @Test
  void evaluationOfEveryLayerIsWhatPlainLoopsCompute() {
    compareEvaluation(NetworkSpecsTest.everyLayer());
  }

  private static void compareEvaluation(NetworkSpec spec) {
    double[] images = normal(BATCH * spec.input().size(), new SplittableRandom(2));
    for (Precision precision : Precision.values()) {
      try (ParameterSet set = unusual(spec, precision);
          Tape tape = new Tape(Arena.create(precision))) {
        Variable logits =
            new Network(spec, set).forward(tape, tape.constant(shape(spec), images), EVALUATION);

        double[] expected = LoopNetwork.of(spec, set).evaluate(images);
        double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        double tolerance = precision == Precision.FLOAT64 ? 1e-9 : 1e-5 * Math.max(1, size);
        assertThat(logits.value().toDoubles())
            .as("%s", precision)
            .containsExactly(expected, within(tolerance));
      }
    }
  }

  /** Float32 runs on other kernels than float64, whose gradients are proved below. */
  @ParameterizedTest
  @EnumSource(Family.class)
  void gradientsInFloat32AreThoseInFloat64(Family family) {
    NetworkSpec spec = family.build(new ImageShape(17, 16, 2), 4, narrow(family));

    double[] exact = gradients(spec, Precision.FLOAT64);
    double[] rounded = gradients(spec, Precision.FLOAT32);

    double square = 0;
    double difference = 0;
    for (int i = 0; i < exact.length; i++) {
      square += exact[i] * exact[i];
      difference += (rounded[i] - exact[i]) * (rounded[i] - exact[i]);
    }
    // So deep and so narrow, networks turn relative changes of 1e-6 into 3e-3, in float64 too.
    boolean deep = family == Family.RESNET56 || family == Family.MOBILE_NET_V2;
    assertThat(Math.sqrt(difference / square)).isLessThan(deep ? 1e-2 : 1e-4);
  }

  private static double[] gradients(NetworkSpec spec, Precision precision) {
    double[] images = normal(BATCH * spec.input().size(), new SplittableRandom(2));
    try (ParameterSet set = ParameterSet.allocate(spec, precision);
        Tape tape = new Tape(Arena.create(precision))) {
      set.initialise(new SplittableRandom(8));
      Variable input = tape.constant(shape(spec), images);
      tape.backward(loss(new Network(spec, set).forward(tape, input, training())));
      return set.parameters().stream()
          .flatMapToDouble(parameter -> Arrays.stream(parameter.gradient().toDoubles()))
          .toArray();
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void trainingIsWhatPlainLoopsCompute(Family family) {
    NetworkSpec spec = family.build(IMAGE, 4, narrow(family));
    double[] images = normal(BATCH * IMAGE.size(), new SplittableRandom(2));
    try (ParameterSet set = unusual(spec, Precision.FLOAT64);
        Tape tape = new Tape(Arena.create(Precision.FLOAT64))) {
      double[] expected = LoopNetwork.of(spec, set).train(images);

      Variable logits =
          new Network(spec, set).forward(tape, tape.constant(shape(spec), images), training());

      assertThat(logits.value().toDoubles()).containsExactly(expected, within(1e-6));
    }
  }

  /** Kinks are avoided by smooth activations; every parameter and the images are moved. */
  @Test
  void gradientsAreTheSlopesOfTheLoss() {
    NetworkSpec spec = smooth();
    double[] images = normal(BATCH * spec.input().size(), new SplittableRandom(5));
    try (ParameterSet set = unusual(spec, Precision.FLOAT64);
        Tape tape = new Tape(Arena.create(Precision.FLOAT64))) {
      Network network = new Network(spec, set);
      Variable input = tape.input(shape(spec), images);
      tape.backward(loss(network.forward(tape, input, training())));
      double[] toImages = input.gradient().toDoubles();
      List<double[]> toParameters = new ArrayList<>();
      set.parameters().forEach(p -> toParameters.add(p.gradient().toDoubles()));

      for (int p = 0; p < toParameters.size(); p++) {
        Parameter parameter = set.parameters().get(p);
        double[] values = parameter.value().toDoubles();
        double[] slopes =
            slopes(
                values,
                moved -> {
                  parameter.value().set(moved);
                  return lossOf(network, tape, images);
                });
        parameter.value().set(values);
        assertThat(toParameters.get(p)).as(parameter.name()).containsExactly(slopes, within(1e-6));
      }
      double[] slopes = slopes(images, moved -> lossOf(network, tape, moved));
      assertThat(toImages).containsExactly(slopes, within(1e-6));
    }
  }

  interface Loss {
    double at(double[] values);
  }

  /** Central differences. */
  static double[] slopes(double[] values, Loss loss) {
    double step = 1e-5;
    double[] slopes = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double[] moved = values.clone();
      moved[i] = values[i] + step;
      double up = loss.at(moved);
      moved[i] = values[i] - step;
      slopes[i] = (up - loss.at(moved)) / (2 * step);
    }
    return slopes;
  }

  private static double lossOf(Network network, Tape tape, double[] images) {
    tape.reset();
    Variable input = tape.constant(shape(network.spec()), images);
    return loss(network.forward(tape, input, training())).value().item();
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void twoRunsAgreeToTheBit(Family family) {
    NetworkSpec spec = family.build(new ImageShape(9, 8, 3), 5, narrow(family));

    float[][] one = gradientsAndBuffers(spec);
    float[][] other = gradientsAndBuffers(spec);

    assertThat(one[0]).isEqualTo(other[0]);
    assertThat(one[1]).isEqualTo(other[1]);
  }

  private static float[][] gradientsAndBuffers(NetworkSpec spec) {
    float[] images = floats(normal(BATCH * spec.input().size(), new SplittableRandom(7)));
    try (ParameterSet set = ParameterSet.allocate(spec).initialise(new SplittableRandom(8));
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      Network network = new Network(spec, set);
      for (int step = 0; step < 2; step++) {
        tape.reset();
        set.clearGradients();
        Variable logits = network.forward(tape, tape.constant(shape(spec), images), training());
        tape.backward(loss(logits));
      }
      return new float[][] {set.gradients(), set.buffers()};
    }
  }

  @Test
  void trainingReachesEveryParameterAndMovesTheBuffers() {
    NetworkSpec spec = Family.MOBILE_NET_V2.build(IMAGE, 4, narrow(Family.MOBILE_NET_V2));
    try (ParameterSet set = ParameterSet.allocate(spec).initialise(new SplittableRandom(8));
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      float[] buffers = set.buffers();
      float[] images = floats(normal(BATCH * IMAGE.size(), new SplittableRandom(7)));

      Variable logits =
          new Network(spec, set).forward(tape, tape.constant(shape(spec), images), training());
      tape.backward(loss(logits));

      assertThat(set.parameters()).allMatch(Parameter::touched);
      assertThat(set.buffers()).isNotEqualTo(buffers);
    }
  }

  @Test
  void evaluationChangesNothingAndGivesParametersNoGradient() {
    NetworkSpec spec = Family.PLAIN.build(IMAGE, 4, narrow(Family.PLAIN));
    try (ParameterSet set = unusual(spec, Precision.FLOAT32);
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      float[] values = set.values();
      float[] buffers = set.buffers();
      float[] images = floats(normal(BATCH * IMAGE.size(), new SplittableRandom(7)));

      Variable input = tape.input(shape(spec), images);
      tape.backward(loss(new Network(spec, set).forward(tape, input, EVALUATION)));

      assertThat(set.values()).isEqualTo(values);
      assertThat(set.buffers()).isEqualTo(buffers);
      assertThat(set.parameters()).noneMatch(Parameter::touched);
      assertThat(input.gradient().toFloats()).isNotEqualTo(new float[images.length]);
    }
  }

  @Test
  void evaluationOfABatchIsThatOfItsImages() {
    NetworkSpec spec = Family.PLAIN.build(IMAGE, 4, narrow(Family.PLAIN));
    double[] images = normal(BATCH * IMAGE.size(), new SplittableRandom(7));
    try (ParameterSet set = unusual(spec, Precision.FLOAT64);
        Tape tape = new Tape(Arena.create(Precision.FLOAT64))) {
      Network network = new Network(spec, set);
      double[] together =
          network.forward(tape, tape.constant(shape(spec), images), EVALUATION).value().toDoubles();
      for (int i = 0; i < BATCH; i++) {
        double[] image = Arrays.copyOfRange(images, i * IMAGE.size(), (i + 1) * IMAGE.size());
        Variable one = tape.constant(Shape.of(1, 6, 5, 2), image);

        double[] alone = network.forward(tape, one, EVALUATION).value().toDoubles();

        assertThat(alone)
            .containsExactly(Arrays.copyOfRange(together, 4 * i, 4 * i + 4), within(1e-12));
      }
    }
  }

  /** Batch norm is computed together with a ReLU only if nothing else reads it. */
  @Test
  void batchNormThatOthersReadTooKeepsItsNegativeValues() {
    NetworkSpec spec =
        new NetworkBuilder("fork", IMAGE)
            .with("norm", Layer.BatchNormalization.STANDARD, NetworkSpec.INPUT)
            .with("relu", new Layer.Activation(Layer.Activation.Function.RELU), "norm")
            .with("other", Layer.BatchNormalization.STANDARD, "relu")
            .with("again", new Layer.Activation(Layer.Activation.Function.RELU), "other")
            .with("sum", new Layer.Add(), "norm", "relu", "again")
            .with("pool", new Layer.GlobalAveragePooling(), "sum")
            .build();

    compareEvaluation(spec);
  }

  @Test
  void imagesOfAnotherShapeAreRefused() {
    NetworkSpec spec = Family.PLAIN.build(IMAGE, 4, narrow(Family.PLAIN));
    try (ParameterSet set = ParameterSet.allocate(spec);
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      Network network = new Network(spec, set);
      Variable images = tape.constant(Shape.of(1, 6, 5, 3), new float[90]);

      assertThatThrownBy(() -> network.forward(tape, images, EVALUATION))
          .hasMessage("network 'plain' takes images [batch, 6, 5, 2], got [1, 6, 5, 3]");
    }
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() {
    NetworkSpec one = Family.PLAIN.build(IMAGE, 4, narrow(Family.PLAIN));
    NetworkSpec other = Family.PLAIN.build(IMAGE, 5, narrow(Family.PLAIN));
    try (ParameterSet set = ParameterSet.allocate(other)) {
      assertThatThrownBy(() -> new Network(one, set))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("do not fit network 'plain'");
    }
  }

  @Test
  void droppingHappensInTrainingOnly() {
    NetworkSpec spec =
        new NetworkBuilder("drop", IMAGE)
            .with("path", new Layer.DropPath(0.5), NetworkSpec.INPUT)
            .with("pool", new Layer.GlobalAveragePooling(), "path")
            .with("dropout", new Layer.Dropout(0.5), "pool")
            .build();
    double[] images = new double[64 * IMAGE.size()];
    Arrays.fill(images, 1);
    try (ParameterSet set = ParameterSet.allocate(spec, Precision.FLOAT64);
        Tape tape = new Tape(Arena.create(Precision.FLOAT64))) {
      Network network = new Network(spec, set);
      Variable input = tape.constant(Shape.of(64, 6, 5, 2), images);
      Mode without = new Mode.Training(new SplittableRandom(1), 0);

      double[] still = network.forward(tape, input, EVALUATION).value().toDoubles();
      double[] units = network.forward(tape, input, without).value().toDoubles();
      double[] both = network.forward(tape, input, training()).value().toDoubles();
      double[] again = network.forward(tape, input, training()).value().toDoubles();

      assertThat(still).containsOnly(1);
      assertThat(units).containsOnly(0, 2).contains(0, 2);
      assertThat(both).containsOnly(0, 4).contains(0, 4).isEqualTo(again);
    }
  }

  static Mode training() {
    return new Mode.Training(new SplittableRandom(11), 1);
  }

  static Shape shape(NetworkSpec spec) {
    ImageShape image = spec.input();
    return Shape.of(BATCH, image.height(), image.width(), image.channels());
  }

  static Variable loss(Variable logits) {
    return Losses.crossEntropy(logits, new int[] {0, 1, 1}, 0.1);
  }

  /** Parameters and buffers all different from those of a new network. */
  static ParameterSet unusual(NetworkSpec spec, Precision precision) {
    RandomGenerator random = new SplittableRandom(13);
    ParameterSet set = ParameterSet.allocate(spec, precision).initialise(random);
    for (Parameter parameter : set.parameters()) {
      if (!parameter.decays()) {
        double[] values = normal((int) parameter.value().size(), random);
        parameter.value().set(Arrays.stream(values).map(x -> 1 + 0.2 * x).toArray());
      }
    }
    for (String name : set.bufferNames()) {
      double[] values = normal((int) set.buffer(name).size(), random);
      boolean variance = name.endsWith("/variance");
      set.buffer(name)
          .set(Arrays.stream(values).map(x -> variance ? 0.5 + x * x : 0.3 * x).toArray());
    }
    return set;
  }

  static double[] normal(int length, RandomGenerator random) {
    return random.doubles(length).map(x -> 3 * x - 1.5).toArray();
  }

  static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  private static List<Integer> narrow(Family family) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < family.usualWidths().size(); i++) {
      widths.add(2 + i % 3);
    }
    return widths;
  }

  static NetworkSpec smooth() {
    Layer tanh = new Layer.Activation(Layer.Activation.Function.TANH);
    return new NetworkBuilder("smooth", new ImageShape(5, 4, 2))
        .with("stem", new Layer.Convolution(4, 3, 2, 1, true), NetworkSpec.INPUT)
        .with("norm", Layer.BatchNormalization.STANDARD, "stem")
        .with("tanh", tanh, "norm")
        .with("depthwise", new Layer.DepthwiseConvolution(3, 1, 2), "tanh")
        .with("point", new Layer.Convolution(4, 1, 1, 1, false), "depthwise")
        .with("plain", new Layer.BatchNormalization(false, 1e-3, 0.5), "point")
        .with("sum", new Layer.Add(), "plain", "tanh", "norm")
        .with("slice", new Layer.ChannelSlice(1, 3), "sum")
        .with("gate", Layer.Scale.LEARNED, "slice")
        .with("constant", Layer.Scale.by(-0.3), "tanh")
        .with("join", new Layer.Concatenation(), "gate", "constant", "tanh")
        .with("mean", new Layer.Pooling(Layer.Pooling.Kind.AVERAGE, 3, 2), "join")
        .with("sigmoid", new Layer.Activation(Layer.Activation.Function.SIGMOID), "mean")
        .with("pool", new Layer.GlobalAveragePooling(), "sigmoid")
        .with("dropout", new Layer.Dropout(0.3), "pool")
        .with("linear", new Layer.Linear(3, true), "dropout")
        .build();
  }
}
