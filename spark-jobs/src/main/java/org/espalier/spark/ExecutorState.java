package org.espalier.spark;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.espalier.search.DataLoader;
import org.espalier.search.rounds.GroupRunner;
import org.espalier.search.rounds.WarmCache;
import org.espalier.search.rounds.Worker;
import org.espalier.tensor.NativeRuntime;
import org.espalier.tensor.Platform;

/**
 * What one process keeps warm for one search, as pure caches: the search itself, the view of the
 * round, data, networks.
 */
final class ExecutorState {
  private static final Map<String, ExecutorState> STATES = new ConcurrentHashMap<>();

  private final Runner<?> runner;
  private final WarmCache cache;

  private ExecutorState(ExecutorSetup setup, int warmThings) {
    cache = new WarmCache(warmThings);
    Worker worker = new SparkWorker(new LoadedOnce(setup.data()), cache, platform());
    runner = new Runner<>(new GroupRunner<>(setup.search(), worker));
  }

  /** The state of a search in this process, built at first use. */
  static ExecutorState of(String id, ExecutorSetup setup, int warmThings) {
    return STATES.computeIfAbsent(id, key -> new ExecutorState(setup, warmThings));
  }

  /** Frees what this process keeps for a search. */
  static void forget(String id) {
    ExecutorState state = STATES.remove(id);
    if (state != null) {
      state.cache.close();
    }
  }

  /** One thread an operation, and looks whether it is so: only then are bits the same each time. */
  private static String platform() {
    NativeCache.choose();
    NativeRuntime.start(1);
    Platform platform = NativeRuntime.describe();
    if (platform.threads() != 1) {
      throw new IllegalStateException(
          "operations must be computed by 1 thread on executors, here by " + platform.threads());
    }
    return platform.line();
  }

  /** Performs a group. */
  byte[] run(byte[] view, byte[] group) {
    return runner.run(view, group);
  }

  /** A group runner and the latest view, decoded once for all its groups here, known by content. */
  private static final class Runner<V> {
    private final GroupRunner<V, ?, ?> runner;
    private byte[] latest = {};
    private Optional<V> decoded = Optional.empty();

    private Runner(GroupRunner<V, ?, ?> runner) {
      this.runner = runner;
    }

    private byte[] run(byte[] view, byte[] group) {
      return runner.run(view(view), group);
    }

    private synchronized V view(byte[] view) {
      if (decoded.isEmpty() || !Arrays.equals(latest, view)) {
        decoded = Optional.of(runner.view(view));
        latest = view;
      }
      return decoded.orElseThrow();
    }
  }

  private record SparkWorker(DataLoader data, WarmCache cache, String platform) implements Worker {

    @Override
    public void checkCancelled() {
      TaskContext task = TaskContext.get();
      if (task != null) {
        task.killTaskIfInterrupted();
      }
    }
  }

  /** Loads each data set once. */
  private static final class LoadedOnce implements DataLoader {
    private final DataLoader loader;
    private final Map<String, Object> loaded = new ConcurrentHashMap<>();

    private LoadedOnce(DataLoader loader) {
      this.loader = loader;
    }

    @Override
    public <D> D load(String fingerprint, Class<D> type) {
      return type.cast(loaded.computeIfAbsent(fingerprint, missing -> loader.load(missing, type)));
    }
  }
}
