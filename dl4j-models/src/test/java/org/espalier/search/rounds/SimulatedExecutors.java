package org.espalier.search.rounds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.search.Search;

/**
 * Several executors in one process: each has its own instance of the search, its own worker and its
 * own thread, they take groups in a shuffled order, and a group that throws is repeated; results
 * arrive in that order.
 */
public final class SimulatedExecutors implements Rounds {
  private static final int ATTEMPTS = 3;

  private final List<GroupRunner<?, ?, ?>> executors = new ArrayList<>();
  private final Random order;

  /** Executors, each from the two suppliers. */
  public SimulatedExecutors(
      int executors,
      long order,
      Supplier<? extends Search<?, ?, ?, ?>> search,
      Supplier<Worker> worker) {
    for (int i = 0; i < executors; i++) {
      this.executors.add(new GroupRunner<>(search.get(), worker.get()));
    }
    this.order = new Random(order);
  }

  @Override
  public void perform(int round, byte[] view, List<byte[]> groups, RoundHandler handler) {
    List<Integer> shuffled =
        IntStream.range(0, groups.size()).boxed().collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(shuffled, order);
    Queue<Integer> waiting = new ConcurrentLinkedQueue<>(shuffled);
    byte[][] results = new byte[groups.size()][];
    ExecutorService threads = Executors.newFixedThreadPool(executors.size());
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (GroupRunner<?, ?, ?> executor : executors) {
        running.add(threads.submit(work(executor, view, groups, waiting, results)));
      }
      for (Future<Void> future : running) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new RoundFailedException("a group failed " + ATTEMPTS + " times", e.getCause());
    } catch (InterruptedException e) {
      throw new RoundFailedException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
    for (int group : shuffled) {
      handler.groupFinished(group);
    }
    int arriving = Groups.results(groups.size());
    for (int index : shuffled) {
      if (arriving == groups.size()) {
        handler.arrived(index, results[index]);
      } else if (index < arriving) {
        IntStream members = Groups.members(index, groups.size());
        handler.arrived(
            index, GroupFold.fold(members.mapToObj(group -> results[group]).iterator()));
      }
    }
  }

  @Override
  public int slots() {
    return executors.size();
  }

  private static <V> Callable<Void> work(
      GroupRunner<V, ?, ?> executor,
      byte[] view,
      List<byte[]> groups,
      Queue<Integer> waiting,
      byte[][] results) {
    return () -> {
      V decoded = executor.view(view);
      for (Integer group = waiting.poll(); group != null; group = waiting.poll()) {
        results[group] = attempt(executor, decoded, groups.get(group), ATTEMPTS);
      }
      return null;
    };
  }

  private static <V> byte[] attempt(
      GroupRunner<V, ?, ?> executor, V view, byte[] group, int attempts) {
    try {
      return executor.run(view, group);
    } catch (RuntimeException e) {
      if (attempts == 1) {
        throw e;
      }
      return attempt(executor, view, group, attempts - 1);
    }
  }

  @Override
  public void cancel() {}

  @Override
  public void close() {}
}
