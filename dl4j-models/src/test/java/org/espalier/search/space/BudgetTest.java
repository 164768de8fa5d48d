package org.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final List<Integer> USUAL = ReadyMade.Family.PLAIN.usualWidths();
  private static final WidthSpace SMALL = space(List.of(0.25, 0.5));
  private static final WidthSpace LARGE = space(List.of(0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75));

  @Test
  void everyLimitThatIsGivenCounts() {
    NetworkCost cost = SMALL.costOf(USUAL);
    Budget both = new Budget(cost.macs(), cost.parameters(), null);

    assertThat(both.allows(cost)).isTrue();
    assertThat(both.ratio(cost)).isEqualTo(1);
    assertThat(new Budget(cost.macs() - 1, cost.parameters(), null).allows(cost)).isFalse();
    assertThat(new Budget(cost.macs(), cost.parameters() - 1, null).allows(cost)).isFalse();
    assertThat(new Budget(cost.macs(), cost.parameters() / 2, null).ratio(cost))
        .isGreaterThan(1.99);
    assertThat(Budget.ofParameters(cost.parameters()).allows(cost)).isTrue();
    assertThat(new Budget(200_000L, 5_000L, null).describe())
        .isEqualTo("200,000 MACs and 5,000 parameters");
  }

  @Test
  void aBudgetWithoutLimitIsRefused() {
    assertThatThrownBy(() -> new Budget(null, null, null))
        .hasMessage("macs or parameters must be above 0, or limits given");
    assertThatThrownBy(() -> Budget.ofMacs(-1)).hasMessage("macs must be at least 0, got -1");
    assertThatThrownBy(() -> Budget.ofParameters(-1))
        .hasMessage("parameters must be at least 0, got -1");
  }

  @Test
  void anInfeasibleBudgetSaysWhatTheSmallestNetworkTakes() {
    long least = SMALL.costOf(SMALL.narrowest()).parameters();
    Budget budget = new Budget(1_000_000_000L, least - 1, null);

    assertThatThrownBy(
            () -> FeasibleCandidates.sample(PricedChoices.of(SMALL, budget), 1, Seeds.generator(1)))
        .isInstanceOf(InfeasibleBudgetException.class)
        .hasMessage(
            String.format(
                Locale.ROOT,
                "the budget of %,d parameters is below the smallest network, which takes %,d",
                least - 1,
                least));
    assertThatThrownBy(() -> UniformWidths.within(SMALL, Budget.ofMacs(10)))
        .isInstanceOf(InfeasibleBudgetException.class)
        .hasMessageContaining("the budget of 10 MACs is below the smallest network");
  }

  @Test
  void aSampleOfEverythingIsExactlyTheFeasibleNetworks() {
    Budget budget = Budget.ofMacs(85_408);
    HashSet<List<Integer>> feasible = new HashSet<>();
    for (long number = 0; number < SMALL.size(); number++) {
      if (SMALL.costOf(SMALL.widths(SMALL.picks(number))).macs() <= 85_408) {
        feasible.add(SMALL.picks(number));
      }
    }

    var sample =
        FeasibleCandidates.sample(PricedChoices.of(SMALL, budget), 1000, Seeds.generator(1));

    assertThat(feasible).hasSize(32);
    assertThat(sample).hasSameSizeAs(feasible).containsExactlyInAnyOrderElementsOf(feasible);
  }

  @Test
  void everyFeasibleNetworkIsDrawnEquallyOften() {
    Budget budget = Budget.ofMacs(60_224); // of 64 networks, 8
    Map<List<Integer>, Integer> drawn = new HashMap<>();
    int draws = 8 * 40;

    for (int i = 0; i < draws; i++) {
      drawn.merge(
          FeasibleCandidates.sample(PricedChoices.of(SMALL, budget), 1, Seeds.generator(2, i))
              .get(0),
          1,
          Integer::sum);
    }

    // Chi-square over 7 degrees of freedom exceeds 34 with a probability of 2e-5.
    double chiSquare = drawn.values().stream().mapToDouble(n -> (n - 40.0) * (n - 40.0) / 40).sum();
    assertThat(drawn).hasSize(8);
    assertThat(chiSquare).isLessThan(34);
  }

  @Test
  void largeSpacesAreSampledByRejection() {
    Budget budget = Budget.ofMacs(LARGE.costOf(USUAL).macs());

    var sample = FeasibleCandidates.sample(PricedChoices.of(LARGE, budget), 30, Seeds.generator(3));

    assertThat(LARGE.size()).isGreaterThan(FeasibleCandidates.ENUMERATED);
    assertThat(new HashSet<>(sample)).hasSize(30);
    assertThat(sample).allMatch(picks -> budget.allows(LARGE.costOf(LARGE.widths(picks))));
  }

  @Test
  void theUniformNetworkIsTheWidestWithinTheBudget() {
    NetworkCost usual = SMALL.costOf(USUAL);

    assertThat(UniformWidths.within(SMALL, Budget.ofMacs(usual.macs()))).isEqualTo(USUAL);
    assertThat(UniformWidths.within(SMALL, Budget.ofMacs(usual.macs() - 1)))
        .containsExactly(15, 15, 31, 31, 63, 63);
    assertThat(UniformWidths.within(SMALL, Budget.ofParameters(usual.parameters())))
        .isEqualTo(USUAL);
    assertThat(UniformWidths.within(SMALL, new Budget(usual.macs(), usual.parameters() - 1, null)))
        .containsExactly(15, 15, 31, 31, 63, 63);
  }

  private static WidthSpace space(List<Double> shares) {
    return WidthSpace.of(
        ReadyMade.Family.PLAIN, new ImageShape(8, 8, 1), 10, WidthChoices.ofShares(shares));
  }
}
