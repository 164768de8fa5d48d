package org.espalier.search.several;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.espalier.cost.NetworkCost;
import org.espalier.search.DataLoader;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.finals.FinalsItem;
import org.espalier.search.finals.FinalsResult;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.finals.ListedCandidates.Listing;
import org.espalier.search.finals.ListedCandidates.NoItem;
import org.espalier.search.finals.ListedCandidates.NoResult;
import org.espalier.search.finals.ListedCandidates.NoView;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.SearchContractTest;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.junit.jupiter.api.Test;

class SideBySideTest
    extends SearchContractTest<
        List<FinalsState<Listing>>,
        List<Optional<Optional<NoView>>>,
        SideBySide.Item<FinalsItem<NoItem>>,
        FinalsResult<NoResult>> {
  private static final List<Long> BUDGETS = List.of(TinyWidthSearch.BUDGET, 140_000L);

  @Override
  protected SideBySide<
          FinalsState<Listing>, Optional<NoView>, FinalsItem<NoItem>, FinalsResult<NoResult>>
      search() {
    return of(BUDGETS, 0.05);
  }

  @Override
  protected SideBySide<
          FinalsState<Listing>, Optional<NoView>, FinalsItem<NoItem>, FinalsResult<NoResult>>
      failingSearch() {
    return of(BUDGETS, 1e30);
  }

  private static SideBySide<
          FinalsState<Listing>, Optional<NoView>, FinalsItem<NoItem>, FinalsResult<NoResult>>
      of(List<Long> budgets, double learningRate) {
    return new SideBySide<>(
        budgets.stream()
            .map(
                budget ->
                    new SideBySide.Member<>(
                        budget + " MACs", 0, TinyWidthSearch.search(budget, learningRate)))
            .toList());
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }

  @Test
  void eachFindsWithinItsBudgetWhatItFindsAlone() {
    SearchResult together = search().result(run(BUDGETS));

    assertThat(together.best()).hasSize(2);
    for (int i = 0; i < 2; i++) {
      FoundNetwork best = together.best().get(i);
      assertThat(best.within()).isEqualTo(BUDGETS.get(i) + " MACs");
      assertThat(NetworkCost.of(best.spec()).macs()).isLessThanOrEqualTo(BUDGETS.get(i));
      List<Long> own = List.of(BUDGETS.get(i));
      SearchResult alone = of(own, 0.05).result(run(own));
      assertThat(best).isEqualTo(alone.best().get(0));
      assertThat(together.networks()).containsAll(alone.networks());
    }
    assertThat(together.candidates())
        .anyMatch(each -> each.label().endsWith(", within 140000 MACs"));
  }

  @Test
  void equalBudgetsAreRefused() {
    assertThatThrownBy(() -> of(List.of(140_000L, 140_000L), 0.05))
        .hasMessageContaining("need different names, got [140000 MACs, 140000 MACs]");
  }

  @Test
  void eachSeedFindsWhatItFindsAlone() {
    String name = TinyWidthSearch.BUDGET + " MACs";
    var search = TinyWidthSearch.search(TinyWidthSearch.BUDGET, 0.05);
    var seeds =
        new SideBySide<>(
            List.of(
                new SideBySide.Member<>(name, 0, search),
                new SideBySide.Member<>("later", 4, search)));
    var alone = new SideBySide<>(List.of(new SideBySide.Member<>(name, 0, search)));

    SearchResult together = seeds.result(run(seeds, 1));

    assertThat(together.best()).hasSize(2);
    FoundNetwork first = alone.result(run(alone, 1)).best().get(0);
    FoundNetwork later = alone.result(run(alone, 5)).best().get(0);
    assertThat(together.best()).containsExactly(first.within(name), later.within("later"));
    assertThat(later.within(name)).isNotEqualTo(first.within(name));
  }

  private List<FinalsState<Listing>> run(List<Long> budgets) {
    return run(of(budgets, 0.05), 1);
  }

  private List<FinalsState<Listing>> run(
      SideBySide<FinalsState<Listing>, Optional<NoView>, FinalsItem<NoItem>, FinalsResult<NoResult>>
          search,
      long seed) {
    var driver =
        new SearchDriver<>(
            search,
            new LocalRounds(search, worker()),
            DriverSettings.DEFAULT,
            new SearchListener<List<FinalsState<Listing>>>() {});
    return driver.run(Position.start(search.start(new SearchContext(seed, data())))).state();
  }
}
