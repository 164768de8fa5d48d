package org.espalier.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
   * @return what {@link SearchDriver} folds
   */
  public byte[] run(V view, byte[] group) {
    GroupWork work = GroupWork.decode(group);
    Fold fold = new Fold(work.shape());
    List<GroupResult.Item> results = new ArrayList<>();
    for (GroupWork.Item item : work.items()) {
      worker.checkCancelled();
      long start = THREADS.getCurrentThreadCpuTime();
      Contribution<R> contribution =
          perform(view, search.codecs().item().decode(item.bytes().array()));
      fold.add(contribution.sums());
      long cpu = THREADS.getCurrentThreadCpuTime() - start;
      results.add(result(item.index(), contribution.outcome(), cpu));
    }
    return new GroupResult(worker.platform(), results, fold.sums()).encode();
  }

  private Contribution<R> perform(V view, W item) {
    worker.beforeItem(item);
    ItemContext context = new ItemContext(worker);
    try {
      Contribution<R> contribution = search.perform(view, item, context);
      context.giveBack();
      return contribution;
    } catch (OutOfMemoryError e) {
      context.discard();
      worker.cache().close();
      throw new IllegalStateException(outOfMemory(item, e), e);
    } finally {
      context.discard();
    }
  }

  private static String outOfMemory(WorkItem item, OutOfMemoryError error) {
    return "out of memory in '%s' (%s): the heap may grow to %d MB, the process to %s"
        .formatted(
            item.label(),
            error.getMessage(),
            Runtime.getRuntime().maxMemory() >> 20,
            System.getProperty("org.bytedeco.javacpp.maxphysicalbytes", "4 times the heap"));
  }

  private GroupResult.Item result(int index, Outcome<R> outcome, long cpuNanos) {
    if (outcome instanceof Outcome.Value<R> value) {
      Bytes bytes = Bytes.owning(search.codecs().result().encode(value.value()));
      return new GroupResult.Item(index, false, bytes, cpuNanos);
    }
    byte[] reason = ((Outcome.Failure<R>) outcome).reason().getBytes(StandardCharsets.UTF_8);
    return new GroupResult.Item(index, true, Bytes.owning(reason), cpuNanos);
  }

  /** The sums of one group. */
  private static final class Fold {
    private final SumShape shape;
    private final Map<String, double[]> sums = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    private Fold(SumShape shape) {
      this.shape = shape;
    }

    private void add(Sums more) {
      int known = 0;
      for (SumShape.Block block : shape.blocks()) {
        float[] values = more.blocks().get(block.name());
        if (values != null) {
          known++;
          if (values.length != block.length()) {
            throw new IllegalStateException(
                "the sum '%s' has %d values, an item added %d"
                    .formatted(block.name(), block.length(), values.length));
          }
          double[] sum = sums.computeIfAbsent(block.name(), name -> new double[block.length()]);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += values[i];
          }
          counts.merge(block.name(), 1, Integer::sum);
        }
      }
      if (known != more.names().size()) {
        throw new IllegalStateException(
            "an item added to %s, this round has %s".formatted(more.names(), shape.blocks()));
      }
    }

    private List<GroupResult.Sum> sums() {
      List<GroupResult.Sum> rounded = new ArrayList<>();
      for (int b = 0; b < shape.blocks().size(); b++) {
        double[] sum = sums.get(shape.blocks().get(b).name());
        if (sum != null) {
          float[] values = new float[sum.length];
          for (int i = 0; i < sum.length; i++) {
            values[i] = (float) sum[i];
          }
          rounded.add(
              new GroupResult.Sum(
                  b, counts.get(shape.blocks().get(b).name()), Floats.owning(values)));
        }
      }
      return rounded;
    }
  }
}
