package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.espalier.search.Contribution;
import org.espalier.search.DataLoader;
import org.espalier.search.ItemContext;
import org.espalier.search.Search;
import org.espalier.search.SearchContext;
import org.espalier.search.rounds.DelegatingSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.ItemFailedException;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.RoundFailedException;
import org.espalier.search.rounds.RoundHandler;
import org.espalier.search.rounds.RoundReport;
import org.espalier.search.rounds.Rounds;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.ToySearch;
import org.espalier.search.rounds.WarmCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkRoundsIT {
  private static final ToySetup SETUP = new ToySetup(3, 9, 0.3);
  private static final DriverSettings SETTINGS = new DriverSettings(6, true);

  @ParameterizedTest
  @ValueSource(strings = {"local[1]", "local[2]"})
  void bitsAreThoseOfLocalRounds(String master) {
    Position<ToySearch.State> local =
        run(SETUP, new LocalRounds(SETUP.search(), worker()), new SearchListener<>() {});

    Position<ToySearch.State> spark = run(SETUP, open(master, SETUP), new SearchListener<>() {});

    assertThat(spark.state()).isEqualTo(local.state());
    assertThat(spark.round()).isEqualTo(6);
  }

  @Test
  void viewsAreKnownByTheirContentAndNotByTheNumberOfTheirRound() {
    SearchContext other = new SearchContext(4, ToySearch.points());
    SearchListener<ToySearch.State> breakingOff =
        new SearchListener<>() {
          @Override
          public void roundFinished(Position<ToySearch.State> after, RoundReport report) {
            throw new IllegalStateException("that was round " + report.round());
          }
        };
    try (Rounds rounds = open("local[1]", SETUP);
        Rounds local = new LocalRounds(SETUP.search(), worker())) {
      var first = new SearchDriver<>(SETUP.search(), rounds, SETTINGS, breakingOff);
      assertThatThrownBy(() -> first.run(first.start(context()))).hasMessage("that was round 0");
      var second = new SearchDriver<>(SETUP.search(), rounds, SETTINGS, new SearchListener<>() {});
      var fresh = new SearchDriver<>(SETUP.search(), local, SETTINGS, new SearchListener<>() {});

      ToySearch.State state = second.run(second.start(other)).state();

      assertThat(state).isEqualTo(fresh.run(fresh.start(other)).state());
    }
  }

  @Test
  void everyGroupIsReportedOnceBeforeItsRoundEnds() {
    List<Long> done = Collections.synchronizedList(new ArrayList<>());
    SearchListener<ToySearch.State> listener =
        new SearchListener<>() {
          @Override
          public void groupFinished(int round, long costDone, long plannedCost) {
            if (round == 0) {
              done.add(costDone - plannedCost);
            }
          }
        };

    run(SETUP, open("local[2]", SETUP), listener);

    assertThat(done).hasSize(6).isSorted().endsWith(0L);
  }

  @Test
  void aGroupThatThrowsIsRepeated() {
    ExecutorSetup unlucky = new Unlucky(2);
    Unlucky.LOADS.set(0);

    Position<ToySearch.State> spark =
        run(SETUP, open("local[2,3]", unlucky), new SearchListener<>() {});

    assertThat(Unlucky.LOADS.get()).isGreaterThan(2);
    assertThat(spark.state())
        .isEqualTo(
            run(SETUP, new LocalRounds(SETUP.search(), worker()), new SearchListener<>() {})
                .state());
  }

  @Test
  void aGroupThatAlwaysThrowsEndsTheRoundWithItsReason() {
    ExecutorSetup unlucky = new Unlucky(Integer.MAX_VALUE);

    assertThatThrownBy(() -> run(SETUP, open("local[2]", unlucky), new SearchListener<>() {}))
        .isInstanceOf(RoundFailedException.class)
        .hasMessageContaining("round 0 failed on local[2]")
        .hasMessageContaining("the disk is gone");
  }

  @Test
  void anItemThatThrowsTheSameTwiceEndsTheRoundAsNoLackOfExecutors() {
    Buggy.ATTEMPTS.set(0);

    DriverSettings oneGroup = new DriverSettings(1, true);

    assertThatThrownBy(
            () -> run(SETUP, oneGroup, open("local[1,9]", new Buggy()), new SearchListener<>() {}))
        .isInstanceOf(ItemFailedException.class)
        .hasMessageContaining("round 0 failed on local[1,9]")
        .hasMessageContaining("threw java.lang.IllegalArgumentException: index 7 of 5")
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
    assertThat(Buggy.ATTEMPTS.get()).isBetween(2, 8);
  }

  @Test
  void anItemThatThrowsWithoutAnotherAttemptIsNoLackOfExecutorsEither() {
    assertThatThrownBy(() -> run(SETUP, open("local[2]", new Buggy()), new SearchListener<>() {}))
        .isInstanceOf(ItemFailedException.class)
        .hasMessageContaining("index 7 of 5");
  }

  @Test
  void anItemThatThrowsTheSameOnTwoExecutorsEndsTheRoundAsNoLackOfExecutors() {
    try (StandaloneCluster cluster = StandaloneCluster.start(2)) {
      assertThatThrownBy(
              () -> run(SETUP, open(cluster.url(), new Buggy()), new SearchListener<>() {}))
          .isInstanceOf(ItemFailedException.class)
          .hasMessageContaining("round 0 failed on " + cluster.url())
          .hasMessageContaining("index 7 of 5");
    }
  }

  @Test
  void anInstallationsSerializerDoesNotMatter() {
    SparkCluster kryo =
        cluster(
            "local[2]", Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer"));

    assertThat(run(SETUP, open(kryo, SETUP, line -> {}), new SearchListener<>() {}).state())
        .isEqualTo(onHand());
  }

  @Test
  void executorsThatSparkStartsForWaitingTasksOnlyAreWaitedForByOne() {
    try (StandaloneCluster workers = StandaloneCluster.start(1)) {
      SparkCluster dynamic =
          cluster(
              workers.url(),
              Map.of(
                  "spark.dynamicAllocation.enabled",
                  "true",
                  "spark.dynamicAllocation.shuffleTracking.enabled",
                  "true"));

      assertThat(run(SETUP, open(dynamic, SETUP, line -> {}), new SearchListener<>() {}).state())
          .isEqualTo(onHand());
    }
  }

  @Test
  void aClusterThatGoesAwayIsSaid() throws Exception {
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    StandaloneCluster workers = StandaloneCluster.start(1);
    PrintStream errors = System.err;
    // Scala prints what Spark's pools refuse as they stop.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    try (Rounds rounds = open(cluster(workers.url(), Map.of()), new Endless(), said::add)) {
      var driver = new SearchDriver<>(SETUP.search(), rounds, SETTINGS, new SearchListener<>() {});
      CompletableFuture<Position<ToySearch.State>> search =
          CompletableFuture.supplyAsync(() -> driver.run(driver.start(context())));
      workers.close();

      assertThat(said.poll(60, TimeUnit.SECONDS))
          .isEqualTo("all executors are gone; waiting up to 300 s for others");
      driver.stop();
      assertThat(search.get().round()).isZero();
    } finally {
      System.setErr(errors);
      workers.close();
    }
  }

  @Test
  void stoppingEndsARunningRoundAndKeepsTheStateBeforeIt() throws InterruptedException {
    try (Rounds rounds = open("local[2]", new Endless())) {
      var driver = new SearchDriver<>(SETUP.search(), rounds, SETTINGS, new SearchListener<>() {});
      Thread stopper =
          new Thread(
              () -> {
                Endless.BEGUN.acquireUninterruptibly();
                driver.stop();
              });
      stopper.start();

      Position<ToySearch.State> end = driver.run(driver.start(context()));

      stopper.join();
      assertThat(end.round()).isZero();
      assertThat(end.state()).isEqualTo(driver.start(context()).state());
    }
  }

  @Test
  void largeGroupsAreFetchedByTheirExecutors() {
    byte[] large = new byte[300 << 10];
    try (Rounds rounds = open("local[2]", SETUP)) {
      // A group whose bytes say that it has no sums and no items.
      List<byte[]> results = new ArrayList<>();
      RoundHandler handler =
          new RoundHandler() {
            @Override
            public void groupFinished(int group) {}

            @Override
            public void arrived(int index, byte[] result) {
              results.add(result);
            }
          };
      rounds.perform(
          0,
          SETUP.search().codecs().view().encode(new ToySearch.View.Nothing()),
          List.of(large, new byte[8]),
          handler);

      assertThat(results).hasSize(2);
      assertThat(results.get(0)).isEqualTo(results.get(1));
    }
  }

  @Test
  void veryManyGroupsAreFoldedOnExecutorsToTheBitsOfLocalRounds() {
    ToySetup many = new ToySetup(1, 100, 0.3);
    DriverSettings settings = new DriverSettings(150, true);
    List<Long> done = Collections.synchronizedList(new ArrayList<>());
    SearchListener<ToySearch.State> listener =
        new SearchListener<>() {
          @Override
          public void groupFinished(int round, long costDone, long plannedCost) {
            if (round == 0) {
              done.add(costDone - plannedCost);
            }
          }
        };

    Position<ToySearch.State> spark = run(many, settings, open("local[2]", many), listener);

    Rounds local = new LocalRounds(many.search(), worker());
    assertThat(spark.state())
        .isEqualTo(run(many, settings, local, new SearchListener<>() {}).state());
    assertThat(done).hasSize(150).isSorted().endsWith(0L);
  }

  @Test
  void aThousandSmallItemsARoundAreNoTrouble() {
    ToySetup many = new ToySetup(2, 500, 0.01);
    DriverSettings settings = new DriverSettings(1000, true);

    Position<ToySearch.State> spark =
        run(many, settings, open("local[2]", many), new SearchListener<>() {});

    Rounds local = new LocalRounds(many.search(), worker());
    assertThat(spark.state())
        .isEqualTo(run(many, settings, local, new SearchListener<>() {}).state());
  }

  @Test
  void slotsAreTheCoresOfExecutors() {
    try (Rounds one = open("local[1]", SETUP)) {
      assertThat(one.slots()).isEqualTo(1);
    }
    try (Rounds two = open("local[2]", SETUP)) {
      StandaloneCluster.await("Spark's events tell of two cores", () -> two.slots() == 2);
    }
  }

  private static Rounds open(String master, ExecutorSetup setup) {
    return open(cluster(master, Map.of()), setup, line -> {});
  }

  private static Rounds open(SparkCluster cluster, ExecutorSetup setup, Consumer<String> say) {
    return SparkRounds.open(
        SparkSettings.of(
            cluster,
            "test",
            SETUP.search().largestRound(SETUP.search().start(context())),
            SETTINGS.groups()),
        setup,
        say);
  }

  private static SparkCluster cluster(String master, Map<String, String> conf) {
    return new SparkCluster(master, ExecutorSize.STANDARD, conf);
  }

  private static ToySearch.State onHand() {
    return run(SETUP, new LocalRounds(SETUP.search(), worker()), new SearchListener<>() {}).state();
  }

  private static Position<ToySearch.State> run(
      ToySetup setup, Rounds rounds, SearchListener<ToySearch.State> listener) {
    return run(setup, SETTINGS, rounds, listener);
  }

  private static Position<ToySearch.State> run(
      ToySetup setup,
      DriverSettings settings,
      Rounds rounds,
      SearchListener<ToySearch.State> listener) {
    try (rounds) {
      var driver = new SearchDriver<>(setup.search(), rounds, settings, listener);
      return driver.run(driver.start(context()));
    }
  }

  private static PlainWorker worker() {
    return new PlainWorker(ToySearch.points(), new WarmCache(4), "this process");
  }

  private static SearchContext context() {
    return new SearchContext(3, ToySearch.points());
  }

  /** Data that cannot be read a number of times. */
  private record Unlucky(int failures) implements ExecutorSetup {
    private static final AtomicInteger LOADS = new AtomicInteger();

    @Override
    public ToySearch search() {
      return SETUP.search();
    }

    @Override
    public DataLoader data() {
      return new DataLoader() {
        @Override
        public <D> D load(String fingerprint, Class<D> type) {
          if (LOADS.incrementAndGet() <= failures) {
            throw new IllegalStateException("the disk is gone");
          }
          return ToySearch.points().load(fingerprint, type);
        }
      };
    }
  }

  /** A search with a mistake in it, which takes its time until it shows. */
  private record Buggy() implements ExecutorSetup {
    private static final AtomicInteger ATTEMPTS = new AtomicInteger();

    private static void pause() {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Search<?, ?, ?, ?> search() {
      return new DelegatingSearch<>(SETUP.search()) {
        @Override
        public Contribution<ToySearch.Result> perform(
            ToySearch.View view, ToySearch.Item item, ItemContext context) {
          ATTEMPTS.incrementAndGet();
          pause();
          throw new IllegalArgumentException("index 7 of 5");
        }
      };
    }

    @Override
    public DataLoader data() {
      return ToySearch.points();
    }
  }

  /** Data that never come. */
  private record Endless() implements ExecutorSetup {
    private static final Semaphore BEGUN = new Semaphore(0);

    @Override
    public ToySearch search() {
      return SETUP.search();
    }

    @Override
    public DataLoader data() {
      return new DataLoader() {
        @Override
        public <D> D load(String fingerprint, Class<D> type) {
          BEGUN.release();
          try {
            new Semaphore(0).acquire();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new IllegalStateException("interrupted");
        }
      };
    }
  }
}
