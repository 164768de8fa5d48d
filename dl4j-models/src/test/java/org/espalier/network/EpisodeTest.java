package org.espalier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.autograd.Losses;
import org.espalier.autograd.Matrices;
import org.espalier.autograd.Parameter;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EpisodeTest {
  private static final int SUPPORT = 4;
  private static final int BATCH = 7;
  private static final ImageShape IMAGE = new ImageShape(6, 5, 2);
  private static final Layer RELU = new Layer.Activation(Layer.Activation.Function.RELU);

  /** Batch norm with ReLU, without, and without scale and shift; dropping does nothing. */
  private static final NetworkSpec SPEC =
      new NetworkBuilder("episode", IMAGE)
          .with("1/conv", new Layer.Convolution(4, 3, 1, 1, false), NetworkSpec.INPUT)
          .with("1/norm", Layer.BatchNormalization.STANDARD, "1/conv")
          .with("1/relu", RELU, "1/norm")
          .with("1/pool", new Layer.Pooling(Layer.Pooling.Kind.MAX, 3, 2), "1/relu")
          .with("2/conv", new Layer.Convolution(3, 3, 1, 1, false), "1/pool")
          .with("2/norm", new Layer.BatchNormalization(false, 1e-3, 0.1), "2/conv")
          .with("2/path", new Layer.DropPath(0.5), "2/norm")
          .with("3/norm", Layer.BatchNormalization.STANDARD, "2/path")
          .with("pool", new Layer.GlobalAveragePooling(), "3/norm")
          .with("drop", new Layer.Dropout(0.5), "pool")
          .with("linear", new Layer.Linear(3, true), "drop")
          .build();

  /** Places of an image that each batch norm sees. */
  private static final List<Integer> PLACES = List.of(6 * 5, 3 * 3, 3 * 3);

  /** The estimate is unbiased, what batch norm divides by in training and here is not. */
  @ParameterizedTest
  @EnumSource
  void itIsEvaluationByStatisticsOfTheSupportImages(Precision precision) {
    double[] images = images();
    try (ParameterSet set = NetworkTest.unusual(SPEC, precision);
        Tape tape = new Tape(Arena.create(precision))) {
      Network network = new Network(SPEC, set);
      double[] logits = logits(network, tape, images, new Mode.Episode(SUPPORT));

      double[] support = Arrays.copyOf(images, SUPPORT * IMAGE.size());
      logits(network, tape, support, new Mode.Estimation(1));
      for (int norm = 1; norm <= PLACES.size(); norm++) {
        double rows = SUPPORT * PLACES.get(norm - 1);
        double[] variance = set.buffer(norm + "/norm/variance").toDoubles();
        set.buffer(norm + "/norm/variance")
            .set(Arrays.stream(variance).map(v -> v * (rows - 1) / rows).toArray());
      }
      double[] expected = logits(network, tape, images, new Mode.Evaluation());

      double tolerance = precision == Precision.FLOAT64 ? 1e-12 : 1e-5;
      assertThat(logits).containsExactly(expected, within(tolerance));
    }
  }

  @Test
  void noQueryImageHasAnInfluenceOnOthers() {
    double[] images = images();
    double[] others = images.clone();
    Arrays.fill(others, (BATCH - 1) * IMAGE.size(), others.length, 0.25);
    try (ParameterSet set = NetworkTest.unusual(SPEC, Precision.FLOAT32);
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      Network network = new Network(SPEC, set);

      double[] logits = logits(network, tape, images, new Mode.Episode(SUPPORT));
      double[] changed = logits(network, tape, others, new Mode.Episode(SUPPORT));

      int before = 3 * (BATCH - 1);
      assertThat(Arrays.copyOf(changed, before)).isEqualTo(Arrays.copyOf(logits, before));
      assertThat(changed).isNotEqualTo(logits);
    }
  }

  @Test
  void runningStatisticsAreNeitherReadNorMoved() {
    try (ParameterSet set = NetworkTest.unusual(SPEC, Precision.FLOAT32);
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      set.bufferNames().forEach(name -> set.buffer(name).fill(Double.NaN));

      double[] logits = logits(new Network(SPEC, set), tape, images(), new Mode.Episode(SUPPORT));

      assertThat(Arrays.stream(logits)).allMatch(Double::isFinite);
      for (String name : set.bufferNames()) {
        assertThat(set.buffer(name).toDoubles()).containsOnly(Double.NaN);
      }
    }
  }

  /** The loss is of the query images alone: support images count through the statistics. */
  @Test
  void gradientsOfParametersAreSlopesOfTheLoss() {
    NetworkSpec spec = NetworkTest.smooth();
    double[] inputs = NetworkTest.normal(BATCH * spec.input().size(), new SplittableRandom(5));
    try (ParameterSet set = NetworkTest.unusual(spec, Precision.FLOAT64);
        Tape tape = new Tape(Arena.create(Precision.FLOAT64))) {
      Network network = new Network(spec, set);
      tape.backward(queryLoss(network, tape, inputs));

      for (Parameter parameter : set.parameters()) {
        double[] gradient = parameter.gradient().toDoubles();
        double[] values = parameter.value().toDoubles();
        double[] slopes =
            NetworkTest.slopes(
                values,
                moved -> {
                  parameter.value().set(moved);
                  return queryLoss(network, tape, inputs).value().item();
                });
        parameter.value().set(values);
        assertThat(gradient).as(parameter.name()).containsExactly(slopes, within(1e-6));
      }
    }
  }

  private static Variable queryLoss(Network network, Tape tape, double[] images) {
    tape.reset();
    Variable logits =
        network.forward(tape, batch(tape, network, images), new Mode.Episode(SUPPORT));
    return Losses.crossEntropy(Matrices.gatherRows(logits, 4, 5, 6), new int[] {0, 1, 2}, 0);
  }

  @Test
  void supportImagesAreOneToAll() {
    assertThatThrownBy(() -> new Mode.Episode(0)).hasMessage("support must be at least 1, got 0");
    try (ParameterSet set = NetworkTest.unusual(SPEC, Precision.FLOAT32);
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      Network network = new Network(SPEC, set);

      assertThatThrownBy(() -> logits(network, tape, images(), new Mode.Episode(BATCH + 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 7 images");
    }
  }

  private static double[] logits(Network network, Tape tape, double[] images, Mode mode) {
    tape.reset();
    return network.forward(tape, batch(tape, network, images), mode).value().toDoubles();
  }

  private static Variable batch(Tape tape, Network network, double[] images) {
    ImageShape image = network.spec().input();
    return tape.constant(
        Shape.of(images.length / image.size(), image.height(), image.width(), image.channels()),
        images);
  }

  private static double[] images() {
    return NetworkTest.normal(BATCH * IMAGE.size(), new SplittableRandom(2));
  }
}
