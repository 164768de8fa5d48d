package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.augment.Augmentation;
import org.espalier.data.Batch;
import org.espalier.data.BatchSource;
import org.espalier.data.LastBatch;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.network.ReadyMade.Family;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.LocalSgd;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.espalier.training.Optimiser;
import org.espalier.training.Regularisation;
import org.espalier.training.Schedule;
import org.espalier.training.StepFigures;
import org.espalier.training.Trainer;
import org.espalier.training.TrainingData;
import org.espalier.training.TrainingListener;
import org.espalier.training.TrainingSettings;
import org.espalier.training.TrainingState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A supernet with one candidate a layer is a plain network. */
class OneCandidateTest {
  private static final int BATCH = 16;
  private static final double RATE = 0.05;
  private static final long SEED = 4;

  @ParameterizedTest
  @CsvSource({"RESNET8, 12, 1e-4", "MOBILE_NET_V2, 4, 2e-3"})
  void theLossCurveIsThatOfPlainTraining(Family family, int steps, double tolerance) {
    WidthSpace space = Spaces.of(family, 6);
    NetworkSpec spec = space.networkOf(space.narrowest());
    TrainingData data = Spaces.tinted(64, 0);
    TrainingSettings settings =
        new TrainingSettings(
            3,
            BATCH,
            new Optimiser.Sgd(RATE, 0.9),
            new Schedule.Constant(0.0),
            new Regularisation(5e-3, 0.1, 0.0, 0.0, 0.0),
            null,
            null);
    List<Double> plain = new ArrayList<>();
    try (Trainer trainer = new Trainer(spec, settings, data, SEED)) {
      TrainingState start = trainer.start();
      trainer.advance(
          start,
          steps,
          new TrainingListener() {
            @Override
            public void step(StepFigures figures) {
              plain.add(figures.loss());
            }
          });

      List<Double> shared = losses(space, start, data, steps);

      assertThat(shared.get(0)).isCloseTo(plain.get(0), within(1e-6));
      for (int step = 0; step < steps; step++) {
        // Two orders of rounding part slowly, faster in the deeper network.
        assertThat(shared.get(step)).isCloseTo(plain.get(step), within(tolerance));
      }
      assertThat(plain.get(steps - 1)).isLessThan(plain.get(0) - 0.01);
    }
  }

  private static List<Double> losses(
      WidthSpace space, TrainingState start, TrainingData data, int steps) {
    Sharing sharing = Sharing.Transition.complete();
    MetaLayout layout = MetaLayout.of(space, sharing);
    int[] training = IntStream.range(0, data.trainingSize()).toArray();
    BatchSource source = new BatchSource(data.images(), training, data.normalization(), BATCH);
    List<Double> losses = new ArrayList<>();
    try (AffineSupernet net = new AffineSupernet(layout)) {
      net.load(values(layout, start), AffineMaps.of(space, sharing, 0));
      for (int step = 0; step < steps; step++) {
        int perEpoch = data.trainingSize() / BATCH;
        Batch batch =
            source
                .epoch(SEED, step / perEpoch, Augmentation.NONE, LastBatch.DROP)
                .get(step % perEpoch);
        losses.add(
            net.net()
                .trainStep(
                    Spaces.picks(space, 0),
                    batch,
                    RATE,
                    new LocalSgd(0.9, 5e-3, 0.1),
                    Seeds.generator(0))
                .loss());
      }
    }
    return losses;
  }

  /** The trainer's first weights in the places where the layout has them. */
  private static Floats values(MetaLayout layout, TrainingState start) {
    WidthSpace space = layout.space();
    float[] values = new float[layout.size()];
    try (ParameterSet set = ParameterSet.allocate(space.networkOf(space.narrowest()))) {
      set.setValues(start.weights().values());
      for (Site site : layout.sites()) {
        layout
            .slab(site.node() + "/weight")
            .ifPresent(
                slab ->
                    spread(
                        set.parameter(site.node() + "/weight").value().toFloats(), slab, values));
        layout
            .slab(site.node() + "/bias")
            .ifPresent(
                slab ->
                    spread(set.parameter(site.node() + "/bias").value().toFloats(), slab, values));
        layout
            .pair(site, Spaces.picks(space, 0))
            .ifPresent(
                pair -> {
                  List<float[]> parts = new ArrayList<>();
                  if (site.kind() == Site.Kind.SHORTCUT) {
                    parts.add(set.parameter(site.node() + "/weight").value().toFloats());
                  }
                  String norm = site.norm().orElseThrow();
                  parts.add(set.parameter(norm + "/scale").value().toFloats());
                  parts.add(set.parameter(norm + "/shift").value().toFloats());
                  int next = pair.start();
                  for (float[] part : parts) {
                    System.arraycopy(part, 0, values, next, part.length);
                    next += part.length;
                  }
                  assertThat(next).isEqualTo(pair.start() + pair.length());
                });
      }
    }
    return Floats.of(values);
  }

  /** Puts a weight into the first rows and columns of each tap. */
  private static void spread(float[] weight, Slab slab, float[] values) {
    int columns = slab.columns().position() == Site.FIXED ? slab.columns().size() : 6;
    int rows = weight.length / slab.taps() / columns;
    for (int i = 0; i < weight.length; i++) {
      int tap = i / columns / rows;
      int row = i / columns % rows;
      int at = (tap * slab.rows().size() + row) * slab.columns().size() + i % columns;
      values[slab.start() + at] = weight[i];
    }
  }
}
