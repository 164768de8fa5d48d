package org.espalier.export.bench;

import java.util.Locale;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/** The networks of the step benchmark that DL4J's layers can express. */
public enum Dl4jWorkload {
  /** ResNet-20 of widths 16, 32, 64 on 32x32 images. */
  RESNET20(64, 32, 3),
  /** Six depthwise separable blocks on 28x28 images. */
  SEPARABLE(128, 28, 1);

  private final int batch;
  private final int side;
  private final int channels;

  Dl4jWorkload(int batch, int side, int channels) {
    this.batch = batch;
    this.side = side;
    this.channels = channels;
  }

  /** Lower-case name, as printed. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  int batch() {
    return batch;
  }

  int side() {
    return side;
  }

  int channels() {
    return channels;
  }

  ComputationGraphConfiguration configuration() {
    Dl4jGraphBuilder graph = new Dl4jGraphBuilder(side, channels);
    return this == RESNET20 ? resnet(graph) : separable(graph);
  }

  private ComputationGraphConfiguration resnet(Dl4jGraphBuilder graph) {
    String x = graph.relu(graph.normalization(graph.convolution("images", channels, 16, 3, 1)));
    int width = 16;
    for (int outputs : new int[] {16, 32, 64}) {
      for (int i = 0; i < 3; i++) {
        x = residual(graph, x, width, outputs);
        width = outputs;
      }
    }
    return graph.finish(x, width);
  }

  private static String residual(Dl4jGraphBuilder graph, String x, int inputs, int outputs) {
    int stride = inputs == outputs ? 1 : 2;
    String main = graph.relu(graph.normalization(graph.convolution(x, inputs, outputs, 3, stride)));
    main = graph.normalization(graph.convolution(main, outputs, outputs, 3, 1));
    String side =
        stride == 1 ? x : graph.normalization(graph.convolution(x, inputs, outputs, 1, stride));
    return graph.relu(graph.add(main, side));
  }

  private ComputationGraphConfiguration separable(Dl4jGraphBuilder graph) {
    String x = graph.relu(graph.normalization(graph.convolution("images", channels, 16, 3, 1)));
    int[] widths = {16, 16, 32, 32, 64, 64, 64};
    for (int i = 0; i + 1 < widths.length; i++) {
      int stride = i == 1 || i == 3 ? 2 : 1;
      x = graph.relu(graph.normalization(graph.depthwise(x, widths[i], stride)));
      x = graph.convolution(x, widths[i], widths[i + 1], 1, 1);
      x = graph.relu(graph.normalization(x));
    }
    return graph.finish(x, 64);
  }
}
