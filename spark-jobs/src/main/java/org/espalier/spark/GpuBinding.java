package org.espalier.spark;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.espalier.tensor.NativeRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the thread of a Spark task compute on the GPU that Spark gave to the task. */
final class GpuBinding {
  private static final Logger LOG = LoggerFactory.getLogger(GpuBinding.class);
  private static final String GPU = "gpu";
  private static final Set<Integer> SAID = ConcurrentHashMap.newKeySet();

  private GpuBinding() {}

  /** Binds the calling thread; the device in words, or empty if the task has no GPU. */
  static Optional<String> bind() {
    // What the build is for takes a search through the class path: asked only if there is a GPU.
    return bind(
        TaskContext.get(),
        address ->
            NativeRuntime.builtForGpu()
                ? NativeRuntime.bindDevice(address)
                : notBuiltForIt(address));
  }

  /**
   * Binds the calling thread.
   *
   * @param task may be null, outside of Spark's tasks
   * @param device binds to an address and describes it
   */
  static Optional<String> bind(TaskContext task, IntFunction<String> device) {
    if (task == null) {
      return Optional.empty();
    }
    ResourceInformation gpus = task.resourcesJMap().get(GPU);
    if (gpus == null || gpus.addresses().length == 0) {
      return Optional.empty();
    }
    int address = address(gpus.addresses());
    String description = device.apply(address);
    if (SAID.add(address)) {
      LOG.info("computing on GPU {}: {}", address, description);
    }
    return Optional.of(description);
  }

  private static int address(String[] addresses) {
    if (addresses.length > 1) {
      throw new IllegalStateException(
          "an item computes on one GPU, Spark gave %s; set spark.task.resource.gpu.amount=1"
              .formatted(String.join(", ", addresses)));
    }
    try {
      return Integer.parseInt(addresses[0]);
    } catch (NumberFormatException e) {
      throw new IllegalStateException(
          ("the address of a GPU is its index, got '%s'; use submit/gpu-discovery.sh as the discovery"
                  + " script")
              .formatted(addresses[0]),
          e);
    }
  }

  /** Fake GPUs are for trials of the cluster's side, so items are performed all the same. */
  private static String notBuiltForIt(int address) {
    if (SAID.add(address)) {
      LOG.warn(
          "Spark gave GPU {}, but this build computes on the CPU; build with -Pcuda to use it",
          address);
    }
    return address + " not used: this build computes on the CPU";
  }
}
