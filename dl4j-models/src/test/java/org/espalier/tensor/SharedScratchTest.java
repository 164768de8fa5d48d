package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class SharedScratchTest {
  private static final ConvolutionKernels.Kind DEPTHWISE =
      new ConvolutionKernels.Kind(new Window(5, 1, 1), true);

  /** Each shape prepares calls of its own; what they need while they run must not add up. */
  @Test
  void preparedCallsOfManyShapesKeepNoMemoryOfTheirOwn() {
    Shape largest = Shape.of(64, 32, 32, 64);
    try (Tensor input = Tensor.persistent(Precision.FLOAT32, largest);
        Tensor gradient = Tensor.persistent(Precision.FLOAT32, largest);
        Tensor target = Tensor.persistent(Precision.FLOAT32, Shape.of(5, 5, 64, 1))) {
      weightGradient(input, gradient, target, 64);
      long before = Pointer.physicalBytes();

      for (int channels = 33; channels < 64; channels++) {
        weightGradient(input, gradient, target, channels);
      }

      // Each of the 31 shapes needs 25 to 50 MB while it runs: more than 1,000 MB together.
      assertThat(Pointer.physicalBytes() - before).isLessThan(400L << 20);
    }
  }

  private static void weightGradient(Tensor input, Tensor gradient, Tensor target, int channels) {
    Shape images = Shape.of(64, 32, 32, channels);
    Tensor weights = target.slice(0, Shape.of(5, 5, channels, 1));
    ConvolutionKernels.weightGradient(
        DEPTHWISE, input.slice(0, images), weights, gradient.slice(0, images), weights);
  }

  @Test
  void aCallGivesTheSameAfterOthersHaveUsedItsMemory() {
    float[] first = weightGradient(3, 5);

    weightGradient(4, 7);

    assertThat(weightGradient(3, 5)).isEqualTo(first).doesNotContain(0);
  }

  @Test
  void piecesBeginAtLinesAndDoNotOverlap() {
    NativeRuntime.start();

    Pointer[] pieces = OneDnn.current().scratch(100, 4, 64);

    assertThat(pieces).allMatch(piece -> piece.address() % 64 == 0);
    assertThat(pieces[1].address() - pieces[0].address()).isEqualTo(128);
    assertThat(pieces[2].address() - pieces[1].address()).isEqualTo(64);
  }

  private static float[] weightGradient(int batch, int channels) {
    Shape images = Shape.of(batch, 32, 32, channels);
    try (Tensor input = Tensor.persistent(Precision.FLOAT32, images);
        Tensor gradient = Tensor.persistent(Precision.FLOAT32, images);
        Tensor target = Tensor.persistent(Precision.FLOAT32, Shape.of(5, 5, channels, 1))) {
      input.fill(0.3);
      gradient.fill(0.7);
      ConvolutionKernels.weightGradient(DEPTHWISE, input, target, gradient, target);
      return target.toFloats();
    }
  }
}
