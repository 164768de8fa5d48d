package org.espalier.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import org.espalier.search.Sums;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class BindingTest {
  private static final MetaLayout LAYOUT =
      new MetaLayout(
          List.of(
              new MetaLayout.Slot("a/weight", "a", Shape.of(2, 3), true),
              new MetaLayout.Slot("b/weight", "b", Shape.of(2, 3), false),
              new MetaLayout.Slot("last/weight", "last", Shape.of(3, 1), true)));

  private static Binding binding() {
    LinkedHashMap<String, Shape> parameters = new LinkedHashMap<>();
    parameters.put("a/weight", Shape.of(2, 3));
    parameters.put("last/weight", Shape.of(3, 4));
    return new Binding(LAYOUT, parameters);
  }

  private static final Floats SHARED =
      Floats.of(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16, 0.1f, 0.2f, 0.3f);

  @Test
  void aNetworkStartsFromItsOwnWeightsTimesTheirGates() {
    float[] start = binding().start(SHARED, new double[] {2, 1, 0.5, 10});

    assertThat(start)
        .containsExactly(
            new float[] {2, 2, 1.5f, 8, 5, 3, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3}, within(1e-6f));
  }

  @Test
  void gradientsOfWhatIsSharedAndOfGatesAgreeWithDifferences() {
    var random = Seeds.generator(5);
    double[] gates = {1.2, 0.7, 1.1, 0.9};
    float[] slopes = new float[18];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = (float) random.nextGaussian();
    }
    double[] toGates = new double[4];

    Sums sums = binding().shared(slopes, SHARED, gates, toGates);

    assertThat(sums.names()).containsExactly("a", "last");
    for (int gate = 0; gate < 4; gate++) {
      double[] ahead = gates.clone();
      ahead[gate] += 0.5;
      assertThat(toGates[gate])
          .isCloseTo(
              (along(SHARED, ahead, slopes) - along(SHARED, gates, slopes)) / 0.5, within(1e-3));
    }
    for (int i = 0; i < 3; i++) {
      float[] moved = SHARED.toArray();
      moved[12 + i] += 0.5f;
      double difference =
          (along(Floats.of(moved), gates, slopes) - along(SHARED, gates, slopes)) / 0.5;
      assertThat((double) sums.values("last").orElseThrow()[i]).isCloseTo(difference, within(1e-3));
    }
  }

  private static double along(Floats shared, double[] gates, float[] slopes) {
    float[] start = binding().start(shared, gates);
    double sum = 0;
    for (int i = 0; i < start.length; i++) {
      sum += (double) start[i] * slopes[i];
    }
    return sum;
  }

  @Test
  void blocksThatANetworkDoesNotUseAreNotNamed() {
    assertThat(binding().uses()).containsExactly(1, 0, 1);
  }

  @Test
  void weightsOfAnotherShapeAreRefused() {
    LinkedHashMap<String, Shape> parameters = new LinkedHashMap<>();
    parameters.put("a/weight", Shape.of(2, 4));

    assertThatThrownBy(() -> new Binding(LAYOUT, parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a/weight' is shared as [2, 3]");
  }
}
