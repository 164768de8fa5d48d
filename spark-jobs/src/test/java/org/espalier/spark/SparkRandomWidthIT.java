package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.data.LabelledData;
import org.espalier.data.format.PackedDataset;
import org.espalier.search.DataLoader;
import org.espalier.search.Search;
import org.espalier.search.SearchContext;
import org.espalier.search.WorkItem;
import org.espalier.search.method.SearchData;
import org.espalier.search.random.RandomWidths;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.Rounds;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.WarmCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkRandomWidthIT {
  private static final String FINGERPRINT = TinyWidthSearch.fingerprint();
  private static final DataLoader DATA = TinyWidthSearch.data();

  @Test
  void bitsAreThoseOfLocalRoundsOnOneAndOnTwoCores(@TempDir Path folder) throws IOException {
    LabelledData data = DATA.load(FINGERPRINT, LabelledData.class);
    try (OutputStream out =
        Files.newOutputStream(folder.resolve(PackedDataset.fileName(FINGERPRINT)))) {
      PackedDataset.write(data, out);
    }
    ExecutorSetup setup =
        MethodSetup.of(
            new RandomWidths(),
            TinyWidthSearch.settings(),
            SearchData.of(FINGERPRINT),
            folder.toUri().toString());
    var search = TinyWidthSearch.search();
    Rounds here = new LocalRounds(search, new PlainWorker(DATA, new WarmCache(2), "this process"));

    String local = fingerprint(search, here);

    assertThat(fingerprint(search, open("local[1]", setup))).isEqualTo(local);
    assertThat(fingerprint(search, open("local[2]", setup))).isEqualTo(local);
  }

  private static Rounds open(String master, ExecutorSetup setup) {
    var search = TinyWidthSearch.search();
    var largest = search.largestRound(search.start(new SearchContext(7, DATA)));
    return SparkRounds.open(
        SparkSettings.of(master, "test", largest, DriverSettings.DEFAULT.groups()), setup);
  }

  private static <S, V, W extends WorkItem, R> String fingerprint(
      Search<S, V, W, R> search, Rounds rounds) {
    try (rounds) {
      SearchDriver<S, V, W, R> driver =
          new SearchDriver<>(search, rounds, DriverSettings.DEFAULT, new SearchListener<>() {});
      Position<S> end = driver.run(driver.start(new SearchContext(7, DATA)));
      return driver.fingerprint(end.state());
    }
  }
}
