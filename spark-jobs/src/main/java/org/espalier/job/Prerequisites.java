package org.espalier.job;

import java.lang.management.ManagementFactory;
import org.espalier.cost.NetworkCost;
import org.espalier.export.OnnxModel;
import org.espalier.network.ImageShape;
import org.espalier.spark.ExecutorSize;
import org.espalier.spark.InsufficientMemoryException;
import org.espalier.tensor.NativeRuntime;

/** What a job needs until its very end, looked at before its work begins. */
final class Prerequisites {
  private static final String NATIVE_LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";

  /** Virtual machine, classes and native libraries. */
  private static final long BASE = 300L << 20;

  private Prerequisites() {}

  /**
   * Refuses what cannot be exported and proved at the end.
   *
   * @param images shape of the images that the network takes
   * @throws org.espalier.text.InputException if the settings ask for what cannot be
   * @throws org.espalier.tensor.NativeLibraryException if a library does not load
   */
  static void ofExport(ExportSettings settings, ImageShape images) {
    settings.check(images);
    NativeRuntime.start();
    OnnxModel.load();
  }

  /**
   * Refuses a training that this process has no memory for.
   *
   * @param cost of the network
   * @param need bytes beside the heap
   * @param data bytes of the images, which are in the heap
   * @throws InsufficientMemoryException if it does not fit
   */
  static void ofTraining(NetworkCost cost, long need, long data) {
    long limit = limit();
    if (need + BASE > limit) {
      throw new InsufficientMemoryException(
          ("the training needs about %s beside the heap, the process may have %s in all; take a"
                  + " smaller training.batchSize or network, or more memory, by ESPALIER_MEMORY if"
                  + " the machine has it")
              .formatted(Amounts.bytes(need), Amounts.bytes(limit)));
    }
    // Values, a velocity, and the bytes of a checkpoint that holds both.
    long heap = 4 * cost.bytes() + data;
    long most = Runtime.getRuntime().maxMemory();
    if (heap > most) {
      throw new InsufficientMemoryException(
          ("weights and images need about %s of heap, which has %s; start with ESPALIER_HEAP=%sm, or"
                  + " take a smaller network")
              .formatted(Amounts.bytes(heap), Amounts.bytes(most), (heap >> 20) * 3 / 2 + 100));
    }
  }

  private static long limit() {
    long machine =
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize();
    String given = System.getProperty(NATIVE_LIMIT);
    return given == null ? machine : Math.min(machine, ExecutorSize.bytes(given));
  }
}
