package org.espalier.spark;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** Performs one group inside a Spark task. */
final class GroupTask implements Function<GroupPayload, byte[]> {
  private static final long serialVersionUID = 1L;

  private final String id;
  private final ExecutorSetup setup;
  private final int warmThings;
  private final Broadcast<byte[]> view;

  GroupTask(String id, ExecutorSetup setup, int warmThings, Broadcast<byte[]> view) {
    this.id = id;
    this.setup = setup;
    this.warmThings = warmThings;
    this.view = view;
  }

  @Override
  public byte[] call(GroupPayload group) {
    // Before the state is built: on a GPU the native libraries start on the device they are bound
    // to.
    GpuBinding.bind();
    return ExecutorState.of(id, setup, warmThings).run(view.value(), group.bytes());
  }
}
