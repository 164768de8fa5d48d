package org.espalier.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

/** Performs rounds in this process, one group after the other, on the calling thread. */
public final class LocalRounds implements Rounds {
  private final GroupRunner<?, ?, ?> runner;
  private volatile boolean cancelled;

  /**
   * Rounds of one search.
   *
   * @param search the method
   * @param worker its surroundings
   */
  public LocalRounds(Search<?, ?, ?, ?> search, Worker worker) {
    this.runner = new GroupRunner<>(search, new Cancellable(Objects.requireNonNull(worker)));
  }

  @Override
  public List<byte[]> perform(
      int round, byte[] view, List<byte[]> groups, IntConsumer groupFinished) {
    return perform(runner, round, view, groups, groupFinished);
  }

  private static <V> List<byte[]> perform(
      GroupRunner<V, ?, ?> runner,
      int round,
      byte[] view,
      List<byte[]> groups,
      IntConsumer groupFinished) {
    V decoded = runner.view(view);
    List<byte[]> results = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      try {
        results.add(runner.run(decoded, groups.get(group)));
      } catch (RoundCancelledException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new RoundFailedException(
            "group %d of round %d failed: %s".formatted(group, round, e.getMessage()), e);
      }
      groupFinished.accept(group);
    }
    return results;
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public void close() {}

  private final class Cancellable implements Worker {
    private final Worker worker;

    private Cancellable(Worker worker) {
      this.worker = worker;
    }

    @Override
    public DataLoader data() {
      return worker.data();
    }

    @Override
    public WarmCache cache() {
      return worker.cache();
    }

    @Override
    public String platform() {
      return worker.platform();
    }

    @Override
    public void beforeItem(WorkItem item) {
      worker.beforeItem(item);
    }

    @Override
    public void checkCancelled() {
      if (cancelled) {
        throw new RoundCancelledException("the round was cancelled");
      }
      worker.checkCancelled();
    }
  }
}
