package org.espalier.search.rounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchContext;
import org.espalier.search.SumShape;
import org.espalier.search.WorkItem;
import org.espalier.storage.Bytes;
import org.espalier.storage.Hashes;
import org.espalier.tensor.NativeRuntime;

/**
 * Runs a search round by round: plan, deal, perform, fold, advance.
 *
 * @param <S> state of the driver
 * @param <V> view
 * @param <W> items of work
 * @param <R> result of an item
 */
public final class SearchDriver<S, V, W extends WorkItem, R> {
  private final Search<S, V, W, R> search;
  private final Rounds rounds;
  private final DriverSettings settings;
  private final SearchListener<S> listener;
  private volatile boolean stopped;
  private long lastReport;

  /**
   * A driver for one run of a search.
   *
   * @param search the method
   * @param rounds who performs its rounds; stays the caller's to close
   * @param settings of the experiment
   * @param listener hears of progress and writes checkpoints
   */
  public SearchDriver(
      Search<S, V, W, R> search,
      Rounds rounds,
      DriverSettings settings,
      SearchListener<S> listener) {
    this.search = Objects.requireNonNull(search, "search");
    this.rounds = Objects.requireNonNull(rounds, "rounds");
    this.settings = Objects.requireNonNull(settings, "settings");
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /** Where a new search stands. */
  public Position<S> start(SearchContext context) {
    return Position.start(search.start(context));
  }

  /**
   * Performs rounds until the search is finished or {@link #stop} was called.
   *
   * @param from a start or a checkpoint
   * @return where the search stands then; whether it is finished, the search knows
   * @throws RoundFailedException if executors failed; the last position the listener heard of
   *     stands
   * @throws ItemFailedException if an item fails wherever it is performed; that position stands too
   * @throws PlatformException if results would not be the same to the bit on these executors, or
   *     with this driver
   */
  public Position<S> run(Position<S> from) {
    lastReport = System.nanoTime();
    Position<S> position =
        new Position<>(from.round(), from.state(), from.platform(), driver(from.driver()));
    while (!stopped && !search.finished(position.state())) {
      try {
        position = advance(position);
      } catch (RoundCancelledException e) {
        if (!stopped) {
          throw e;
        }
      }
    }
    return position;
  }

  /** Ends the running round and the loop; any thread may call it. */
  public void stop() {
    stopped = true;
    rounds.cancel();
  }

  /** SHA-256 of a state's bytes, in hexadecimal digits. */
  public String fingerprint(S state) {
    return Hashes.hex(search.codecs().state().encode(state));
  }

  private Position<S> advance(Position<S> before) {
    S state = before.state();
    List<W> items = List.copyOf(search.plan(state));
    if (items.isEmpty()) {
      throw new IllegalStateException("round " + before.round() + " has no items");
    }
    List<List<Integer>> groups = Groups.deal(items, settings.groups());
    RoundCost cost = new RoundCost(items, groups);
    listener.roundPlanned(before, items.size(), cost.planned());

    SumShape shape = search.sums(state);
    byte[] view = search.codecs().view().encode(search.view(state));
    List<byte[]> work = groups.stream().map(group -> encode(shape, items, group)).toList();
    RoundFold<W, R> fold = new RoundFold<>(items, shape, search.codecs().result());
    rounds.perform(before.round(), view, work, handler(before.round(), cost, fold));

    String platform = platform(before, fold.platforms());
    RoundResult<W, R> result = fold.result();
    Position<S> after =
        new Position<>(
            before.round() + 1, search.advance(state, result), platform, before.driver());
    long now = System.nanoTime();
    RoundReport.Times times =
        new RoundReport.Times(
            (now - lastReport) / 1e9,
            fold.time().wallNanos() / 1e9,
            fold.time().cpuNanos() / 1e9,
            rounds.slots());
    lastReport = now;
    listener.roundFinished(
        after,
        new RoundReport(
            before.round(),
            items.size(),
            fold.failures(),
            cost.planned(),
            times,
            view.length + work.stream().mapToLong(group -> group.length).sum(),
            fold.bytes()));
    return after;
  }

  private RoundHandler handler(int round, RoundCost cost, RoundFold<W, R> fold) {
    return new RoundHandler() {
      @Override
      public void groupFinished(int group) {
        listener.groupFinished(round, cost.finished(group), cost.planned());
      }

      @Override
      public void arrived(int index, byte[] result) {
        fold.arrived(index, result);
      }
    };
  }

  private byte[] encode(SumShape shape, List<W> items, List<Integer> group) {
    List<GroupWork.Item> encoded = new ArrayList<>();
    for (int index : group) {
      encoded.add(
          new GroupWork.Item(index, Bytes.owning(search.codecs().item().encode(items.get(index)))));
    }
    return new GroupWork(shape, encoded).encode();
  }

  /** The driver calculates too: policies do with matrices. */
  private String driver(String before) {
    String here = NativeRuntime.describe().line();
    if (settings.reproducible() && !before.isEmpty() && !before.equals(here)) {
      throw new PlatformException(
          ("the search was begun by a driver that calculates differently, so it would not go on to"
                  + " the same results: '%s', here '%s'; go on with it there, or say reproducible:"
                  + " false")
              .formatted(before, here));
    }
    return before.isEmpty() ? here : before;
  }

  private String platform(Position<S> before, List<String> platforms) {
    String platform = before.platform().isEmpty() ? platforms.get(0) : before.platform();
    for (String other : platforms) {
      if (settings.reproducible() && !other.equals(platform)) {
        throw new PlatformException(
            ("executors calculate differently, so results would depend on where items run: '%s' and"
                    + " '%s'; use machines of one kind, or say reproducible: false")
                .formatted(platform, other));
      }
    }
    return platform;
  }
}
