package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.search.DriverSettings;
import org.espalier.search.LocalRounds;
import org.espalier.search.PlainWorker;
import org.espalier.search.Position;
import org.espalier.search.Rounds;
import org.espalier.search.Search;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchDriver;
import org.espalier.search.SearchListener;
import org.espalier.search.WarmCache;
import org.espalier.search.WorkItem;
import org.espalier.search.random.TinyWidthSearch;
import org.junit.jupiter.api.Test;

class SparkRandomWidthIT {
  private static final TinyWidthSetup SETUP = new TinyWidthSetup();

  @Test
  void bitsAreThoseOfLocalRoundsOnOneAndOnTwoCores() {
    Rounds here =
        new LocalRounds(
            SETUP.search(), new PlainWorker(SETUP.data(), new WarmCache(2), "this process"));

    String local = fingerprint(SETUP.search(), here);

    assertThat(fingerprint(SETUP.search(), open("local[1]"))).isEqualTo(local);
    assertThat(fingerprint(SETUP.search(), open("local[2]"))).isEqualTo(local);
  }

  private static Rounds open(String master) {
    var search = SETUP.search();
    var start = search.start(new SearchContext(7, SETUP.data()));
    return SparkRounds.open(
        SparkSettings.of(
            master, "test", search.largestRound(start), DriverSettings.DEFAULT.groups()),
        SETUP);
  }

  private static <S, V, W extends WorkItem, R> String fingerprint(
      Search<S, V, W, R> search, Rounds rounds) {
    try (rounds) {
      SearchDriver<S, V, W, R> driver =
          new SearchDriver<>(search, rounds, DriverSettings.DEFAULT, new SearchListener<>() {});
      Position<S> end = driver.run(driver.start(new SearchContext(7, TinyWidthSearch.data())));
      return driver.fingerprint(end.state());
    }
  }
}
