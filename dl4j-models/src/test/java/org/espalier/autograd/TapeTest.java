package org.espalier.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TapeTest {
  private static final Shape PAIR = Shape.of(1, 2);

  private final Tape tape = new Tape(Arena.create(Precision.FLOAT32));

  @AfterEach
  void free() {
    tape.close();
  }

  @Test
  void anOperationThatOverwritesItsGradientCannotCorruptAnotherReader() {
    Variable left = tape.input(PAIR, new float[] {1, 2});
    Variable right = tape.input(PAIR, new float[] {3, 4});
    // The sum hands one gradient to both; the scaled path then adds to the left one only.
    Variable sum = Elementwise.add(left, right);
    Variable all = Elementwise.add(sum, Elementwise.scale(left, 10));

    tape.backward(loss(all));

    assertThat(left.gradient().toFloats()).containsExactly(11, 11);
    assertThat(right.gradient().toFloats()).containsExactly(1, 1);
  }

  @Test
  void aValueUsedTwiceGetsTheSumOfBothGradients() {
    Variable x = tape.input(PAIR, new float[] {1, -2});
    Variable all = Elementwise.add(Activations.relu(x), Elementwise.add(x, x));

    tape.backward(loss(all));

    assertThat(x.gradient().toFloats()).containsExactly(3, 2);
  }

  @Test
  void aReleasedValueCannotBeReadByMistake() {
    Variable x = tape.input(PAIR, new float[] {1, 2});
    Variable between = Elementwise.scale(x, 2);
    Variable kept = Elementwise.scale(x, 3).retain();

    tape.backward(loss(Elementwise.add(between, kept)));

    assertThatThrownBy(between::value)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("retain()");
    assertThat(kept.value().toFloats()).containsExactly(3, 6);
  }

  @Test
  void theBackwardPassGivesBackAllMemoryThatNobodyRetained() {
    Variable x = tape.input(PAIR, new float[] {1, 2});
    Variable value = x;
    for (int i = 0; i < 50; i++) {
      value = Elementwise.scale(value, 1.01);
    }
    tape.backward(loss(value));
    Variable again = x;
    for (int i = 0; i < 50; i++) {
      again = Elementwise.scale(again, 1.01);
    }
    tape.reset();

    // One input, one gradient, the loss and the values of one chain: not of two.
    assertThat(tape.arena().capacityBytes()).isLessThanOrEqualTo(64L * 60);
  }

  @Test
  void aBranchWithoutGradientCostsNothingInTheBackwardPass() {
    Shape shape = Shape.of(2, 8, 8, 16);
    try (Tensor value = Tensor.persistent(Precision.FLOAT32, Shape.of(3, 3, 16, 16));
        Tensor gradient = Tensor.persistent(Precision.FLOAT32, Shape.of(3, 3, 16, 16))) {
      Parameter unused = new Parameter("unused", value, gradient, true);
      gradient.fill(7);
      Variable x = tape.constant(shape, new float[(int) shape.size()]);
      Convolutions.convolution(x, tape.use(unused), 1, 1);
      Variable y = tape.input(PAIR, new float[] {1, 2});

      tape.backward(loss(y));

      assertThat(unused.touched()).isFalse();
      assertThat(gradient.toFloats()).containsOnly(7);
    }
  }

  @Test
  void theGradientOfAnImageThatNobodyWantsIsNotComputed() {
    Variable x = tape.constant(PAIR, new float[] {1, 2});
    boolean[] run = new boolean[1];

    x.addGradient(target -> run[0] = true);

    assertThat(run[0]).isFalse();
  }

  @Test
  void gradientsOfAParameterAddUpUntilTheyAreCleared() {
    try (Tensor value = Tensor.persistent(Precision.FLOAT32, PAIR);
        Tensor gradient = Tensor.persistent(Precision.FLOAT32, PAIR)) {
      Parameter parameter = new Parameter("p", value, gradient, true);
      for (int step = 0; step < 2; step++) {
        tape.reset();
        tape.backward(loss(Elementwise.scale(tape.use(parameter), 5)));
      }
      float[] twice = gradient.toFloats();
      parameter.clearGradient();
      tape.reset();
      tape.backward(loss(tape.use(parameter)));

      assertThat(twice).containsExactly(10, 10);
      assertThat(gradient.toFloats()).containsExactly(1, 1);
    }
  }

  @Test
  void twoRunsAndTwoArenasGiveTheSameBits() {
    float[] first = imageGradient(tape, 0);
    tape.reset();
    float[] second = imageGradient(tape, 0);
    try (Tape other = new Tape(Arena.create(Precision.FLOAT32))) {
      assertThat(second).isEqualTo(first);
      assertThat(imageGradient(other, 5)).isEqualTo(first);
    }
  }

  /** The gradient of an image through the kinds of layers a network has. */
  private static float[] imageGradient(Tape tape, int otherAllocations) {
    for (int i = 0; i < otherAllocations; i++) {
      tape.allocate(Shape.of(31 + i));
    }
    Variable x = tape.input(Shape.of(4, 9, 9, 16), random(1, 4 * 9 * 9 * 16));
    Variable ones = tape.constant(Shape.of(16), random(2, 16));
    try (Tensor mean = Tensor.persistent(Precision.FLOAT32, Shape.of(16));
        Tensor variance = Tensor.persistent(Precision.FLOAT32, Shape.of(16))) {
      var running = new RunningStatistics(mean, variance, 0.1);
      Variable y =
          Convolutions.convolution(x, tape.input(Shape.of(3, 3, 16, 16), random(3, 9 * 256)), 1, 1);
      y = Normalizations.trainingRelu(y, ones, ones, running, 1e-5);
      y = Convolutions.depthwise(y, tape.input(Shape.of(5, 5, 16, 1), random(4, 400)), 1, 2);
      y = Elementwise.add(Poolings.max(y, 3, 1), Poolings.average(y, 3, 1));
      Variable logits = Poolings.globalAverage(y);
      tape.backward(Losses.crossEntropy(logits, new int[] {1, 2, 3, 4}, 0.1));
      return x.gradient().toFloats();
    }
  }

  private static float[] random(long key, int size) {
    var random = Seeds.generator(5, key);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @Test
  void variablesOfTwoTapesCannotMeet() {
    try (Tape other = new Tape(Arena.create(Precision.FLOAT32))) {
      Variable here = tape.input(PAIR, new float[2]);
      Variable there = other.input(PAIR, new float[2]);

      assertThatThrownBy(() -> Elementwise.add(here, there))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aLossHasOneNumber() {
    assertThatThrownBy(() -> tape.backward(tape.input(PAIR, new float[2])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1, 2]");
  }

  /** The sum of a pair of numbers. */
  private static Variable loss(Variable pair) {
    Variable ones = pair.tape().constant(Shape.of(2, 1), new float[] {1, 1});
    return Matrices.linear(pair, ones);
  }
}
