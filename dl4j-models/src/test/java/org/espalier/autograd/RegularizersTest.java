package org.espalier.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class RegularizersTest {
  private static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void dropoutKeepsTheMeanAndDropsTheAskedShare() {
    int size = 40_000;
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      Variable x = tape.constant(Shape.of(40, 10, 10, 10), ones(size));

      double[] noisy = Regularizers.dropout(x, 0.3, new SplittableRandom(5)).value().toDoubles();

      long dropped = Arrays.stream(noisy).filter(value -> value == 0).count();
      // Five standard deviations of a binomial share: a false alarm in two million seeds.
      assertThat(dropped / (double) size).isCloseTo(0.3, within(5 * Math.sqrt(0.21 / size)));
      assertThat(Arrays.stream(noisy).distinct().sorted().toArray())
          .containsExactly(new double[] {0, 1 / 0.7}, within(1e-7));
    }
  }

  @Test
  void dropPathKeepsOrDropsWholeExamples() {
    int examples = 2_000;
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      Variable x = tape.constant(Shape.of(examples, 2, 1, 2), ones(examples * 4));

      double[] noisy = Regularizers.dropPath(x, 0.5, new SplittableRandom(6)).value().toDoubles();

      assertThat(IntStream.range(0, examples * 4)).allMatch(i -> noisy[i] == noisy[i / 4 * 4]);
      assertThat(Arrays.stream(noisy).average().orElseThrow())
          .isCloseTo(1, within(5 / Math.sqrt(examples)));
    }
  }

  @Test
  void rateZeroChangesNothingAndDrawsNothing() {
    var random = new SplittableRandom(7);
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      Variable x = tape.constant(Shape.of(3, 2), ones(6));

      assertThat(Regularizers.dropout(x, 0, random)).isSameAs(x);
      assertThat(Regularizers.dropPath(x, 0, random)).isSameAs(x);
      assertThat(random.nextLong()).isEqualTo(new SplittableRandom(7).nextLong());
    }
  }

  @Test
  void theSameSeedDropsTheSame() {
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT32))) {
      Variable x = tape.constant(Shape.of(30, 20), ones(600));

      double[] first = Regularizers.dropout(x, 0.5, new SplittableRandom(8)).value().toDoubles();
      double[] again = Regularizers.dropout(x, 0.5, new SplittableRandom(8)).value().toDoubles();
      double[] other = Regularizers.dropout(x, 0.5, new SplittableRandom(9)).value().toDoubles();

      assertThat(again).isEqualTo(first);
      assertThat(other).isNotEqualTo(first);
    }
  }
}
