package org.espalier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.cost.NetworkCost;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values in between must not pile up: a search evaluates large batches on small machines. */
class EvaluationMemoryTest {
  private static final ImageShape IMAGE = new ImageShape(16, 16, 3);
  private static final int BATCH = 8;

  @Test
  void aDeeperNetworkTakesNoMoreMemory() {
    for (Mode mode : List.of(new Mode.Evaluation(), new Mode.Estimation(1))) {
      long shallow = memory(plain(3), mode);
      long deep = memory(plain(12), mode);

      assertThat(deep - shallow).as("%s", mode).isLessThan(activationBytes() / 2);
    }
  }

  @ParameterizedTest
  @EnumSource(ReadyMade.Family.class)
  void evaluationStaysNearTheCountedPeak(ReadyMade.Family family) {
    NetworkSpec spec = family.build(IMAGE, 10, family.usualWidths());
    long counted = BATCH * NetworkCost.of(spec).peakActivationBytes();

    long memory = memory(spec, new Mode.Evaluation());

    // Pieces of memory are reused for equal sizes only, and sizes halve from stage to stage.
    assertThat(memory).isBetween(counted / 2, 4 * counted);
  }

  @Test
  void dropoutsThatPassTheirInputOnKeepItForTheirReaders() {
    NetworkSpec spec =
        new NetworkBuilder("dropouts", IMAGE)
            .with("conv", new Layer.Convolution(4, 3, 1, 1, true), NetworkSpec.INPUT)
            .with("path", new Layer.DropPath(0.5), "conv")
            .with("relu", new Layer.Activation(Layer.Activation.Function.RELU), "conv")
            .with("sum", new Layer.Add(), "relu", "path", "relu")
            .with("pool", new Layer.GlobalAveragePooling(), "sum")
            .with("dropout", new Layer.Dropout(0.5), "pool")
            .build();
    float[] images = new float[BATCH * IMAGE.size()];
    Arrays.fill(images, 0.5f);
    try (ParameterSet set = NetworkTest.unusual(spec, Precision.FLOAT32);
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      double[] doubles = new double[images.length];
      Arrays.fill(doubles, 0.5);

      float[] logits = evaluate(new Network(spec, set), tape, images, new Mode.Evaluation());

      double[] expected = LoopNetwork.of(spec, set).evaluate(doubles);
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) logits[i]).isCloseTo(expected[i], within(1e-4));
      }
    }
  }

  private static NetworkSpec plain(int depth) {
    return ReadyMade.plain(IMAGE, 4, Collections.nCopies(depth, 8), Collections.nCopies(depth, 1));
  }

  private static long activationBytes() {
    return (long) Float.BYTES * BATCH * 16 * 16 * 8;
  }

  private static long memory(NetworkSpec spec, Mode mode) {
    float[] images = new float[BATCH * IMAGE.size()];
    try (ParameterSet set = ParameterSet.allocate(spec).initialise(new SplittableRandom(1));
        Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      Network network = new Network(spec, set);
      evaluate(network, tape, images, mode);
      tape.reset();
      return tape.arena().capacityBytes();
    }
  }

  private static float[] evaluate(Network network, Tape tape, float[] images, Mode mode) {
    Shape shape = Shape.of(BATCH, IMAGE.height(), IMAGE.width(), IMAGE.channels());
    Variable logits = network.forward(tape, tape.constant(shape, images), mode);
    return logits.value().toFloats();
  }
}
