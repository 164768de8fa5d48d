package org.espalier.search.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.espalier.search.space.PricedChoices;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class TableCostTest {
  private static final PricedChoices CHOICES = new PricedChoices(List.of(3, 1, 4, 2), List.of());
  private static final long[] AMOUNTS = LongStream.range(0, 24).map(n -> 1 + n * n % 17).toArray();
  private static final TableCost COST = new TableCost(CHOICES.sizes(), AMOUNTS);

  @Test
  void amountsAreThoseOfTheTable() {
    for (int number = 0; number < AMOUNTS.length; number++) {
      assertThat(COST.exact(CHOICES.picks(number))).isEqualTo(AMOUNTS[number]);
      assertThat(CHOICES.number(CHOICES.picks(number))).isEqualTo(number);
    }
  }

  @Test
  void theLeastIsThatOfAllThatBeginAlike() {
    for (int number = 0; number < AMOUNTS.length; number++) {
      List<Integer> picks = CHOICES.picks(number);
      for (int count = 0; count <= 4; count++) {
        List<Integer> beginning = picks.subList(0, count);
        long least =
            LongStream.range(0, 24)
                .filter(n -> CHOICES.picks(n).subList(0, beginning.size()).equals(beginning))
                .map(n -> AMOUNTS[(int) n])
                .min()
                .orElseThrow();
        assertThat(COST.smallest(picks, count)).isEqualTo(least);
      }
    }
  }

  @Test
  void theExpectedAmountIsTheMeanAndItsGradientTheFiniteDifference() {
    double[][] marginals = marginals();
    double[][] gradient = COST.gradient(marginals);

    assertThat(COST.expected(marginals)).isCloseTo(enumerated(marginals), within(1e-12));
    for (int choice = 0; choice < 4; choice++) {
      for (int option = 0; option < marginals[choice].length; option++) {
        double before = marginals[choice][option];
        marginals[choice][option] = before + 1e-4;
        double up = enumerated(marginals);
        marginals[choice][option] = before - 1e-4;
        double down = enumerated(marginals);
        marginals[choice][option] = before;
        assertThat(gradient[choice][option]).isCloseTo((up - down) / 2e-4, within(1e-8));
      }
    }
  }

  @Test
  void whatIsLeftOfItCostsTheSame() {
    TableCost left = COST.restricted(List.of(List.of(0, 2), List.of(0), List.of(3), List.of(1)));

    assertThat(left.sizes()).containsExactly(2, 1, 1, 1);
    assertThat(left.exact(List.of(1, 0, 0, 0))).isEqualTo(COST.exact(List.of(2, 0, 3, 1)));
  }

  private static double enumerated(double[][] marginals) {
    double sum = 0;
    for (int number = 0; number < AMOUNTS.length; number++) {
      double probability = 1;
      List<Integer> picks = CHOICES.picks(number);
      for (int choice = 0; choice < 4; choice++) {
        probability *= marginals[choice][picks.get(choice)];
      }
      sum += probability * AMOUNTS[number];
    }
    return sum;
  }

  private static double[][] marginals() {
    RandomGenerator random = Seeds.generator(1);
    double[][] marginals = new double[4][];
    for (int choice = 0; choice < 4; choice++) {
      marginals[choice] = random.doubles(CHOICES.sizes().get(choice)).toArray();
    }
    return marginals;
  }
}
