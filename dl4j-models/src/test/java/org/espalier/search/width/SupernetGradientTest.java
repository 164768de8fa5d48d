package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.espalier.data.Batch;
import org.espalier.network.ReadyMade.Family;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.LocalSgd;
import org.espalier.search.supernet.SharedLayout;
import org.espalier.search.supernet.StepOutcome;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SupernetGradientTest {
  private static final double STEP = 1e-7;
  private static final int SIZE = 8;
  private static final float[] IMAGES = Spaces.images(SIZE);
  private static final int[] LABELS = Spaces.labels(SIZE);
  private static final Batch BATCH = Spaces.batch(SIZE);

  static Stream<Arguments> cases() {
    var residual = new WidthChoices(null, null, List.of(2, 3), WidthChoices.Unit.RESIDUAL, null);
    return Stream.of(
        Arguments.of(Spaces.of(Family.PLAIN3, 2, 3), Sharing.Transition.complete(), 0.6),
        Arguments.of(Spaces.of(Family.RESNET8, 2, 3), Sharing.Transition.complete(), 0.9),
        Arguments.of(Spaces.of(Family.RESNET8, 2, 3), new Sharing.Overlap(0.5), 0.0),
        Arguments.of(
            WidthSpace.of(Family.RESNET8, Spaces.IMAGE, Spaces.CLASSES, residual),
            Sharing.Transition.complete(),
            0.4),
        Arguments.of(Spaces.of(Family.SEPARABLE, 2, 3), Sharing.Transition.complete(), 0.3));
  }

  private static double[] doubles(Floats values) {
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i);
    }
    return numbers;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aStepGoesDownTheGradientThatDifferencesGive(
      WidthSpace space, Sharing sharing, double angle) {
    MetaLayout layout = MetaLayout.of(space, sharing);
    AffineMaps maps = AffineMaps.of(space, sharing, angle);
    List<Integer> picks = Spaces.mixedPicks(space, 1);
    Floats start = Spaces.unusual(layout);
    try (Reference reference = new Reference(layout, maps, picks);
        AffineSupernet net = new AffineSupernet(layout)) {
      double[] values = doubles(start);
      double loss = reference.loss(values, IMAGES, LABELS);
      double[] gradient = reference.gradient();
      RandomGenerator random = Seeds.generator(1);
      for (int trial = 0; trial < 2; trial++) {
        double[] direction = random.doubles(values.length, -1, 1).toArray();
        double slope = slope(reference, values, direction);
        assertThat(dot(gradient, direction)).isCloseTo(slope, within(1e-6));
      }

      net.load(start, maps);
      StepOutcome passed =
          net.net().trainStep(picks, BATCH, 1, new LocalSgd(0, 0, 0), Seeds.generator(0));

      assertThat(passed.loss()).isCloseTo(loss, within(1e-5));
      double[] step = new double[values.length];
      Map<String, float[]> change = net.net().difference();
      for (SharedLayout.Range block : layout.touched(picks)) {
        float[] part = change.get(block.name());
        for (int i = 0; i < part.length; i++) {
          step[block.start() + i] = part[i] + gradient[block.start() + i];
        }
      }
      // Single precision through some twenty layers.
      assertThat(Math.sqrt(dot(step, step))).isLessThan(2e-4 * Math.sqrt(dot(gradient, gradient)));
    }
  }

  private static double slope(Reference reference, double[] values, double[] direction) {
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      double[] moved = values.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (side == 0 ? STEP : -STEP) * direction[i];
      }
      losses[side] = reference.loss(moved, IMAGES, LABELS);
    }
    return (losses[0] - losses[1]) / (2 * STEP);
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  @Test
  void gatesAreFactorsOnTheOutputsOfBatchNorms() {
    WidthSpace space = Spaces.of(Family.RESNET8, 2, 3);
    MetaLayout layout = MetaLayout.of(space, Sharing.Transition.complete());
    AffineMaps maps = AffineMaps.of(space, Sharing.Transition.complete(), 0.4);
    List<Integer> picks = Spaces.mixedPicks(space, 1);
    Floats start = Spaces.unusual(layout);
    try (Reference reference = new Reference(layout, maps, picks);
        AffineSupernet net = new AffineSupernet(layout)) {
      net.load(start, maps);

      List<List<Double>> gates = slopes(net, picks);

      assertThat(gates).hasSize(space.family().usualWidths().size());
      for (Site site : layout.sites()) {
        if (site.kind() == Site.Kind.CONVOLUTION) {
          SharedLayout.Range pair = layout.pair(site, picks).orElseThrow();
          double[] values = doubles(start);
          double[] along = new double[values.length];
          System.arraycopy(values, pair.start(), along, pair.start(), pair.length());
          double slope = slope(reference, values, along);
          assertThat(sum(gates.get(site.output()))).as(site.node()).isCloseTo(slope, within(1e-5));
          int channels = pair.length() / 2;
          Arrays.fill(along, 0);
          along[pair.start() + 1] = values[pair.start() + 1];
          along[pair.start() + channels + 1] = values[pair.start() + channels + 1];
          assertThat(gates.get(site.output())).hasSize(channels);
          assertThat(gates.get(site.output()).get(1))
              .isCloseTo(slope(reference, values, along), within(1e-5));
        }
      }
      assertThat(net.net().difference()).isEmpty();
    }
  }

  @Test
  void gatesOfLayersThatOnlyAnotherBatchNormReadsHaveNoSlope() {
    WidthSpace space = Spaces.of(Family.RESNET8, 2, 3);
    MetaLayout layout = MetaLayout.of(space, new Sharing.Ordinal());
    List<Integer> picks = Spaces.mixedPicks(space, 0);
    try (AffineSupernet net = new AffineSupernet(layout)) {
      net.load(Spaces.unusual(layout), AffineMaps.of(space, new Sharing.Ordinal(), 0));

      List<Double> gates = slopes(net, picks).stream().map(SupernetGradientTest::sum).toList();

      // Choices 1, 3 and 5 are the inner layers of the three blocks.
      assertThat(Math.abs(gates.get(1))).isLessThan(0.01 * Math.abs(gates.get(2)));
      assertThat(Math.abs(gates.get(3))).isLessThan(0.01 * Math.abs(gates.get(4)));
      assertThat(Math.abs(gates.get(5))).isLessThan(0.01 * Math.abs(gates.get(6)));
    }
  }

  private static List<List<Double>> slopes(AffineSupernet net, List<Integer> picks) {
    assertThat(net.net().gradients(picks, BATCH, Seeds.generator(0)).sound()).isTrue();
    return net.channelSlopes(picks);
  }

  /** The gate of a layer is that of all its channels together. */
  private static double sum(List<Double> channels) {
    return channels.stream().mapToDouble(Double::doubleValue).sum();
  }

  @Test
  void gradientsOfOrdinalCandidatesAgreeAndThoseOfIndependentOnesDoNot() {
    WidthSpace space = Spaces.of(Family.PLAIN3, 2, 3);
    Sharing sharing = Sharing.Transition.complete();
    MetaLayout layout = MetaLayout.of(space, sharing);
    Slab kernel = layout.slab("layer2/conv/weight").orElseThrow();

    double ordinal = agreement(space, layout, 0, kernel);
    double between = agreement(space, layout, Math.PI / 4, kernel);
    double independent = agreement(space, layout, Math.PI / 2, kernel);

    assertThat(ordinal).isNotZero();
    assertThat(between).isNotZero();
    assertThat(independent).isZero();
  }

  /** Inner product of the gradients of the narrowest and the widest network in one kernel. */
  private static double agreement(WidthSpace space, MetaLayout layout, double angle, Slab kernel) {
    AffineMaps maps = AffineMaps.of(space, Sharing.Transition.complete(), angle);
    double[] values = doubles(Spaces.unusual(layout));
    double[][] gradients = new double[2][];
    for (int pick = 0; pick < 2; pick++) {
      try (Reference reference = new Reference(layout, maps, Spaces.picks(space, pick))) {
        reference.loss(values, IMAGES, LABELS);
        gradients[pick] =
            Arrays.copyOfRange(
                reference.gradient(), kernel.start(), kernel.start() + kernel.length());
      }
    }
    return dot(gradients[0], gradients[1]);
  }
}
