package org.espalier.search.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.espalier.search.SumShape;
import org.espalier.search.Totals;
import org.junit.jupiter.api.Test;

class GroupResultTest {
  private static final int LENGTH = 5000;
  private static final SumShape SHAPE = new SumShape(List.of(new SumShape.Block("x", LENGTH)));

  @Test
  void sumsOfRunsAndZerosAreThoseOfAllNumbers() {
    Random random = new Random(7);
    SumFold folded = new SumFold();
    double[] expected = new double[LENGTH];
    for (int group = 0; group < 20; group++) {
      float[] values = sparse(random);
      for (int i = 0; i < LENGTH; i++) {
        expected[i] += values[i];
      }

      sums(encoded(values)).forEach(folded::add);
    }

    Totals totals = folded.totals(SHAPE);

    assertThat(totals.contributions("x")).isEqualTo(20);
    for (int i = 0; i < LENGTH; i++) {
      assertThat(Double.doubleToRawLongBits(totals.of("x").get(i)))
          .isEqualTo(Double.doubleToRawLongBits(expected[i]));
    }
  }

  @Test
  void numbersThatAreNotPlainZerosTravel() {
    float[] values = new float[LENGTH];
    values[100] = Float.NaN;
    values[200] = Float.NEGATIVE_INFINITY;
    values[300] = -Float.MIN_VALUE;
    values[400] = -0f;
    values[LENGTH - 1] = 3;

    List<GroupResult.Run> runs = sums(encoded(values)).get(0).runs();

    assertThat(runs).extracting(GroupResult.Run::start).containsExactly(100, 200, 300, LENGTH - 1);
    assertThat(runs)
        .extracting(run -> run.values().get(0))
        .containsExactly(Float.NaN, Float.NEGATIVE_INFINITY, -Float.MIN_VALUE, 3f);
  }

  @Test
  void whatRunsAddToTheBytesIsFewWhateverTheNumbersAre() {
    float[] full = new float[LENGTH];
    Arrays.fill(full, 1);
    float[] worst = new float[LENGTH];
    for (int i = 0; i < LENGTH; i += 9) {
      worst[i] = 1;
    }

    int empty = GroupResult.encode(List.of("one"), List.of(), new SumFold()).length;

    assertThat(encoded(full).length - empty).isLessThan(4 * LENGTH + 32);
    assertThat(encoded(worst).length - empty).isLessThan(4 * LENGTH / 2);
    assertThat(encoded(new float[LENGTH]).length - empty).isLessThan(32);
  }

  @Test
  void otherBytesAreRefused() {
    byte[] bytes = encoded(sparse(new Random(1)));

    assertThatThrownBy(() -> GroupResult.decode(Arrays.copyOf(bytes, bytes.length - 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the bytes of a group's result");
  }

  private static float[] sparse(Random random) {
    float[] values = new float[LENGTH];
    for (int at = random.nextInt(50); at < LENGTH; at += random.nextInt(50)) {
      for (int end = Math.min(LENGTH, at + random.nextInt(40)); at < end; at++) {
        values[at] = random.nextInt(5) == 0 ? 0 : (float) random.nextGaussian();
      }
    }
    return values;
  }

  private static byte[] encoded(float[] values) {
    SumFold sums = new SumFold();
    sums.add(0, values);
    return GroupResult.encode(List.of("one"), List.of(), sums);
  }

  private static List<GroupResult.Sum> sums(byte[] bytes) {
    return GroupResult.decode(bytes).sums();
  }
}
