package org.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class FeasibleCandidatesTest {
  private static final WidthSpace SPACE =
      WidthSpace.of(
          ReadyMade.Family.RESNET20,
          new ImageShape(8, 8, 1),
          10,
          WidthChoices.ofWidths(List.of(2, 4, 8)));
  private static final long SMALLEST = PairwiseCost.macs(SPACE).smallest();

  @Test
  void budgetsThatUniformDrawsHardlyMeetAreMetAllTheSame() {
    Budget budget = Budget.ofMacs(SMALLEST + SMALLEST / 2);

    List<List<Integer>> drawn =
        FeasibleCandidates.sample(PricedChoices.of(SPACE, budget), 12, Seeds.generator(1));

    assertThat(drawn)
        .hasSize(12)
        .doesNotHaveDuplicates()
        .allMatch(picks -> budget.allows(NetworkCost.of(SPACE.network(picks))));
  }

  @Test
  void whereOnlyOneNetworkFitsItIsFound() {
    List<List<Integer>> drawn =
        FeasibleCandidates.sample(
            PricedChoices.of(SPACE, Budget.ofMacs(SMALLEST)), 5, Seeds.generator(1));

    assertThat(drawn).isNotEmpty();
    assertThat(drawn).allMatch(picks -> NetworkCost.of(SPACE.network(picks)).macs() == SMALLEST);
  }

  @Test
  void budgetsBelowTheCheapestNetworkAreInfeasible() {
    assertThatThrownBy(
            () ->
                FeasibleCandidates.sample(
                    PricedChoices.of(SPACE, Budget.ofMacs(SMALLEST - 1)), 5, Seeds.generator(1)))
        .isInstanceOf(InfeasibleBudgetException.class)
        .hasMessageContaining("MACs");
  }
}
