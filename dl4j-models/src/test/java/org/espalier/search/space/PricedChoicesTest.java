package org.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade.Family;
import org.junit.jupiter.api.Test;

class PricedChoicesTest {
  private static final WidthSpace SPACE =
      WidthSpace.of(
          Family.PLAIN, new ImageShape(8, 8, 1), 10, WidthChoices.ofWidths(List.of(2, 4)));
  private static final List<Integer> NARROW = List.of(0, 0, 0, 0, 0, 0);
  private static final List<Integer> WIDE = List.of(1, 1, 1, 1, 1, 1);

  @Test
  void theRatioIsThatOfTheBudget() {
    NetworkCost narrow = NetworkCost.of(SPACE.network(NARROW));
    NetworkCost wide = NetworkCost.of(SPACE.network(WIDE));
    Budget budget =
        new Budget(
            (narrow.macs() + wide.macs()) / 2, (narrow.parameters() + wide.parameters()) / 2, null);
    PricedChoices choices = PricedChoices.of(SPACE, budget);

    for (long number = 0; number < SPACE.size(); number++) {
      List<Integer> picks = SPACE.picks(number);
      NetworkCost cost = NetworkCost.of(SPACE.network(picks));
      assertThat(choices.ratio(picks)).isEqualTo(budget.ratio(cost));
      assertThat(choices.allows(picks)).isEqualTo(budget.allows(cost));
    }
  }

  @Test
  void aBeginningIsAllowedAsLongAsItCanEndWithinTheLimit() {
    long most = NetworkCost.of(SPACE.network(List.of(1, 0, 0, 0, 0, 0))).macs();
    PricedChoices choices = PricedChoices.of(SPACE, Budget.ofMacs(most));

    assertThat(choices.allows(WIDE, 0)).isTrue();
    assertThat(choices.allows(WIDE, 1)).isTrue();
    assertThat(choices.allows(WIDE, 2)).isFalse();
    assertThat(choices.left(WIDE, 1)).isZero();
    assertThat(choices.left(WIDE, 2)).isNegative();
    assertThat(choices.left(NARROW, 6))
        .isEqualTo((most - (double) SPACE.costOf(SPACE.narrowest()).macs()) / most);
  }

  @Test
  void withoutLimitsEverythingIsFree() {
    PricedChoices choices = new PricedChoices(List.of(2, 2), List.of());

    assertThat(choices.ratio(List.of(1, 1))).isZero();
    assertThat(choices.left(List.of(1, 1), 2)).isEqualTo(1);
    assertThat(choices.allows(List.of(1, 1))).isTrue();
  }

  @Test
  void aBudgetBelowTheCheapestCandidateIsRefusedWithItsCost() {
    long smallest = SPACE.costOf(SPACE.narrowest()).parameters();

    assertThatThrownBy(() -> PricedChoices.of(SPACE, Budget.ofParameters(smallest - 1)))
        .isInstanceOfSatisfying(
            InfeasibleBudgetException.class,
            refused -> assertThat(refused.smallest()).isEqualTo(smallest));
  }

  @Test
  void limitsThatNoCandidateKeepsTogetherAreFoundBeforeTheSearch() {
    long[][] wideCosts = new long[6][];
    long[][] narrowCosts = new long[6][];
    Arrays.setAll(wideCosts, choice -> new long[] {0, 1});
    Arrays.setAll(narrowCosts, choice -> new long[] {1, 0});
    CostModel wide = new PairwiseCost(0, wideCosts, List.of());
    CostModel narrow = new PairwiseCost(0, narrowCosts, List.of());
    Budget budget = new Budget(2L, 3L, null);

    // Both together are 6 for every candidate.
    assertThatThrownBy(() -> JointLimits.check(both(wide, 2, narrow, 3), budget))
        .isInstanceOf(InfeasibleBudgetException.class)
        .hasMessageStartingWith("no network is within 2 MACs and 3 parameters together");
    JointLimits.check(both(wide, 3, narrow, 3), budget);
  }

  private static PricedChoices both(CostModel one, long most, CostModel other, long mostOther) {
    return new PricedChoices(
        one.sizes(),
        List.of(
            new PricedChoices.PricedLimit(one, most),
            new PricedChoices.PricedLimit(other, mostOther)));
  }

  @Test
  void costsOfOtherChoicesAreRefused() {
    PairwiseCost cost = PairwiseCost.macs(SPACE);

    assertThatThrownBy(
            () -> new PricedChoices(List.of(3), List.of(new PricedChoices.PricedLimit(cost, 5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[3]");
  }
}
