package org.espalier.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import org.espalier.text.InputException;

/**
 * Times one training step on one thread. That of a {@link Workload} is forward, backward and
 * stochastic gradient descent (momentum 0.9, weight decay 3e-4) on random images.
 *
 * <p>The virtual machine compiles what runs often in the background, which is not part of a step:
 * the default of {@value #WARM_UP} steps before the measurement lets most of it finish. What other
 * threads (compiler, garbage collector) still use is counted, spread evenly over the steps.
 */
public final class StepBenchmark {
  /** Steps before the measurement. */
  public static final int WARM_UP = 30;

  /** Columns of {@link Result#csv}. */
  public static final String HEADER = "workload,cpu_ms,wall_ms,spilled_bytes";

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private StepBenchmark() {}

  /**
   * Medians over the measured steps.
   *
   * @param label what was timed
   * @param cpuMillis processor time of a step, including what other threads of the process used
   * @param wallMillis time on the clock
   * @param spilledBytes bytes that did not fit into the arena in the measured steps
   */
  public record Result(String label, double cpuMillis, double wallMillis, long spilledBytes) {
    /** One line under {@link #HEADER}. */
    public String csv() {
      return String.format(
          Locale.ROOT, "%s,%.2f,%.2f,%d", label, cpuMillis, wallMillis, spilledBytes);
    }
  }

  /** Number of trained numbers of a workload's network. */
  public static long parameterCount(Workload workload) {
    try (Steps steps = workload.start()) {
      return steps.parameterCount();
    }
  }

  /**
   * Runs one workload.
   *
   * @param workload which network
   * @param warmUp steps before the measurement, at least 2
   * @param count measured steps, at least 1; where the steps differ at least one of each kind is
   *     measured
   */
  public static Result run(Workload workload, int warmUp, int count) {
    try (Steps steps = workload.start()) {
      return run(workload.label(), steps, warmUp, count);
    }
  }

  /**
   * Runs steps of any kind.
   *
   * @param label what they are called
   * @param steps closed by the caller
   * @param warmUp as of {@link #run(Workload, int, int)}
   * @param count likewise
   */
  public static Result run(String label, Steps steps, int warmUp, int count) {
    if (warmUp < 2 || count < 1) {
      throw new InputException(
          "need at least 2 warm-up steps and 1 step, got %s and %s".formatted(warmUp, count));
    }
    int kinds = steps.kinds();
    double[] cpu = new double[(count + kinds - 1) / kinds * kinds];
    double[] wall = new double[cpu.length];
    for (int i = 0; i < (warmUp + kinds - 1) / kinds * kinds; i++) {
      steps.step(i);
    }
    long background = backgroundNanos();
    long spilled = steps.spilledBytes();
    for (int i = 0; i < cpu.length; i++) {
      long cpuStart = THREADS.getCurrentThreadCpuTime();
      long wallStart = System.nanoTime();
      steps.step(i);
      cpu[i] = (THREADS.getCurrentThreadCpuTime() - cpuStart) / 1e6;
      wall[i] = (System.nanoTime() - wallStart) / 1e6;
    }
    double backgroundMillis = (backgroundNanos() - background) / 1e6 / cpu.length;
    return new Result(
        label,
        median(cpu, kinds) + Math.max(0, backgroundMillis),
        median(wall, kinds),
        steps.spilledBytes() - spilled);
  }

  /** Processor time of all other threads; the system counts it in units of 10 ms. */
  private static long backgroundNanos() {
    return SYSTEM.getProcessCpuTime() - THREADS.getCurrentThreadCpuTime();
  }

  /** The mean over the kinds of steps, which take turns, of each kind's median. */
  private static double median(double[] values, int kinds) {
    double sum = 0;
    for (int kind = 0; kind < kinds; kind++) {
      double[] sorted = new double[values.length / kinds];
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = values[i * kinds + kind];
      }
      Arrays.sort(sorted);
      sum += sorted[sorted.length / 2];
    }
    return sum / kinds;
  }
}
