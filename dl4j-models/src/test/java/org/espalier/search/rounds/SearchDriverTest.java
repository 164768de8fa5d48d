package org.espalier.search.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.espalier.search.Contribution;
import org.espalier.search.DataLoader;
import org.espalier.search.ItemContext;
import org.espalier.search.SearchContext;
import org.espalier.search.SumShape;
import org.espalier.search.Sums;
import org.espalier.search.Totals;
import org.espalier.tensor.NativeRuntime;
import org.junit.jupiter.api.Test;

class SearchDriverTest {
  private static final ToySearch SEARCH = new ToySearch(2, 7, 0.3);
  private static final DriverSettings SETTINGS = new DriverSettings(4, true);

  @Test
  void stoppingInARoundKeepsTheStateBeforeIt() {
    List<SearchDriver<ToySearch.State, ?, ?, ?>> self = new ArrayList<>();
    var driver =
        driver(
            "one",
            SETTINGS,
            new SearchListener<>() {
              @Override
              public void groupFinished(int round, long costDone, long plannedCost) {
                if (round == 1) {
                  self.get(0).stop();
                }
              }
            });
    self.add(driver);

    Position<ToySearch.State> end = driver.run(driver.start(context()));

    assertThat(end.round()).isEqualTo(1);
    assertThat(end.state().round()).isEqualTo(1);
  }

  @Test
  void aStoppedSearchResumesToTheSameBits() {
    var driver = driver("one", SETTINGS, new SearchListener<>() {});
    Position<ToySearch.State> whole = driver.run(driver.start(context()));
    List<Position<ToySearch.State>> middle = new ArrayList<>();
    var first =
        driver(
            "one",
            SETTINGS,
            new SearchListener<>() {
              @Override
              public void roundFinished(Position<ToySearch.State> after, RoundReport report) {
                middle.add(after);
              }
            });
    first.run(first.start(context()));

    Position<ToySearch.State> resumed =
        driver("one", SETTINGS, new SearchListener<>() {}).run(middle.get(1));

    assertThat(driver.fingerprint(resumed.state()))
        .isEqualTo(driver.fingerprint(whole.state()))
        .hasSize(64);
  }

  @Test
  void anotherPlatformIsRefusedUnlessResultsNeedNotBeReproducible() {
    var driver = driver("one", SETTINGS, new SearchListener<>() {});
    Position<ToySearch.State> start = driver.start(context());
    Position<ToySearch.State> begun = new Position<>(0, start.state(), "another", "");

    assertThatThrownBy(() -> driver.run(begun))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("'another' and 'one'")
        .hasMessageContaining("reproducible: false");
    var relaxed = driver("one", new DriverSettings(4, false), new SearchListener<>() {});
    assertThat(relaxed.run(begun).platform()).isEqualTo("another");
  }

  @Test
  void aDriverThatCalculatesDifferentlyIsRefusedUnlessResultsNeedNotBeReproducible() {
    var driver = driver("one", SETTINGS, new SearchListener<>() {});
    Position<ToySearch.State> start = driver.start(context());
    Position<ToySearch.State> begun = new Position<>(0, start.state(), "one", "another driver");

    assertThat(driver.run(start).driver()).isEqualTo(NativeRuntime.describe().line());
    assertThatThrownBy(() -> driver.run(begun))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("'another driver'")
        .hasMessageContaining("reproducible: false");
    var relaxed = driver("one", new DriverSettings(4, false), new SearchListener<>() {});
    assertThat(relaxed.run(begun).driver()).isEqualTo("another driver");
  }

  @Test
  void finishedCostGrowsToThePlannedCost() {
    List<Long> done = new ArrayList<>();
    List<Long> planned = new ArrayList<>();
    var driver =
        driver(
            "one",
            SETTINGS,
            new SearchListener<>() {
              @Override
              public void groupFinished(int round, long costDone, long plannedCost) {
                if (round == 0) {
                  done.add(costDone);
                  planned.add(plannedCost);
                }
              }
            });

    driver.run(driver.start(context()));

    assertThat(done).hasSize(4).isSorted();
    assertThat(done.get(3)).isEqualTo(planned.get(3)).isEqualTo(16_500L);
  }

