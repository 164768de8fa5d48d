package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.espalier.autograd.Tape;
import org.espalier.data.Batch;
import org.espalier.data.BatchSource;
import org.espalier.data.ImageDataset;
import org.espalier.network.ReadyMade.Family;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.LocalSgd;
import org.espalier.search.supernet.SharedVector;
import org.espalier.search.supernet.StepOutcome;
import org.espalier.storage.Floats;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.espalier.training.Score;
import org.espalier.training.TrainingData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AffineSupernetTest {
  private static final LocalSgd PLAIN = new LocalSgd(0, 0, 0);
  private static final LocalSgd USUAL = new LocalSgd(0.9, 5e-4, 0.1);
  private static final int BATCH = 8;
  private static final Batch IMAGES = Spaces.batch(BATCH);

  /** The change of some steps from the same start. */
  private static Map<String, float[]> change(
      WidthSpace space, Sharing sharing, double angle, LocalSgd sgd, List<List<Integer>> steps) {
    MetaLayout layout = MetaLayout.of(space, sharing);
    try (AffineSupernet net = new AffineSupernet(layout)) {
      net.load(Spaces.unusual(layout), AffineMaps.of(space, sharing, angle));
      for (List<Integer> picks : steps) {
        assertThat(net.net().trainStep(picks, IMAGES, 0.1, sgd, Seeds.generator(0)).sound())
            .isTrue();
      }
      return net.net().difference();
    }
  }

  private static double product(Map<String, float[]> one, Map<String, float[]> other) {
    double sum = 0;
    for (String block : one.keySet()) {
      if (other.containsKey(block)) {
        for (int i = 0; i < one.get(block).length; i++) {
          sum += (double) one.get(block)[i] * other.get(block)[i];
        }
      }
    }
    return sum;
  }

  private static float[] shared(Map<String, float[]> change, MetaLayout layout, String weight) {
    Slab slab = layout.slab(weight).orElseThrow();
    float[] part = new float[slab.length()];
    System.arraycopy(change.get(MetaLayout.SHARED), slab.start(), part, 0, part.length);
    return part;
  }

  @Test
  void onlyWhatThePicksUseChangesUnderMomentumAndDecay() {
    WidthSpace space = Spaces.of(Family.PLAIN3, 2, 4);
    MetaLayout layout = MetaLayout.of(space, new Sharing.Ordinal());
    List<Integer> narrow = Spaces.picks(space, 0);

    Map<String, float[]> change =
        change(space, new Sharing.Ordinal(), 0, USUAL, List.of(narrow, narrow, narrow));

    assertThat(change.keySet())
        .containsExactly(
            "weights", "pairs/layer1/conv/0", "pairs/layer2/conv/0x0", "pairs/layer3/conv/0x0");
    float[] kernel = shared(change, layout, "layer2/conv/weight");
    for (int i = 0; i < kernel.length; i++) {
      boolean used = i % 4 < 2 && i / 4 % 4 < 2;
      assertThat(kernel[i] != 0).as("number %d", i).isEqualTo(used);
    }
  }

  @Test
  void independentWidthsDoNotFeelEachOther() {
    WidthSpace space = Spaces.of(Family.PLAIN3, 2, 4);
    Sharing sharing = Sharing.Transition.complete();
    MetaLayout layout = MetaLayout.of(space, sharing);
    List<Integer> narrow = Spaces.picks(space, 0);
    List<Integer> wide = Spaces.picks(space, 1);

    Map<String, float[]> one = change(space, sharing, Math.PI / 2, USUAL, List.of(narrow));
    Map<String, float[]> other = change(space, sharing, Math.PI / 2, USUAL, List.of(wide));
    Map<String, float[]> both = change(space, sharing, Math.PI / 2, USUAL, List.of(narrow, wide));
    double atStart =
        product(
            change(space, sharing, 0, USUAL, List.of(narrow)),
            change(space, sharing, 0, USUAL, List.of(wide)));

    for (String weight :
        List.of("layer1/conv/weight", "layer2/conv/weight", "layer3/conv/weight")) {
      float[] own = shared(one, layout, weight);
      float[] others = shared(other, layout, weight);
      float[] after = shared(both, layout, weight);
      assertThat(own).contains(0f);
      for (int i = 0; i < own.length; i++) {
        assertThat(own[i] * others[i]).isZero();
        assertThat(own[i] == 0 || after[i] == own[i]).isTrue();
      }
    }
    assertThat(atStart).isNotZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      names = {"RESNET8", "MOBILE_NET_V2"})
  void denseMapsDoWhatSlicesDo(Family family) {
    WidthSpace space = Spaces.of(family, 2, 3);
    Sharing sharing = Sharing.Transition.complete();
    MetaLayout layout = MetaLayout.of(space, sharing);
    AffineMaps bands = AffineMaps.of(space, sharing, 0.7);
    List<Integer> picks = Spaces.mixedPicks(space, 1);
    try (AffineSupernet sliced = new AffineSupernet(layout);
        AffineSupernet dense = new AffineSupernet(layout)) {
      sliced.load(Spaces.unusual(layout), bands);
      dense.load(Spaces.unusual(layout), dense(space, bands));

      double loss = sliced.net().trainStep(picks, IMAGES, 0.1, USUAL, Seeds.generator(0)).loss();
      double denseLoss =
          dense.net().trainStep(picks, IMAGES, 0.1, USUAL, Seeds.generator(0)).loss();

      assertThat(denseLoss).isCloseTo(loss, within(1e-5));
      Map<String, float[]> change = sliced.net().difference();
      Map<String, float[]> denseChange = dense.net().difference();
      assertThat(denseChange.keySet()).isEqualTo(change.keySet());
      for (String block : change.keySet()) {
        // Rounding, which fifty batch norms of few numbers amplify.
        assertThat(distance(denseChange.get(block), change.get(block))).as(block).isLessThan(2e-3);
      }
    }
  }

  /** Distance relative to the length of the second. */
  private static double distance(float[] values, float[] expected) {
    double distance = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      distance += Math.pow(values[i] - expected[i], 2);
      length += Math.pow(expected[i], 2);
    }
    return Math.sqrt(distance / length);
  }

  private static AffineMaps dense(WidthSpace space, AffineMaps maps) {
    List<List<AffineMap>> all = new ArrayList<>();
    for (int position = 0; position < space.family().usualWidths().size(); position++) {
      List<AffineMap> candidates = new ArrayList<>();
      for (int pick = 0; pick < space.candidates(position).size(); pick++) {
        AffineMap map = maps.output(position, pick);
        candidates.add(new AffineMap.Dense(map.rows(), map.columns(), map.matrix()));
      }
      all.add(candidates);
    }
    return new AffineMaps(all, all);
  }

  @Test
  void ordinalWeightsAreSlicesToTheBit() {
    WidthSpace space = Spaces.of(Family.PLAIN3, 2, 4);
    MetaLayout layout = MetaLayout.of(space, Sharing.Transition.complete());
    Slab slab = layout.slab("layer2/conv/weight").orElseThrow();
    Floats values = Spaces.unusual(layout);
    SharedVector shared = new SharedVector(layout.size());
    shared.load(values);
    AffineMaps maps = AffineMaps.of(space, Sharing.Transition.complete(), 0);
    float[] projected = new float[9 * 2 * 4];

    try (Tape unused = new Tape(Arena.create(Precision.FLOAT32))) {
      new AffineProjection(slab, () -> maps.input(0, 0), () -> maps.output(1, 1))
          .project(shared, unused, projected);
    }

    for (int tap = 0; tap < 9; tap++) {
      for (int in = 0; in < 2; in++) {
        for (int out = 0; out < 4; out++) {
          float expected = values.get(slab.start() + (tap * 10 + in) * 10 + out);
          assertThat(projected[(tap * 2 + in) * 4 + out]).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void changesOfStepsWithoutMomentumAddUpAcrossWidths() {
    WidthSpace space = Spaces.of(Family.RESNET8, 2, 3);
    Sharing sharing = Sharing.Transition.complete();
    List<List<Integer>> networks =
        List.of(Spaces.picks(space, 0), Spaces.picks(space, 1), Spaces.mixedPicks(space, 0));

    // One large batch of all: for a small rate, steps after each other add up to first order.
    double[] sum = new double[MetaLayout.of(space, sharing).blocks().get(0).length()];
    for (List<Integer> picks : networks) {
      float[] one = change(space, sharing, 0.8, PLAIN, List.of(picks)).get(MetaLayout.SHARED);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += one[i];
      }
    }

    double direction = 0;
    for (List<Integer> picks : networks) {
      float[] one = change(space, sharing, 0.8, PLAIN, List.of(picks)).get(MetaLayout.SHARED);
      assertThat(one).hasSameSizeAs(sum);
      for (int i = 0; i < sum.length; i++) {
        direction += one[i] * sum[i];
      }
    }
    assertThat(direction).isCloseTo(square(sum), within(1e-6 * square(sum)));
  }

  private static double square(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  @Test
  void nothingDependsOnWhatWasThereBefore() {
    WidthSpace space = Spaces.of(Family.RESNET8, 2, 3);
    MetaLayout layout = MetaLayout.of(space, Sharing.Transition.complete());
    AffineMaps maps = AffineMaps.of(space, Sharing.Transition.complete(), 0.5);
    TrainingData data = Spaces.tinted(24, 12);
    List<Integer> picks = Spaces.mixedPicks(space, 1);
    try (AffineSupernet net = new AffineSupernet(layout)) {
      net.load(Spaces.unusual(layout), maps);
      Score before = score(net, picks, data);
      double accuracy = net.net().accuracy(picks, IMAGES).orElseThrow();
      List<List<Double>> gates = slopes(net, picks);
      net.net().trainStep(picks, IMAGES, 0.1, USUAL, Seeds.generator(0));
      Map<String, float[]> change = net.net().difference();

      net.net().spoil();
      assertThatThrownBy(() -> net.net().accuracy(picks, IMAGES))
          .isInstanceOf(IllegalStateException.class);
      net.load(Spaces.unusual(layout), maps);

      assertThat(net.net().difference()).isEmpty();
      assertThat(score(net, picks, data)).isEqualTo(before);
      assertThat(net.net().accuracy(picks, IMAGES)).hasValue(accuracy);
      assertThat(slopes(net, picks)).isEqualTo(gates);
      net.net().trainStep(picks, IMAGES, 0.1, USUAL, Seeds.generator(0));
      assertThat(net.net().difference().keySet()).isEqualTo(change.keySet());
      net.net()
          .difference()
          .forEach((name, values) -> assertThat(values).isEqualTo(change.get(name)));
    }
  }

  private static List<List<Double>> slopes(AffineSupernet net, List<Integer> picks) {
    assertThat(net.net().gradients(picks, IMAGES, Seeds.generator(0)).sound()).isTrue();
    return net.channelSlopes(picks);
  }

  private static Score score(AffineSupernet net, List<Integer> picks, TrainingData data) {
    ImageDataset images = data.images();
    int[] training = new int[data.trainingSize()];
    int[] validation = new int[data.validationSize()];
    for (int i = 0; i < images.size(); i++) {
      (i < training.length ? training : validation)[i % training.length] = i;
    }
    BatchSource calibration = new BatchSource(images, training, data.normalization(), 8);
    BatchSource source = new BatchSource(images, validation, data.normalization(), 5);
    return net.net().evaluate(picks, calibration.inOrder(), 2, source.inOrder());
  }

  @Test
  void trainingLearnsForAllWidthsAndEvaluationSeesIt() {
    WidthSpace space = Spaces.of(Family.PLAIN3, 4, 8);
    MetaLayout layout = MetaLayout.of(space, Sharing.Transition.complete());
    TrainingData data = Spaces.tinted(192, 48);
    int[] training = IntStream.range(0, 192).toArray();
    BatchSource source = new BatchSource(data.images(), training, data.normalization(), 16);
    try (AffineSupernet net = new AffineSupernet(layout)) {
      net.load(
          Floats.of(layout.initial(3)), AffineMaps.of(space, Sharing.Transition.complete(), 0.5));
      for (int step = 0; step < 72; step++) {
        var batch = source.inOrder().get(step % 12);
        List<Integer> picks = List.of(step & 1, step >> 1 & 1, step >> 2 & 1);
        net.net().trainStep(picks, batch, 0.1, USUAL, Seeds.generator(0));
      }

      for (int pick = 0; pick < 2; pick++) {
        Score score =
            net.net()
                .evaluate(
                    Spaces.picks(space, pick),
                    source.inOrder(),
                    6,
                    new BatchSource(
                            data.images(),
                            IntStream.range(192, 240).toArray(),
                            data.normalization(),
                            20)
                        .inOrder());
        assertThat(score.accuracy()).isGreaterThan(0.8);
        assertThat(score.loss()).isBetween(0.0, 0.8);
      }
      assertThat(net.net().accuracy(Spaces.picks(space, 0), source.inOrder().get(0)).orElseThrow())
          .isGreaterThan(0.8);
    }
  }

  @Test
  void aLossThatIsNotFiniteChangesNothing() {
    WidthSpace space = Spaces.of(Family.PLAIN3, 2, 4);
    MetaLayout layout = MetaLayout.of(space, new Sharing.Ordinal());
    float[] values = layout.initial(1);
    values[layout.slab("linear/bias").orElseThrow().start()] = Float.NaN;
    List<Integer> picks = Spaces.picks(space, 0);
    TrainingData data = Spaces.tinted(24, 12);
    try (AffineSupernet net = new AffineSupernet(layout)) {
      net.load(Floats.of(values), AffineMaps.of(space, new Sharing.Ordinal(), 0));

      StepOutcome passed = net.net().trainStep(picks, IMAGES, 0.1, USUAL, Seeds.generator(0));

      assertThat(passed.sound()).isFalse();
      assertThat(passed.loss()).isNaN();
      assertThat(net.net().difference()).isEmpty();
      assertThat(net.net().gradients(picks, IMAGES, Seeds.generator(0)).sound()).isFalse();
      assertThatThrownBy(() -> score(net, picks, data)).isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void stepsStayInTheArenaOnceItKnowsTheWidest() {
    WidthSpace space = Spaces.of(Family.RESNET8, 2, 4);
    MetaLayout layout = MetaLayout.of(space, Sharing.Transition.complete());
    try (AffineSupernet net = new AffineSupernet(layout)) {
      net.load(Spaces.unusual(layout), AffineMaps.of(space, Sharing.Transition.complete(), 0.5));
      for (int shift = 0; shift < 2; shift++) {
        net.net()
            .trainStep(Spaces.mixedPicks(space, shift), IMAGES, 0.1, USUAL, Seeds.generator(0));
      }
      long before = net.net().spilledBytes();

      for (int shift = 0; shift < 6; shift++) {
        net.net()
            .trainStep(Spaces.mixedPicks(space, shift), IMAGES, 0.1, USUAL, Seeds.generator(0));
      }

      assertThat(net.net().spilledBytes()).isEqualTo(before);
    }
  }

  @Test
  void aVectorOfAnotherLengthIsRefused() {
    WidthSpace space = Spaces.of(Family.PLAIN3, 2, 4);
    MetaLayout layout = MetaLayout.of(space, new Sharing.Ordinal());
    AffineMaps maps = AffineMaps.of(space, new Sharing.Ordinal(), 0);
    try (AffineSupernet net = new AffineSupernet(layout)) {
      assertThatThrownBy(() -> net.load(Floats.of(1, 2), maps))
          .hasMessage("the shared vector has %s numbers, got 2".formatted(layout.size()));
    }
  }
}
