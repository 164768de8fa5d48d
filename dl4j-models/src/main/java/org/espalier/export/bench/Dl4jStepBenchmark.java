package org.espalier.export.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.tensor.NativeRuntime;
import org.espalier.tensor.Seeds;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Times one training step of a DL4J {@code ComputationGraph} on random images, on one thread. */
public final class Dl4jStepBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Dl4jStepBenchmark() {}

  /** Number of trained numbers of a workload's network, beside the statistics of batch norm. */
  public static long parameterCount(Dl4jWorkload workload) {
    NativeRuntime.start();
    ComputationGraph graph = new ComputationGraph(workload.configuration());
    graph.init();
    return Arrays.stream(graph.getLayers())
        .flatMap(layer -> layer.paramTable().entrySet().stream())
        .filter(entry -> !entry.getKey().equals("mean") && !entry.getKey().startsWith("var"))
        .filter(entry -> !entry.getKey().equals("log10stdev"))
        .mapToLong(entry -> entry.getValue().length())
        .sum();
  }

  /**
   * Median processor time of a step in milliseconds.
   *
   * @param workload which network
   * @param warmUp steps before the measurement
   * @param steps measured steps, at least 1
   */
  public static double cpuMillis(Dl4jWorkload workload, int warmUp, int steps) {
    NativeRuntime.start();
    ComputationGraph graph = new ComputationGraph(workload.configuration());
    graph.init();
    DataSet batch = batch(workload);
    double[] cpu = new double[steps];
    for (int i = -warmUp; i < steps; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      graph.fit(batch);
      if (i >= 0) {
        cpu[i] = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
      }
    }
    Arrays.sort(cpu);
    return cpu[steps / 2];
  }

  private static DataSet batch(Dl4jWorkload workload) {
    int batch = workload.batch();
    int side = workload.side();
    var random = Seeds.generator(2);
    float[] images = new float[batch * workload.channels() * side * side];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    INDArray labels = Nd4j.zeros(batch, 10);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % 10, 1);
    }
    return new DataSet(
        Nd4j.createFromArray(images).reshape(batch, workload.channels(), side, side), labels);
  }
}
