package org.espalier.tensor;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the native libraries once and pins their threads. */
public final class NativeRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(NativeRuntime.class);

  private static boolean started;
  private static boolean cpu;
  private static boolean oneDnn;
  private static int threadsPerOperation = 1;

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
    threadsPerOperation = threads;
    operations.setOmpNumThreads(threads);
    openblas_nolapack.blas_set_num_threads(threads);
    oneDnn = cpu && loadOneDnn();
    started = true;
  }

  static boolean onCpu() {
    return cpu;
  }

  /** Whether oneDNN's own library is there. */
  static boolean oneDnnLoaded() {
    return oneDnn;
  }

  /** OpenMP counts threads per calling thread: each one that computes sets its own. */
  static void pinThread() {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threadsPerOperation);
  }

  private static boolean loadOneDnn() {
    try {
      Loader.load(org.bytedeco.dnnl.global.dnnl.class);
      return true;
    } catch (UnsatisfiedLinkError | NoClassDefFoundError absent) {
      LOG.warn("oneDNN is not available, ND4J's kernels are used: {}", absent.getMessage());
      return false;
    }
  }
}
