package org.espalier.tensor;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Loads the native libraries once and pins their threads. */
public final class NativeRuntime {
  private static boolean started;
  private static boolean cpu;

  private NativeRuntime() {}

  /** Loads the native libraries with one thread; does nothing when they are loaded. */
  public static void start() {
    start(1);
  }

  /**
   * Loads the native libraries; does nothing when they are loaded.
   *
   * @param threads threads of one operation, at least 1; only 1 gives reproducible bits
   */
  public static synchronized void start(int threads) {
    if (started) {
      return;
    }
    // The backend first: ND4J's holder of native operations needs its properties.
    cpu = Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu");
    NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    operations.setOmpNumThreads(threads);
    started = true;
  }

  static boolean onCpu() {
    return cpu;
  }
}
