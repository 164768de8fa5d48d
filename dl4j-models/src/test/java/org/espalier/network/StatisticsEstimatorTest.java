package org.espalier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.autograd.Tape;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.junit.jupiter.api.Test;

class StatisticsEstimatorTest {
  private static final ImageShape IMAGE = new ImageShape(3, 2, 2);
  private static final NetworkSpec SPEC =
      new NetworkBuilder("norm", IMAGE)
          .with("norm", Layer.BatchNormalization.STANDARD, NetworkSpec.INPUT)
          .with("drop", new Layer.DropPath(0.5), "norm")
          .with("pool", new Layer.GlobalAveragePooling(), "drop")
          .build();

  @Test
  void statisticsBecomeTheMeansOverTheBatchesWhateverWasThere() {
    List<float[]> batches = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double[] images = NetworkTest.normal(5 * IMAGE.size(), new SplittableRandom(i));
      batches.add(NetworkTest.floats(images));
    }
    try (ParameterSet set = NetworkTest.unusual(SPEC, Precision.FLOAT32);
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      final float[] values = set.values();
      set.buffer("norm/mean").fill(Double.NaN);
      set.buffer("norm/variance").fill(Double.NaN);

      StatisticsEstimator.estimate(new Network(SPEC, set), tape, batches);

      double[] mean = new double[2];
      double[] variance = new double[2];
      for (float[] batch : batches) {
        for (int channel = 0; channel < 2; channel++) {
          double sum = 0;
          for (int i = channel; i < batch.length; i += 2) {
            sum += batch[i];
          }
          double center = sum / 30;
          double squares = 0;
          for (int i = channel; i < batch.length; i += 2) {
            squares += (batch[i] - center) * (batch[i] - center);
          }
          mean[channel] += center / 4;
          variance[channel] += squares / 29 / 4;
        }
      }
      assertThat(set.buffer("norm/mean").toDoubles()).containsExactly(mean, within(1e-5));
      assertThat(set.buffer("norm/variance").toDoubles()).containsExactly(variance, within(1e-5));
      assertThat(set.values()).isEqualTo(values);
    }
  }

  @Test
  void noBatchesOrPartsOfImagesAreRefused() {
    try (ParameterSet set = ParameterSet.allocate(SPEC);
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      Network network = new Network(SPEC, set);

      assertThatThrownBy(() -> StatisticsEstimator.estimate(network, tape, List.of()))
          .hasMessageContaining("at least one batch");
      assertThatThrownBy(() -> StatisticsEstimator.estimate(network, tape, List.of(new float[13])))
          .hasMessage("a batch of images [3, 2, 2] cannot have 13 values");
    }
  }
}
