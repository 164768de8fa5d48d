package org.espalier.search.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestOfRandomTest {
  /** Two seeds that disagree; in the first, two networks are equal. */
  private static final TruthTable TABLE =
      new TruthTable(
          List.of(
              row(0, 0.7, 0.2, 0.30),
              row(1, 0.9, 0.4, 0.80),
              row(2, 0.7, 0.9, 0.65),
              row(3, 0.1, 0.5, 0.95),
              row(4, 0.5, 0.1, 0.10)));

  private static TruthTable.Row row(int pick, double first, double second, double test) {
    return new TruthTable.Row(
        List.of(pick), "network " + pick, 1, 1, List.of(first, second), List.of(test, test), "");
  }

  /** All draws written down, in every order, as the first of equals is taken. */
  @Test
  void isTheMeanOverAllDrawsAndSeeds() {
    for (int drawn = 1; drawn <= 5; drawn++) {
      List<Double> taken = new ArrayList<>();
      for (int seed = 0; seed < 2; seed++) {
        for (List<Integer> order : orders(drawn)) {
          TruthTable.Row best = TABLE.rows().get(order.get(0));
          for (int network : order) {
            TruthTable.Row row = TABLE.rows().get(network);
            best = row.validation().get(seed) > best.validation().get(seed) ? row : best;
          }
          taken.add(best.mean());
        }
      }
      double mean = taken.stream().mapToDouble(each -> each).average().orElseThrow();
      double variance =
          taken.stream().mapToDouble(each -> (each - mean) * (each - mean)).average().orElseThrow();

      BestOfRandom best = BestOfRandom.of(TABLE, drawn);

      assertThat(best.mean()).isCloseTo(mean, within(1e-12));
      assertThat(best.deviation()).isCloseTo(StrictMath.sqrt(variance), within(1e-7));
    }
  }

  @Test
  void moreNetworksThanThereAreCannotBeDrawn() {
    assertThatIllegalArgumentException().isThrownBy(() -> BestOfRandom.of(TABLE, 6));
    assertThatIllegalArgumentException().isThrownBy(() -> BestOfRandom.of(TABLE, 0));
  }

  private static List<List<Integer>> orders(int length) {
    if (length == 0) {
      return List.of(List.of());
    }
    List<List<Integer>> longer = new ArrayList<>();
    for (List<Integer> order : orders(length - 1)) {
      IntStream.range(0, TABLE.rows().size())
          .filter(network -> !order.contains(network))
          .forEach(
              network -> {
                List<Integer> more = new ArrayList<>(order);
                more.add(network);
                longer.add(more);
              });
    }
    return longer;
  }
}
