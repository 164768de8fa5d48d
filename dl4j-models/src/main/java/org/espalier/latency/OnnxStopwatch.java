package org.espalier.latency;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.espalier.export.OnnxExport;
import org.espalier.export.OnnxModel;
import org.espalier.export.OnnxOptions;
import org.espalier.export.TrainedModel;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.tensor.Seeds;

/**
 * Times networks in ONNX Runtime, as exports run there. With one thread it reads that thread's
 * processor time, in which work of others on the machine does not count; with several it can only
 * read wall time.
 *
 * @param threads that compute an operation, at least 1
 */
public record OnnxStopwatch(int threads) implements Stopwatch {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The network as an ONNX file for one image, with random weights. */
  static byte[] file(NetworkSpec network) {
    try (ParameterSet parameters = ParameterSet.allocate(network)) {
      return OnnxExport.bytes(
          TrainedModel.of(parameters.initialise(Seeds.generator(1))),
          OnnxOptions.DEFAULT.withBatch(1));
    }
  }

  @Override
  public Timed open(NetworkSpec network) {
    OnnxModel model = OnnxModel.open(file(network), network.input(), threads);
    float[] image = new float[network.input().size()];
    RandomGenerator random = Seeds.generator(2);
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    LongSupplier nanoseconds = byProcessor() ? THREADS::getCurrentThreadCpuTime : System::nanoTime;
    return new Timed() {
      @Override
      public double microseconds(int runs) {
        return model.microseconds(image, runs, nanoseconds);
      }

      @Override
      public void close() {
        model.close();
      }
    };
  }

  private boolean byProcessor() {
    return threads == 1 && THREADS.isCurrentThreadCpuTimeSupported();
  }

  @Override
  public String runtime() {
    return OnnxModel.load();
  }

  @Override
  public String clock() {
    return byProcessor() ? "processor time" : "wall time";
  }
}
