package org.espalier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.espalier.autograd.Parameter;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ReadyMade.Family;
import org.espalier.storage.Archive;
import org.espalier.storage.ArchiveException;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterSetTest {
  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);
  private static final NetworkSpec EVERY_LAYER = NetworkSpecsTest.everyLayer();

  @Test
  void parametersAreNamedAndShapedAfterTheirLayers() {
    try (ParameterSet set = ParameterSet.allocate(EVERY_LAYER)) {
      assertThat(set.parameters())
          .extracting(Parameter::name)
          .containsExactly(
              "stem/weight",
              "stem/bias",
              "a/norm/scale",
              "a/norm/shift",
              "b/depthwise/weight",
              "gate/factor",
              "linear/weight",
              "linear/bias");
      assertThat(set.bufferNames())
          .containsExactly("a/norm/mean", "a/norm/variance", "a/plain/mean", "a/plain/variance");
      assertThat(set.parameter("stem/weight").value().shape()).isEqualTo(Shape.of(3, 3, 3, 8));
      assertThat(set.parameter("b/depthwise/weight").value().shape())
          .isEqualTo(Shape.of(5, 5, 8, 1));
      assertThat(set.parameter("linear/weight").value().shape()).isEqualTo(Shape.of(11, 4));
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void thereAreAsManyParametersAsTheCostCounts(Family family) {
    NetworkSpec spec = family.build(CIFAR, 10, family.usualWidths());

    try (ParameterSet set = ParameterSet.allocate(spec)) {
      assertThat(set.size()).isEqualTo((int) NetworkCost.of(spec).parameters());
    }
  }

  @Test
  void onlyWeightsDecayAndTheyLieFirst() {
    try (ParameterSet set = ParameterSet.allocate(EVERY_LAYER)) {
      set.flatValues().slice(0, Shape.of((int) set.decayingSize())).fill(1);

      for (Parameter parameter : set.parameters()) {
        boolean weight = parameter.name().endsWith("/weight");
        assertThat(parameter.decays()).as(parameter.name()).isEqualTo(weight);
        assertThat(parameter.value().toFloats()).containsOnly(weight ? 1 : 0);
      }
    }
  }

  @Test
  void valuesAndBuffersAreTheFlatViewInTheOrderOfTheNodes() {
    try (ParameterSet set = ParameterSet.allocate(EVERY_LAYER)) {
      float[] values = counting(set.size());
      float[] buffers = counting(set.bufferSize());
      set.setValues(values);
      set.setBuffers(buffers);

      assertThat(set.values()).isEqualTo(values);
      assertThat(set.buffers()).isEqualTo(buffers);
      assertThat(set.parameter("stem/weight").value().toFloats())
          .isEqualTo(Arrays.copyOf(values, 216));
      assertThat(set.parameter("stem/bias").value().toFloats())
          .isEqualTo(Arrays.copyOfRange(values, 216, 224));
      assertThat(set.buffer("a/norm/variance").toFloats())
          .isEqualTo(Arrays.copyOfRange(buffers, 8, 16));
    }
  }

  @Test
  void viewsOfAnotherLengthAreRefused() {
    try (ParameterSet set = ParameterSet.allocate(EVERY_LAYER)) {
      assertThatThrownBy(() -> set.setValues(new float[set.size() + 1]))
          .hasMessage("expected %d values, got %d", set.size(), set.size() + 1);
      assertThatThrownBy(() -> set.setBuffers(new float[0])).hasMessageContaining("got 0");
    }
  }

  @Test
  void unknownNamesAreRefused() {
    try (ParameterSet set = ParameterSet.allocate(EVERY_LAYER)) {
      assertThatThrownBy(() -> set.parameter("stem/scale"))
          .hasMessage("network 'every-layer_1.0' has no parameter 'stem/scale'");
      assertThatThrownBy(() -> set.buffer("stem/mean")).hasMessageContaining("no buffer");
    }
  }

  /**
   * Over 20,000 draws the standard errors of mean and variance are 0.7 % and 1 %; 5 are allowed.
   */
  @Test
  void convolutionsStartNormalWithVariance2OverFanOut() {
    NetworkSpec spec = ReadyMade.plain(new ImageShape(4, 4, 50), 2, List.of(45), List.of(1));

    try (ParameterSet set = ParameterSet.allocate(spec).initialise(new SplittableRandom(1))) {
      float[] weights = set.parameter("layer1/conv/weight").value().toFloats();

      double deviation = Math.sqrt(2.0 / (9 * 45));
      double[] scaled =
          IntStream.range(0, weights.length).mapToDouble(i -> weights[i] / deviation).toArray();
      assertThat(scaled).hasSize(20_250);
      assertThat(Arrays.stream(scaled).average().orElseThrow()).isCloseTo(0, within(0.035));
      assertThat(Arrays.stream(scaled).map(x -> x * x).average().orElseThrow())
          .isCloseTo(1, within(0.05));
      // A normal variable is within one deviation with probability 0.6827; standard error 0.33 %.
      assertThat(Arrays.stream(scaled).filter(x -> Math.abs(x) < 1).count() / 20_250.0)
          .isCloseTo(0.6827, within(0.0165));
    }
  }

  @Test
  void otherParametersStartAsDocumented() {
    try (ParameterSet set =
        ParameterSet.allocate(EVERY_LAYER).initialise(new SplittableRandom(1))) {
      assertThat(set.parameter("stem/bias").value().toFloats()).containsOnly(0);
      assertThat(set.parameter("a/norm/scale").value().toFloats()).containsOnly(1);
      assertThat(set.parameter("a/norm/shift").value().toFloats()).containsOnly(0);
      assertThat(set.buffer("a/plain/mean").toFloats()).containsOnly(0);
      assertThat(set.buffer("a/plain/variance").toFloats()).containsOnly(1);
      for (String name : List.of("linear/weight", "linear/bias")) {
        double[] values = set.parameter(name).value().toDoubles();
        assertThat(Arrays.stream(values).map(Math::abs)).allMatch(x -> x <= 1 / Math.sqrt(11));
        assertThat(values).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void equalGeneratorsGiveEqualBits() {
    try (ParameterSet one = ParameterSet.allocate(EVERY_LAYER).initialise(new SplittableRandom(3));
        ParameterSet same = ParameterSet.allocate(EVERY_LAYER).initialise(new SplittableRandom(3));
        ParameterSet other =
            ParameterSet.allocate(EVERY_LAYER).initialise(new SplittableRandom(4))) {
      assertThat(one.values()).isEqualTo(same.values()).isNotEqualTo(other.values());
    }
  }

  @Test
  void everythingComesBackFromAnArchive() {
    try (ParameterSet set = ParameterSet.allocate(EVERY_LAYER)) {
      set.setValues(counting(set.size()));
      set.setBuffers(counting(set.bufferSize()));

      try (ParameterSet read = ParameterSet.fromArchive(EVERY_LAYER, set.toArchive())) {
        assertThat(read.values()).isEqualTo(set.values());
        assertThat(read.buffers()).isEqualTo(set.buffers());
        assertThat(read.toArchive().toBytes()).isEqualTo(set.toArchive().toBytes());
      }
    }
  }

  @Test
  void archivesThatDoNotFitAreRefusedAndChangeNothing() {
    NetworkSpec other = Family.PLAIN.build(CIFAR, 10, Family.PLAIN.usualWidths());
    try (ParameterSet set = ParameterSet.allocate(EVERY_LAYER);
        ParameterSet foreign = ParameterSet.allocate(other)) {
      Archive sound = set.toArchive();
      Archive.Builder lacking = Archive.builder("weights").header(sound.header());
      Archive.Builder wrong = Archive.builder("weights").header(sound.header());
      for (String name : sound.names()) {
        if (!name.equals("linear/bias")) {
          lacking.floats(name, new float[sound.floats(name).length]);
        }
        wrong.floats(name, new float[3]);
      }
      set.setValues(counting(set.size()));

      refused(set, foreign.toArchive(), "holds weights of network 'plain' with hash");
      refused(set, Archive.builder("checkpoint").build(), "expected 'weights'");
      refused(set, lacking.build(), "has no block 'linear/bias'");
      refused(set, wrong.build(), "'stem/weight' has 3 values, expected 216");
      assertThat(set.values()).isEqualTo(counting(set.size()));
    }
  }

  @Test
  void untouchedGradientsReadAsZero() {
    try (ParameterSet set = ParameterSet.allocate(EVERY_LAYER)) {
      set.flatGradients().fill(Double.NaN);
      set.clearGradients();

      assertThat(set.gradients()).hasSize(set.size()).containsOnly(0);
    }
  }

  private static void refused(ParameterSet set, Archive archive, String message) {
    assertThatThrownBy(() -> set.load(archive))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(message);
  }

  private static float[] counting(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = i + 1;
    }
    return values;
  }
}
