package org.espalier.latency;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.espalier.cost.LatencyTable;
import org.espalier.cost.LayerCost;
import org.espalier.cost.NetworkCost;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;

/**
 * A device whose times are known: every call takes 3 microseconds, every operation half a
 * microsecond and a nanosecond a value that it gives, times a factor of its kind. Sums of what
 * convolutions give are computed with these where operations are measured by themselves. Kinds in
 * {@code otherwise} count with another factor in whole networks, where each operation also takes
 * {@code overhead}.
 */
final class FakeStopwatch implements Stopwatch {
  static final double CALL = 3;

  private final Map<String, Double> otherwise;
  double overhead;
  int runs;
  int most = Integer.MAX_VALUE;

  FakeStopwatch(Map<String, Double> otherwise) {
    this.otherwise = otherwise;
  }

  /** The time of an operation. */
  static double time(LayerCost layer) {
    String signature = layer.signature().orElse("");
    return signature.isEmpty() || signature.equals("globalAveragePooling 1x1x1 1")
        ? 0
        : 0.5 + layer.output().size() / 1000.0;
  }

  private double time(NetworkSpec network) {
    Map<String, Layer> layers = new HashMap<>();
    Map<String, Integer> readers = new HashMap<>();
    Set<String> free = new HashSet<>();
    for (NetworkSpec.Node node : network.nodes()) {
      node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
    }
    boolean whole = !network.name().equals("operation") && !network.name().equals("call");
    for (NetworkSpec.Node node : network.nodes()) {
      layers.put(node.name(), node.layer());
      if (!whole
          && node.layer() instanceof Layer.Add
          && node.inputs().stream()
              .anyMatch(
                  input ->
                      readers.get(input) == 1
                          && (layers.get(input) instanceof Layer.Convolution
                              || layers.get(input) instanceof Layer.DepthwiseConvolution))) {
        free.add(node.name());
      }
    }
    double time = CALL;
    for (LayerCost layer : NetworkCost.of(network).layers()) {
      String kind = LatencyTable.kind(layer.signature().orElse("none"));
      double factor = whole ? otherwise.getOrDefault(kind, 1.0) : 1;
      double besides = whole && layer.signature().isPresent() ? overhead : 0;
      time += free.contains(layer.name()) ? 0 : factor * time(layer) + besides;
    }
    return time;
  }

  @Override
  public Timed open(NetworkSpec network) {
    double time = time(network);
    return new Timed() {
      @Override
      public double microseconds(int count) {
        if (runs++ >= most) {
          throw new IllegalStateException("switched off");
        }
        return time;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public String runtime() {
    return "fake 1";
  }

  @Override
  public String clock() {
    return "no time";
  }

  @Override
  public int threads() {
    return 1;
  }
}
