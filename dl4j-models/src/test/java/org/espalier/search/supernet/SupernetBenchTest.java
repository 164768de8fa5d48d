package org.espalier.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.autograd.Regularizers;
import org.espalier.autograd.Tape;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class SupernetBenchTest {
  @Test
  void eachStepOfEachItemDropsOtherValues() {
    List<List<Double>> dropped = new ArrayList<>();

    for (long item = 1; item <= 3; item++) {
      for (int step = 0; step < 3; step++) {
        dropped.add(dropped(item, step));
      }
    }

    assertThat(dropped).doesNotHaveDuplicates();
    assertThat(dropped(2, 1)).isEqualTo(dropped.get(4));
  }

  /** 64 ones after dropout: two of a kind come about once in 2^64 pairs. */
  private static List<Double> dropped(long seed, int step) {
    SupernetItem item = new SupernetItem.Rank(seed, 1, "item", List.of(), 1, true);
    try (Tape tape = new Tape(Arena.create(Precision.FLOAT64))) {
      double[] ones = new double[64];
      Arrays.fill(ones, 1);
      double[] left =
          Regularizers.dropout(
                  tape.constant(Shape.of(1, 64), ones), 0.5, SupernetBench.random(item, step))
              .value()
              .toDoubles();
      return Arrays.stream(left).boxed().toList();
    }
  }
}