  @Test
  void anExecutorsTroubleEndsTheRunAndNamesTheRound() {
    Worker broken =
        new DelegatingWorker(worker("one")) {
          @Override
          public DataLoader data() {
            throw new IllegalStateException("the disk is gone");
          }
        };
    var driver =
        new SearchDriver<>(
            SEARCH, new LocalRounds(SEARCH, broken), SETTINGS, new SearchListener<>() {});

    assertThatThrownBy(() -> driver.run(driver.start(context())))
        .isInstanceOf(RoundFailedException.class)
        .hasMessageContaining("round 0")
        .hasMessageContaining("the disk is gone");
  }

  @Test
  void anItemThatThrowsIsAMistakeAndNoTroubleOfTheExecutor() {
    var buggy =
        new DelegatingSearch<>(SEARCH) {
          @Override
          public Contribution<ToySearch.Result> perform(
              ToySearch.View view, ToySearch.Item item, ItemContext context) {
            throw new IllegalArgumentException("index 7 of 5");
          }
        };
    var driver =
        new SearchDriver<>(
            buggy, new LocalRounds(buggy, worker("one")), SETTINGS, new SearchListener<>() {});

    assertThatThrownBy(() -> driver.run(driver.start(context())))
        .isInstanceOf(ItemFailedException.class)
        .hasMessageMatching("group 0 of round 0 failed: '.+' threw .*: index 7 of 5")
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anItemThatAddsToAnUnknownSumIsAMistake() {
    var buggy =
        new DelegatingSearch<>(SEARCH) {
          @Override
          public Contribution<ToySearch.Result> perform(
              ToySearch.View view, ToySearch.Item item, ItemContext context) {
            return Contribution.of(new ToySearch.Result.Loss(1), Sums.of("nobody's", 1));
          }
        };
    var driver =
        new SearchDriver<>(
            buggy, new LocalRounds(buggy, worker("one")), SETTINGS, new SearchListener<>() {});

    assertThatThrownBy(() -> driver.run(driver.start(context())))
        .isInstanceOf(ItemFailedException.class)
        .hasMessageContaining("nobody's");
  }

  @Test
  void runningOutOfMemoryIsTheExecutorsTroubleAndEmptiesItsCache() {
    WarmCache cache = new WarmCache(4);
    Worker full =
        new DelegatingWorker(new PlainWorker(ToySearch.points(), cache, "one")) {
          @Override
          public DataLoader data() {
            return new DataLoader() {
              @Override
              public <D> D load(String fingerprint, Class<D> type) {
                throw new OutOfMemoryError("physicalBytes = 2063M");
              }
            };
          }
        };
    cache.giveBack("idle", new ToySearch.Scratch());
    var driver =
        new SearchDriver<>(
            SEARCH, new LocalRounds(SEARCH, full), SETTINGS, new SearchListener<>() {});

    assertThatThrownBy(() -> driver.run(driver.start(context())))
        .isInstanceOf(RoundFailedException.class)
        .hasMessageContaining("physicalBytes = 2063M")
        .hasMessageContaining("the heap may grow to");
    assertThat(cache.size()).isZero();
  }

  @Test
  void sumsAreFoldedInFloat64InsideAGroupAndBetweenGroups() {
    SumShape shape = new SumShape(List.of(new SumShape.Block("x", 1)));
    RoundFold<ToySearch.Item, ToySearch.Result> fold =
        new RoundFold<>(List.of(), shape, SEARCH.codecs().result());
    // 2^24 + 1 is no float32: summed in float32 the ones would be lost.
    fold.arrived(2, sum(1, 2));
    fold.arrived(0, sum(1 << 24, 2));
    fold.arrived(1, sum(1, 2));

    Totals totals = fold.result().totals();

    assertThat(totals.of("x").get(0)).isEqualTo((1 << 24) + 2.0);
    assertThat(totals.contributions("x")).isEqualTo(6);
    assertThatThrownBy(() -> totals.of("y")).hasMessageContaining("no sum is called 'y'");
  }

  @Test
  void aResultThatComesTwiceIsAnError() {
    RoundFold<ToySearch.Item, ToySearch.Result> fold =
        new RoundFold<>(List.of(), SumShape.NONE, SEARCH.codecs().result());
    byte[] result = GroupResult.encode(List.of("one"), List.of(), new SumFold());
    fold.arrived(0, result);
    fold.arrived(2, result);

    for (int index : new int[] {0, 2}) {
      assertThatThrownBy(() -> fold.arrived(index, result))
          .hasMessageContaining("result %s came twice".formatted(index));
    }
  }

  @Test
  void manyGroupsAreFoldedInBlocksOfWhichEachIsRoundedOnce() {
    // In float32 the ones would be lost one after the other; in float64 they are not.
    byte[] block = GroupFold.fold(List.of(sum(1 << 24, 2), sum(1, 2), sum(1, 3)).iterator());

    GroupResult folded = GroupResult.decode(block);

    assertThat(folded.sums()).hasSize(1);
    assertThat(folded.sums().get(0).runs().get(0).values().get(0)).isEqualTo((1 << 24) + 2f);
    assertThat(folded.sums().get(0).contributions()).isEqualTo(7);
    assertThat(folded.platforms()).containsExactly("one");
  }

  @Test
  void aThousandItemsInManyGroupsComeToTheSameBitsInAnyOrder() {
    ToySearch search = new ToySearch(2, 500, 0.01);
    DriverSettings settings = new DriverSettings(900, true);
    Rounds local = new LocalRounds(search, worker("one"));
    Rounds other = new SimulatedExecutors(2, 8, () -> search, () -> worker("one"));
    List<Integer> items = new ArrayList<>();
    SearchListener<ToySearch.State> counting =
        new SearchListener<>() {
          @Override
          public void roundFinished(Position<ToySearch.State> after, RoundReport report) {
            items.add(report.items());
          }
        };
    var driver = new SearchDriver<>(search, local, settings, counting);
    var shuffled = new SearchDriver<>(search, other, settings, new SearchListener<>() {});

    ToySearch.State end = driver.run(driver.start(context())).state();

    assertThat(items).startsWith(1000, 1000);
    assertThat(Groups.results(900)).isEqualTo(15);
    assertThat(shuffled.run(shuffled.start(context())).state()).isEqualTo(end);
  }

  private static byte[] sum(float value, int contributions) {
    SumFold sums = new SumFold();
    FloatBuffer values = FloatBuffer.wrap(new float[] {value});
    sums.add(new GroupResult.Sum(0, contributions, 1, List.of(new GroupResult.Run(0, values))));
    return GroupResult.encode(List.of("one"), List.of(), sums);
  }

  @Test
  void addingToAnUndeclaredOrMisshapenSumIsAnError() {
    for (Sums wrong : List.of(Sums.of("undeclared", 1), Sums.of("line", 1, 2, 3))) {
      var search =
          new DelegatingSearch<>(SEARCH) {
            @Override
            public Contribution<ToySearch.Result> perform(
                ToySearch.View view, ToySearch.Item item, ItemContext context) {
              return Contribution.of(new ToySearch.Result.Loss(0), wrong);
            }
          };
      var driver =
          new SearchDriver<>(
              search, new LocalRounds(search, worker("one")), SETTINGS, new SearchListener<>() {});

      assertThatThrownBy(() -> driver.run(driver.start(context())))
          .hasMessageContaining(wrong.names().iterator().next());
    }
  }

  private static SearchDriver<ToySearch.State, ?, ?, ?> driver(
      String platform, DriverSettings settings, SearchListener<ToySearch.State> listener) {
    Rounds rounds = new LocalRounds(SEARCH, worker(platform));
    return new SearchDriver<>(SEARCH, rounds, settings, listener);
  }

  private static Worker worker(String platform) {
    return new PlainWorker(ToySearch.points(), new WarmCache(4), platform);
  }

  private static SearchContext context() {
    return new SearchContext(3, ToySearch.points());
  }
}
