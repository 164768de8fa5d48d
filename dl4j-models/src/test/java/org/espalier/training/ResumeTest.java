package org.espalier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.espalier.augment.Augmentation;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.network.NetworkSpec.Node;
import org.espalier.storage.Archive;
import org.espalier.storage.ArchiveException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A training that is killed after any step and resumed from its checkpoint ends in the same bits.
 */
class ResumeTest {
  private static final TrainingListener NONE = TrainingListener.NONE;
  private static final long SEED = 21;
  private static final TrainingData DATA = Toys.rows(44, 12);

  /** With everything that draws random numbers or keeps something between steps. */
  private static final TrainingSettings SGD =
      new TrainingSettings(
          4,
          8,
          new Optimiser.Sgd(0.05, 0.9),
          null,
          new Regularisation(1e-3, 0.1, 1.0, 1.0, 0.9),
          Augmentation.standard(1, true, 2),
          new EarlyStopping(3, 0.0));

  private static final TrainingSettings ADAM =
      SGD.withOptimiser(new Optimiser.Adam(0.01, null, null, null))
          .withEarlyStopping(EarlyStopping.off());

  private static final byte[] STRAIGHT = straight(SGD);

  private static NetworkSpec network() {
    return new NetworkSpec(
        "dropping",
        new ImageShape(5, 5, 1),
        List.of(
            new Node("conv", new Layer.Convolution(4, 3, 1, 1, false), List.of("input")),
            new Node("norm", Layer.BatchNormalization.STANDARD, List.of("conv")),
            new Node("relu", new Layer.Activation(Layer.Activation.Function.RELU), List.of("norm")),
            new Node("again", new Layer.Convolution(4, 3, 1, 1, true), List.of("relu")),
            new Node("path", new Layer.DropPath(0.5), List.of("again")),
            new Node("add", new Layer.Add(), List.of("relu", "path")),
            new Node("pool", new Layer.GlobalAveragePooling(), List.of("add")),
            new Node("drop", new Layer.Dropout(0.25), List.of("pool")),
            new Node("linear", new Layer.Linear(3, true), List.of("drop"))));
  }

  private static Trainer trainer(TrainingSettings settings) {
    return new Trainer(network(), settings, DATA, SEED);
  }

  private static byte[] bits(TrainingState state) {
    return TrainingStates.archive(state).toBytes();
  }

  private static TrainingState stored(TrainingState state) {
    try {
      return TrainingStates.read(Archive.read(new ByteArrayInputStream(bits(state)), "checkpoint"));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] straight(TrainingSettings settings) {
    try (Trainer trainer = trainer(settings)) {
      return bits(trainer.run(trainer.start(), NONE).state());
    }
  }

  /** Five steps an epoch: cuts before the first step, inside epochs and between them. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 6, 10, 13, 19})
  void aCutAnywhereChangesNothing(int cut) {
    TrainingState checkpoint;
    try (Trainer killed = trainer(SGD)) {
      checkpoint = stored(killed.advance(killed.start(), cut, NONE).state());
    }

    try (Trainer resumed = trainer(SGD)) {
      assertThat(checkpoint.step()).isEqualTo(cut);
      assertThat(bits(resumed.run(checkpoint, NONE).state())).isEqualTo(STRAIGHT);
    }
  }

  @Test
  void aCutAfterEveryStepChangesNothingForAdam() {
    byte[] expected = straight(ADAM);
    TrainingState state;
    try (Trainer first = trainer(ADAM)) {
      state = first.start();
    }

    for (int step = 0; step < 20; step++) {
      try (Trainer next = trainer(ADAM)) {
        state = stored(next.advance(state, 1, NONE).state());
      }
    }

    assertThat(bits(state)).isEqualTo(expected);
  }

  @Test
  void whatTheTrainerDidBeforeDoesNotMatter() {
    try (Trainer used = trainer(SGD)) {
      TrainingState start = used.start();
      used.run(used.startFrom(start.weights(), 7), NONE);
      used.result(used.advance(start, 3, NONE).state());
      used.spoil();

      assertThat(bits(used.run(start, NONE).state())).isEqualTo(STRAIGHT);
    }
  }

  @Test
  void theResultDoesNotDependOnCutsEither() {
    TrainingSettings settings = ADAM;
    try (Trainer trainer = trainer(settings)) {
      TrainingState end = trainer.run(trainer.start(), NONE).state();
      TrainedWeights expected = trainer.result(end);

      TrainedWeights again = trainer.result(stored(end));

      assertThat(again.values()).isEqualTo(expected.values());
      assertThat(again.buffers()).isEqualTo(expected.buffers());
    }
  }

  @Test
  void aStateOfOtherSettingsIsRefused() {
    try (Trainer sgd = trainer(SGD);
        Trainer adam = trainer(ADAM)) {
      TrainingState state = sgd.start();

      assertThatThrownBy(() -> adam.run(state, NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("moments")
          .hasMessageEndingWith("it belongs to another network or settings");
    }
  }

  @Test
  void anArchiveOfSomethingElseIsRefused() {
    assertThatThrownBy(() -> TrainingStates.read(Archive.builder("weights").build()))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("holds 'weights', expected 'training-state'");
    assertThatThrownBy(
            () ->
                TrainingStates.read(
                    Archive.builder(TrainingStates.KIND)
                        .longs("step", new long[] {1})
                        .doubles("sums", new double[2])
                        .build()))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("block 'step' has an unexpected length");
  }
}
