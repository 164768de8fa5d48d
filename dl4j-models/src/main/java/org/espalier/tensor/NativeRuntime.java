package org.espalier.tensor;

import java.nio.file.Path;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native libraries once, pins their threads and says what was loaded. All the pools of
 * threads spin while they wait, so that two busy processes on two cores slow each other down ten
 * times unless each keeps to its own share.
 */
public final class NativeRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(NativeRuntime.class);

  private static volatile boolean started;
  private static boolean cpu;
  private static boolean oneDnn;
  private static int threadsPerOperation = 1;
  private static int device;

  private NativeRuntime() {}

  /** Loads the native libraries with one thread; does nothing when they are loaded. */
  public static void start() {
    if (!started) {
      start(1);
    }
  }

  /**
   * Loads the native libraries; does nothing when they are loaded.
   *
   * @param threads threads of one operation, at least 1; only 1 gives reproducible bits
   * @throws NativeLibraryException if they do not load
   * @throws IllegalStateException if a pool of threads did not take the number
   * @throws DeviceException if this build computes on a GPU and there is none that it can use
   */
  public static synchronized void start(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    if (started) {
      return;
    }
    if (builtForGpu()) {
      Devices.check(device, CudaDriver.load());
    }
    try {
      load(threads);
    } catch (LinkageError e) {
      throw NativeLibraryException.of(
          "the native code that computes",
          folder(),
          "set ESPALIER_CACHE to a folder on a local disk that has 1 GB free and may hold programs",
          e);
    }
    LOG.info("{}, {}", Nd4j.getBackend().getClass().getSimpleName(), describe().line());
  }

  /** Where JavaCPP unpacks native libraries, and loads them from. */
  public static Path folder() {
    String usual = System.getProperty("user.home") + "/.javacpp/cache";
    return Path.of(System.getProperty("org.bytedeco.javacpp.cachedir", usual));
  }

  private static void load(int threads) {
    // The backend first: ND4J's holder of native operations needs its properties.
    cpu = Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu");
    threadsPerOperation = threads;
    pinAll(threads);
    oneDnn = cpu && loadOneDnn();
    started = true;
    if (cpu && !operations().buildInfo().contains("HAVE_ONEDNN")) {
      LOG.warn(
          "ND4J's plain binary is loaded, which has no oneDNN: build with nd4j.classifier"
              + " linux-x86_64-onednn-avx2 or linux-x86_64-onednn-avx512");
    }
  }

  private static void pinAll(int threads) {
    pinThread();
    Environment environment = Nd4j.getEnvironment();
    environment.setMaxThreads(threads);
    environment.setMaxMasterThreads(threads);
    check("OpenMP", operations().ompGetMaxThreads(), threads);
    if (cpu) {
      openblas_nolapack.blas_set_num_threads(threads);
      check("OpenBLAS", openblas_nolapack.blas_get_num_threads(), threads);
    }
  }

  private static void check(String pool, int actual, int wanted) {
    if (actual != wanted) {
      throw new IllegalStateException(
          "%s keeps %s threads instead of %s; set OMP_NUM_THREADS and OPENBLAS_NUM_THREADS"
              .formatted(pool, actual, wanted));
    }
  }

  /**
   * The numeric platform of this process, with as many threads as the calling thread would use now;
   * loads the native libraries if need be.
   */
  public static Platform describe() {
    start();
    pinThread();
    return Platform.here(oneDnn, operations().ompGetMaxThreads());
  }

  /**
   * Computes on a GPU from now on, in this thread.
   *
   * @param address index of the device, as the cluster manager gave it
   * @return the device in one line
   * @throws DeviceException if this build computes on the CPU, the device is missing, or the
   *     library holds no code for it
   */
  public static synchronized String bindDevice(int address) {
    if (!builtForGpu()) {
      throw new DeviceException(
          "GPU %s was asked for, but this build computes on the CPU: build with -Pcuda"
              .formatted(address));
    }
    String description = Devices.check(address, CudaDriver.load());
    device = address;
    start();
    operations().setDevice(address);
    return description;
  }

  /** Whether this build computes on a GPU; loads nothing. */
  public static boolean builtForGpu() {
    return CudaDriver.onClassPath();
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
    operations().setOmpNumThreads(threadsPerOperation);
  }

  private static NativeOps operations() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  /** {@code -Despalier.onednn=false} leaves it out, as where the library cannot be loaded. */
  private static boolean loadOneDnn() {
    if (System.getProperty("espalier.onednn", "true").equals("false")) {
      return false;
    }
    try {
      Loader.load(dnnl.class);
      return true;
    } catch (UnsatisfiedLinkError | NoClassDefFoundError absent) {
      LOG.warn("oneDNN is not available, ND4J's kernels are used: {}", absent.getMessage());
      return false;
    }
  }
}
