package org.espalier.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.search.rounds.GroupFold;
import org.espalier.search.rounds.Groups;
import org.espalier.search.rounds.RoundHandler;
import scala.Function0;
import scala.Function2;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * The Spark job of one round. Results are handed over as they arrive rather than collected, so that
 * the driver need not hold them all; very many groups are folded by a second stage before.
 */
final class RoundJob {
  private static final long POLL_MILLIS = 50;

  private final JavaSparkContext context;
  private final JavaRDD<byte[]> results;
  private final int count;

  RoundJob(JavaSparkContext context, List<GroupPayload> payloads, GroupTask task) {
    this.context = context;
    this.count = Groups.results(payloads.size());
    JavaRDD<byte[]> performed = context.parallelize(payloads, payloads.size()).map(task);
    this.results = count == payloads.size() ? performed : folded(performed, count);
  }

  /** Sorting lets an executor fold group by group without holding a block's groups at once. */
  private static JavaRDD<byte[]> folded(JavaRDD<byte[]> performed, int count) {
    return performed
        .mapToPair(result -> new Tuple2<>(TaskContext.getPartitionId(), result))
        .repartitionAndSortWithinPartitions(new GroupPartitioner(count))
        .values()
        .mapPartitions(groups -> Collections.singleton(GroupFold.fold(groups)).iterator());
  }

  /**
   * Performs the round; what Spark throws comes through as it is.
   *
   * @param check run every so often; ends the round by what it throws
   */
  void run(RoundHandler handler, Runnable check) throws InterruptedException {
    BlockingQueue<Consumer<RoundHandler>> arrivals = new LinkedBlockingQueue<>();
    List<Object> partitions = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      partitions.add(index);
    }
    Function2<Object, byte[], BoxedUnit> arrive =
        (index, bytes) -> {
          arrivals.add(taker -> taker.arrived((Integer) index, bytes));
          return BoxedUnit.UNIT;
        };
    Function0<BoxedUnit> nothing = () -> BoxedUnit.UNIT;
    SimpleFutureAction<BoxedUnit> job =
        context
            .sc()
            .submitJob(
                results.rdd(),
                new Only(),
                CollectionConverters.asScala(partitions).toSeq(),
                arrive,
                nothing);
    try {
      for (int left = count; left > 0; left--) {
        next(arrivals, job, check).accept(handler);
      }
    } catch (RuntimeException | InterruptedException e) {
      job.cancel();
      throw e;
    }
  }

  private static Consumer<RoundHandler> next(
      BlockingQueue<Consumer<RoundHandler>> arrivals,
      SimpleFutureAction<BoxedUnit> job,
      Runnable check)
      throws InterruptedException {
    while (true) {
      boolean over = job.isCompleted();
      Consumer<RoundHandler> arrival = arrivals.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (arrival != null) {
        return arrival;
      } else if (over) {
        job.value().get().get();
        throw new IllegalStateException("the round ended without all of its results");
      }
      check.run();
    }
  }

  /** The one result of a partition. */
  private static final class Only
      extends AbstractFunction1<scala.collection.Iterator<byte[]>, byte[]> implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] apply(scala.collection.Iterator<byte[]> results) {
      return results.next();
    }
  }
}
