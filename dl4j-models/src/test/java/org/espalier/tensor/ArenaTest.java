package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArenaTest {
  private static final Shape SMALL = Shape.of(3);
  private static final Shape LARGE = Shape.of(4, 25);

  @Test
  void theFirstStepSizesTheBlockAndLaterStepsStayInIt() {
    try (Arena arena = Arena.create(Precision.FLOAT32)) {
      for (int step = 0; step < 3; step++) {
        arena.reset();
        arena.allocate(SMALL);
        arena.allocate(LARGE);
      }

      assertThat(arena.capacityBytes()).isEqualTo(64 + 448);
      assertThat(arena.spilledBytes()).isZero();
    }
  }

  @Test
  void aLargerStepSpillsOnceAndGrowsTheBlock() {
    try (Arena arena = Arena.create(Precision.FLOAT32)) {
      arena.allocate(SMALL);
      arena.reset();
      arena.allocate(SMALL);
      arena.allocate(LARGE).fill(1);
      long spilled = arena.spilledBytes();
      arena.reset();
      arena.allocate(SMALL);
      arena.allocate(LARGE);

      assertThat(spilled).isEqualTo(448);
      assertThat(arena.spilledBytes()).isEqualTo(spilled);
    }
  }

  @Test
  void releasedMemoryIsHandedOutAgain() {
    try (Arena arena = Arena.create(Precision.FLOAT32)) {
      Tensor first = arena.allocate(LARGE);
      arena.release(first);
      Tensor second = arena.allocate(LARGE);

      assertThat(second).isSameAs(first);
    }
  }

  @Test
  void sharedMemoryStaysUntilItsLastOwnerHasGone() {
    try (Arena arena = Arena.create(Precision.FLOAT32)) {
      Tensor tensor = arena.allocate(LARGE);
      arena.share(tensor);
      arena.release(tensor);

      assertThat(arena.shared(tensor)).isFalse();
      assertThat(arena.allocate(LARGE)).isNotSameAs(tensor);
    }
  }

  @Test
  void releasingTwiceIsAnError() {
    try (Arena arena = Arena.create(Precision.FLOAT32)) {
      Tensor tensor = arena.allocate(SMALL);
      arena.release(tensor);

      assertThatThrownBy(() -> arena.release(tensor)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aRepeatedStepMakesNoNewTensors() {
    try (Arena arena = Arena.create(Precision.FLOAT32)) {
      arena.allocate(SMALL);
      arena.reset();
      Tensor first = arena.allocate(SMALL);
      arena.reset();

      assertThat(arena.allocate(SMALL)).isSameAs(first);
    }
  }
}
