package org.espalier.search.rounds;

import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.espalier.search.DataLoader;
import org.espalier.search.Search;
import org.espalier.search.WorkItem;

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
  public void perform(int round, byte[] view, List<byte[]> groups, RoundHandler handler) {
    perform(runner, round, view, groups, handler);
  }

  private static <V> void perform(
      GroupRunner<V, ?, ?> runner,
      int round,
      byte[] view,
      List<byte[]> groups,
      RoundHandler handler) {
    V decoded = runner.view(view);
    IntFunction<byte[]> perform =
        group -> {
          byte[] result = perform(runner, round, decoded, groups.get(group), group);
          handler.groupFinished(group);
          return result;
        };
    int results = Groups.results(groups.size());
    for (int index = 0; index < results; index++) {
      handler.arrived(
          index,
          results == groups.size()
              ? perform.apply(index)
              : GroupFold.fold(Groups.members(index, groups.size()).mapToObj(perform).iterator()));
    }
  }

  private static <V> byte[] perform(
      GroupRunner<V, ?, ?> runner, int round, V view, byte[] work, int group) {
    try {
      return runner.run(view, work);
    } catch (RoundCancelledException e) {
      throw e;
    } catch (ItemFailedException e) {
      throw new ItemFailedException(
          "group %s of round %s failed: %s".formatted(group, round, e.getMessage()), e.getCause());
    } catch (RuntimeException e) {
      throw new RoundFailedException(
          "group %s of round %s failed: %s".formatted(group, round, e.getMessage()), e);
    }
  }

  @Override
  public int slots() {
    return 1;
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
