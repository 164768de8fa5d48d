package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.espalier.run.RunDirectory;
import org.espalier.run.RunIdentity;
import org.espalier.search.SearchContext;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.RoundFailedException;
import org.espalier.search.rounds.RoundReport;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.ToySearch;
import org.espalier.search.rounds.WarmCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchProgressTest {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** Seven rounds of one phase, then three of another. */
  private static final ToySearch SEARCH = new ToySearch(7, 3, 0.3);

  @TempDir Path folder;
  private final List<Integer> written = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private int stopAfter = Integer.MAX_VALUE;
  private int failAfter = Integer.MAX_VALUE;

  @Test
  void positionsWaitUntilTheTimeHasComeOrAPhaseEnds() {
    run(Duration.ofSeconds(10));

    assertThat(written).containsExactly(3, 6, 7, 10);
  }

  @Test
  void fastRoundsHaveCheckpointsAtTheEndsOfPhasesAlone() {
    run(Duration.ZERO);

    assertThat(written).containsExactly(7, 10);
  }

  @Test
  void slowRoundsHaveOneEach() {
    run(PAUSE);

    assertThat(written).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void theClockDecidesNothingElse() {
    Position<ToySearch.State> fast = run(Duration.ZERO);

    assertThat(run(PAUSE).state()).isEqualTo(fast.state());
  }

  @Test
  void aSearchThatIsStoppedHasItsLastPositionWritten() {
    stopAfter = 2;

    Position<ToySearch.State> end = run(Duration.ZERO);

    assertThat(end.round()).isEqualTo(2);
    assertThat(written).containsExactly(2);
  }

  @Test
  void aSearchThatFailsHasItsLastPositionWritten() {
    failAfter = 5;

    assertThatThrownBy(() -> run(Duration.ofSeconds(10))).isInstanceOf(RoundFailedException.class);

    assertThat(written).containsExactly(3, 5);
  }

  private Position<ToySearch.State> run(Duration round) {
    InstantSource clock = () -> now;
    RunIdentity identity = new RunIdentity("search", "seed: 1\n");
    try (RunDirectory run =
            RunDirectory.open(folder.resolve("run").toString(), identity, true, line -> {});
        LocalRounds rounds =
            new LocalRounds(SEARCH, new PlainWorker(ToySearch.points(), new WarmCache(4), "one"))) {
      CheckpointPace<ToySearch.State> checkpoints =
          new CheckpointPace<>(position -> written.add(position.round()), PAUSE, clock);
      Console console = new Console();
      SearchProgress<ToySearch.State> progress =
          new SearchProgress<>(SEARCH, run, console, checkpoints);
      var driver =
          new SearchDriver<>(
              SEARCH, rounds, new DriverSettings(2, true), new Slow(progress, round, console));
      console.onStop(driver::stop);
      Position<ToySearch.State> start = driver.start(new SearchContext(3, ToySearch.points()));
      return checkpoints.during(() -> driver.run(start));
    }
  }

  /** Each round takes its time; after some, something else happens. */
  private final class Slow implements SearchListener<ToySearch.State> {
    private final SearchProgress<ToySearch.State> progress;
    private final Duration round;
    private final Console console;

    private Slow(SearchProgress<ToySearch.State> progress, Duration round, Console console) {
      this.progress = progress;
      this.round = round;
      this.console = console;
    }

    @Override
    public void roundPlanned(Position<ToySearch.State> before, int items, long plannedCost) {
      if (before.round() == failAfter) {
        throw new RoundFailedException("no executor is left", null);
      }
      progress.roundPlanned(before, items, plannedCost);
    }

    @Override
    public void roundFinished(Position<ToySearch.State> after, RoundReport report) {
      now = now.plus(round);
      if (after.round() == stopAfter) {
        console.stop();
      }
      progress.roundFinished(after, report);
    }
  }

  /** Nobody is there, but somebody may have asked for an end. */
  private static final class Console implements JobConsole {
    private Runnable action = () -> {};
    private boolean stopped;

    private void stop() {
      stopped = true;
      action.run();
    }

    @Override
    public void say(String line) {}

    @Override
    public void progress(double share, String detail) {}

    @Override
    public boolean stopRequested() {
      return stopped;
    }

    @Override
    public void onStop(Runnable wanted) {
      action = wanted;
    }
  }
}
