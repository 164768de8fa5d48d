package org.espalier.search.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.espalier.search.Assessment;
import org.espalier.search.DataLoader;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.Search;
import org.espalier.search.SearchContext;
import org.espalier.search.WorkItem;
import org.espalier.storage.Archive;
import org.espalier.storage.Bytes;
import org.espalier.storage.Codec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every search method must keep: the final state is the same to the last bit wherever, in
 * whatever order and however often its items are performed, and wherever it is resumed. Settings
 * should be the smallest that visit every phase, with items enough to fill several groups.
 *
 * @param <S> state of the driver
 * @param <V> view
 * @param <W> items of work
 * @param <R> result of an item
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SearchContractTest<S, V, W extends WorkItem, R> {
  private static final long SEED = 20_240_611L;
  private static final DriverSettings SETTINGS = new DriverSettings(5, true);

  private List<Position<S>> positions;

  /** A new instance of the search. */
  protected abstract Search<S, V, W, R> search();

  /** The search with settings under which some item fails for its own reasons. */
  protected abstract Search<S, V, W, R> failingSearch();

  /** Its data. */
  protected abstract DataLoader data();

  /** A worker with nothing warm. */
  protected Worker worker() {
    return new PlainWorker(data(), new WarmCache(4), "test");
  }

  @BeforeAll
  void runOnceInProcess() {
    positions = run(new LocalRounds(search(), worker()));
  }

  @Test
  void itFinishesAfterSeveralRounds() {
    assertThat(positions).hasSizeGreaterThan(2);
    assertThat(search().finished(last().state())).isTrue();
    assertThat(search().result(last().state())).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void bitsAreTheSameOnAnyNumberOfExecutors(int executors) {
    assertSameBits(run(new SimulatedExecutors(executors, executors, this::search, this::worker)));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void bitsAreTheSameWhenGroupsArePerformedInAnyOrder(long order) {
    assertSameBits(run(new SimulatedExecutors(1, order, this::search, this::worker)));
  }

  @Test
  void bitsAreTheSameOnADirtyWorker() {
    assertSameBits(
        run(new SimulatedExecutors(1, 3, this::search, () -> new DirtyWorker(worker()))));
  }

  @Test
  void bitsAreTheSameAfterItemsFailedAndWereRepeated() {
    assertSameBits(
        run(new SimulatedExecutors(2, 4, this::search, () -> new UnluckyWorker(worker()))));
  }

  @Test
  void bitsAreTheSameAfterResumingFromACheckpointAtEveryRound() {
    for (int round = 0; round + 1 < positions.size(); round++) {
      Search<S, V, W, R> resumed = search();
      Position<S> stored = throughAnArchive(positions.get(round), resumed.codecs().state());
      List<Position<S>> heard = new ArrayList<>();
      SearchDriver<S, V, W, R> driver = stoppingAfterOneRound(resumed, heard);

      driver.run(stored);

      assertThat(encode(heard.get(0).state()))
          .as("state after round %d", round)
          .isEqualTo(encode(positions.get(round + 1).state()));
    }
  }

  @Test
  void statesViewsItemsAndResultsSurviveTheWire() {
    assertSameBits(
        run(
            new SimulatedExecutors(1, 5, () -> new CheckedSearch<>(search()), this::worker),
            new CheckedSearch<>(search())));
  }

  @Test
  void planViewAndSumsAreFunctionsOfTheState() {
    for (Position<S> position : positions.subList(0, positions.size() - 1)) {
      Search<S, V, W, R> one = search();
      Search<S, V, W, R> other = search();
      S copy = other.codecs().state().decode(encode(position.state()));

      assertThat(encode(one.codecs().item(), one.plan(position.state())))
          .isEqualTo(encode(other.codecs().item(), other.plan(copy)));
      assertThat(one.codecs().view().encode(one.view(position.state())))
          .isEqualTo(other.codecs().view().encode(other.view(copy)));
      assertThat(one.sums(position.state())).isEqualTo(other.sums(copy));
    }
  }

  @Test
  void whatIsKnownSoFarCanBeToldOfEveryStateAndIsAFunctionOfIt() {
    for (Position<S> position : positions) {
      Search<S, V, W, R> other = search();
      S copy = other.codecs().state().decode(encode(position.state()));

      assertThat(search().soFar(position.state())).isEqualTo(other.soFar(copy));
    }
  }

  @Test
  void everyLookAtACandidateHasItsOwnLabelInItsPhase() {
    List<Assessment> candidates = search().result(last().state()).candidates();

    assertThat(candidates.stream().map(each -> each.phase() + ": " + each.label()))
        .doesNotHaveDuplicates();
  }

  @Test
  void roundsStayWithinWhatWasAnnounced() {
    Search<S, V, W, R> search = search();
    RoundBytes most = search.largestRound(positions.get(0).state());
    List<Long> results = new ArrayList<>();
    Rounds counting =
        new CountingRounds(new LocalRounds(search(), worker()), bytes -> results.add((long) bytes));

    run(counting);

    for (Position<S> position : positions.subList(0, positions.size() - 1)) {
      S state = position.state();
      long items =
          encode(search.codecs().item(), search.plan(state)).stream()
              .mapToLong(item -> item.size())
              .sum();
      assertThat(items).isLessThanOrEqualTo(most.items());
      assertThat(search.codecs().view().encode(search.view(state)).length)
          .isLessThanOrEqualTo(Math.toIntExact(most.view()));
      assertThat(search.sums(state).bytes()).isLessThanOrEqualTo(most.sums());
    }
    assertThat(results).allMatch(bytes -> bytes <= most.results());
  }

  @Test
  void workDoneIsThePlannedCostOfTheItemsPerformed() {
    Search<S, V, W, R> search = search();
    long done = 0;
    for (Position<S> position : positions) {
      Progress progress = search.progress(position.state());
      assertThat(progress.workDone()).isEqualTo(done);
      if (!search.finished(position.state())) {
        done += search.plan(position.state()).stream().mapToLong(WorkItem::plannedCost).sum();
      }
    }
    assertThat(search.progress(last().state()).workPlanned()).isEqualTo(done);
  }

  @Test
  void itemsOfARoundHaveTheirOwnSeeds() {
    Set<Long> seeds = new HashSet<>();
    int items = 0;
    for (Position<S> position : positions.subList(0, positions.size() - 1)) {
      for (W item : search().plan(position.state())) {
        seeds.add(item.seed());
        items++;
      }
    }
    assertThat(seeds).hasSize(items);
  }

  @Test
  void anItemThatFailsForItsOwnReasonsIsAValue() {
    List<String> failures = new ArrayList<>();
    Search<S, V, W, R> search = failingSearch();
    SearchListener<S> listener =
        new SearchListener<>() {
          @Override
          public void roundFinished(Position<S> after, RoundReport report) {
            failures.addAll(report.failures());
          }
        };

    Position<S> one = run(search, new LocalRounds(failingSearch(), worker()), listener);
    Position<S> other =
        run(
            search,
            new SimulatedExecutors(2, 6, this::failingSearch, this::worker),
            new SearchListener<>() {});

    assertThat(failures).isNotEmpty();
    assertThat(search.finished(one.state())).isTrue();
    assertThat(encode(other.state())).isEqualTo(encode(one.state()));
  }

  private Position<S> last() {
    return positions.get(positions.size() - 1);
  }

  private void assertSameBits(List<Position<S>> others) {
    assertThat(others).hasSameSizeAs(positions);
    for (int round = 0; round < positions.size(); round++) {
      assertThat(encode(others.get(round).state()))
          .as("state before round %d", round)
          .isEqualTo(encode(positions.get(round).state()));
    }
  }

  private List<Position<S>> run(Rounds rounds) {
    return run(rounds, search());
  }

  private List<Position<S>> run(Rounds rounds, Search<S, V, W, R> search) {
    List<Position<S>> heard = new ArrayList<>();
    SearchListener<S> listener =
        new SearchListener<>() {
          @Override
          public void roundPlanned(Position<S> before, int items, long plannedCost) {
            if (heard.isEmpty()) {
              heard.add(before);
            }
          }

          @Override
          public void roundFinished(Position<S> after, RoundReport report) {
            heard.add(after);
          }
        };
    run(search, rounds, listener);
    return heard;
  }

  private Position<S> run(Search<S, V, W, R> search, Rounds rounds, SearchListener<S> listener) {
    try (rounds) {
      SearchDriver<S, V, W, R> driver = new SearchDriver<>(search, rounds, SETTINGS, listener);
      return driver.run(driver.start(new SearchContext(SEED, data())));
    }
  }

  private static <S> Position<S> throughAnArchive(Position<S> position, Codec<S> codec) {
    byte[] file = Positions.archive(position, codec).toBytes();
    try {
      return Positions.read(Archive.read(new ByteArrayInputStream(file), "checkpoint"), codec);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SearchDriver<S, V, W, R> stoppingAfterOneRound(
      Search<S, V, W, R> search, List<Position<S>> heard) {
    List<SearchDriver<S, V, W, R>> self = new ArrayList<>();
    SearchListener<S> listener =
        new SearchListener<>() {
          @Override
          public void roundFinished(Position<S> after, RoundReport report) {
            heard.add(after);
            self.get(0).stop();
          }
        };
    self.add(new SearchDriver<>(search, new LocalRounds(search, worker()), SETTINGS, listener));
    return self.get(0);
  }

  private byte[] encode(S state) {
    return search().codecs().state().encode(state);
  }

  private static <T> List<Bytes> encode(Codec<T> codec, List<T> values) {
    return values.stream().map(value -> Bytes.of(codec.encode(value))).toList();
  }

  /** Before each item, everything idle is spoiled. */
  private static final class DirtyWorker extends DelegatingWorker {
    private DirtyWorker(Worker worker) {
      super(worker);
    }

    @Override
    public void beforeItem(WorkItem item) {
      cache().spoil();
    }
  }

  /** Every third item throws at its first attempt, so its whole group is repeated. */
  private static final class UnluckyWorker extends DelegatingWorker {
    private final Set<Long> unlucky = new HashSet<>();
    private int items;

    private UnluckyWorker(Worker worker) {
      super(worker);
    }

    @Override
    public void beforeItem(WorkItem item) {
      if (items++ % 3 == 1 && unlucky.add(item.seed())) {
        throw new IllegalStateException("this executor was lost");
      }
    }
  }

  /** Hears the size of each round's results. */
  private record CountingRounds(Rounds rounds, IntConsumer heard) implements Rounds {
    @Override
    public void perform(int round, byte[] view, List<byte[]> groups, RoundHandler handler) {
      AtomicInteger bytes = new AtomicInteger();
      rounds.perform(
          round,
          view,
          groups,
          new RoundHandler() {
            @Override
            public void groupFinished(int group) {
              handler.groupFinished(group);
            }

            @Override
            public void arrived(int index, byte[] result) {
              GroupResult.decode(result).items().stream()
                  .mapToInt(item -> item.bytes().size())
                  .forEach(bytes::addAndGet);
              handler.arrived(index, result);
            }
          });
      heard.accept(bytes.get());
    }

    @Override
    public int slots() {
      return rounds.slots();
    }

    @Override
    public void cancel() {
      rounds.cancel();
    }

    @Override
    public void close() {
      rounds.close();
    }
  }
}
