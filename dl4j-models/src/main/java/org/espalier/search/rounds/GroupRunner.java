package org.espalier.search.rounds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.espalier.search.Contribution;
import org.espalier.search.Outcome;
import org.espalier.search.Search;
import org.espalier.search.SumShape;
import org.espalier.search.Sums;
import org.espalier.search.WorkItem;
import org.espalier.storage.Bytes;
import org.espalier.tensor.DeviceException;

/**
 * Performs groups on an executor: items one after the other, their sums folded in float64 in item
 * order and rounded to float32 once. Every runner of rounds goes through here, so they cannot
 * differ.
 *
 * @param <V> view
 * @param <W> items of work
 * @param <R> result of an item
 */
public final class GroupRunner<V, W extends WorkItem, R> {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Search<?, V, W, R> search;
  private final Worker worker;

  /** A runner for one search in one process; any number of threads may use it. */
  public GroupRunner(Search<?, V, W, R> search, Worker worker) {
    this.search = Objects.requireNonNull(search, "search");
    this.worker = Objects.requireNonNull(worker, "worker");
  }

  /** Decodes a view; it is immutable, so groups of one round may share it. */
  public V view(byte[] view) {
    return search.codecs().view().decode(view);
  }

  /**
   * Performs one group.
   *
   * @param view the round's view
   * @param group as {@link SearchDriver} encoded it
   * @return what {@link SearchDriver} folds, or {@link GroupFold} before it
   * @throws ItemFailedException if an item threw what is no trouble of this executor alone
   */
  public byte[] run(V view, byte[] group) {
    GroupWork work = GroupWork.decode(group);
    Fold fold = new Fold(work.shape());
    List<GroupResult.Item> results = new ArrayList<>();
    for (GroupWork.Item item : work.items()) {
      worker.checkCancelled();
      W decoded = search.codecs().item().decode(item.bytes().toArray());
      long cpu = THREADS.getCurrentThreadCpuTime();
      long wall = System.nanoTime();
      Contribution<R> contribution = perform(view, decoded);
      ItemTime time =
          new ItemTime(THREADS.getCurrentThreadCpuTime() - cpu, System.nanoTime() - wall);
      try {
        fold.add(contribution.sums());
        results.add(result(item.index(), contribution.outcome(), time));
      } catch (IllegalStateException | IllegalArgumentException e) {
        throw ItemFailedException.of(decoded.label(), e);
      }
    }
    return GroupResult.encode(List.of(worker.platform()), results, fold.sums);
  }

  private Contribution<R> perform(V view, W item) {
    worker.beforeItem(item);
    LendingContext context = new LendingContext(worker);
    try {
      Contribution<R> contribution = search.perform(view, item, context);
      context.giveBack();
      return contribution;
    } catch (OutOfMemoryError e) {
      context.discard();
      worker.cache().close();
      throw new IllegalStateException(outOfMemory(item, e), e);
    } catch (RuntimeException | Error e) {
      if (troubleOfExecutor(e, context)) {
        throw e;
      }
      throw ItemFailedException.of(item.label(), e);
    } finally {
      context.discard();
    }
  }

  /** Whether the same item might well go through elsewhere, or later. */
  private static boolean troubleOfExecutor(Throwable thrown, LendingContext context) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof IOException
          || each instanceof UncheckedIOException
          || each instanceof OutOfMemoryError
          || each instanceof LinkageError
          || each instanceof DeviceException
          || each instanceof InterruptedException
          || each instanceof RoundCancelledException
          || each == context.unreadable().orElse(null)) {
        return true;
      }
    }
    return Thread.currentThread().isInterrupted();
  }

  private static String outOfMemory(WorkItem item, OutOfMemoryError error) {
    return "out of memory in '%s' (%s): the heap may grow to %s MB, the process to %s"
        .formatted(
            item.label(),
            error.getMessage(),
            Runtime.getRuntime().maxMemory() >> 20,
            System.getProperty("org.bytedeco.javacpp.maxphysicalbytes", "4 times the heap"));
  }

  private GroupResult.Item result(int index, Outcome<R> outcome, ItemTime time) {
    if (outcome instanceof Outcome.Value<R> value) {
      Bytes bytes = Bytes.owning(search.codecs().result().encode(value.value()));
      return new GroupResult.Item(index, false, bytes, time);
    }
    byte[] reason = ((Outcome.Failure<R>) outcome).reason().getBytes(StandardCharsets.UTF_8);
    return new GroupResult.Item(index, true, Bytes.owning(reason), time);
  }

  /** The sums of one group, by the names that items use. */
  private static final class Fold {
    private final SumShape shape;
    private final SumFold sums = new SumFold();

    private Fold(SumShape shape) {
      this.shape = shape;
    }

    private void add(Sums more) {
      int known = 0;
      for (int block = 0; block < shape.blocks().size(); block++) {
        SumShape.Block expected = shape.blocks().get(block);
        Optional<float[]> added = more.values(expected.name());
        if (added.isPresent()) {
          float[] values = added.get();
          known++;
          if (values.length != expected.length()) {
            throw new IllegalStateException(
                "the sum '%s' has %s values, an item added %s"
                    .formatted(expected.name(), expected.length(), values.length));
          }
          sums.add(block, values);
        }
      }
      if (known != more.names().size()) {
        throw new IllegalStateException(
            "an item added to %s, this round has %s".formatted(more.names(), shape.blocks()));
      }
    }
  }
}
