package org.espalier.search.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.espalier.search.DataLoader;
import org.espalier.search.SearchContext;
import org.junit.jupiter.api.Test;

class ToySearchTest
    extends SearchContractTest<ToySearch.State, ToySearch.View, ToySearch.Item, ToySearch.Result> {
  @Override
  protected ToySearch search() {
    return new ToySearch(3, 7, 0.3);
  }

  @Override
  protected ToySearch failingSearch() {
    return new ToySearch(3, 7, 100);
  }

  @Override
  protected DataLoader data() {
    return ToySearch.points();
  }

  @Test
  void itFitsTheLine() {
    ToySearch search = new ToySearch(200, 7, 0.3);
    Rounds rounds = new LocalRounds(search, worker());
    var driver =
        new SearchDriver<>(search, rounds, DriverSettings.DEFAULT, new SearchListener<>() {});

    ToySearch.State end = driver.run(driver.start(new SearchContext(1, data()))).state();

    assertThat(end.line().get(0)).isCloseTo(3.05f, within(0.1f));
    assertThat(end.line().get(1)).isCloseTo(-2f, within(0.2f));
  }
}
