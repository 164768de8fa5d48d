package org.espalier.search.supernet;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * A place for the running statistics of one sampled path at a time. They are estimated anew
 * wherever they are read, so that paths may share the place.
 */
public final class PathStatistics implements AutoCloseable {
  private final Tensor all;
  private final Map<String, Integer> starts = new HashMap<>();
  private final Map<String, Map<Integer, Tensor>> buffers = new HashMap<>();

  /**
   * A place.
   *
   * @param widest the most channels that each batch norm has in any path, by its name
   */
  public PathStatistics(SortedMap<String, Integer> widest) {
    int size = 0;
    for (Map.Entry<String, Integer> norm : widest.entrySet()) {
      starts.put(norm.getKey() + "/mean", size);
      starts.put(norm.getKey() + "/variance", size + norm.getValue());
      size += 2 * norm.getValue();
    }
    all = Tensor.persistent(Precision.FLOAT32, Shape.of(Math.max(1, size)));
  }

  /** The buffer of a name for a layer of so many channels. */
  Tensor buffer(String name, int channels) {
    return buffers
        .computeIfAbsent(name, other -> new HashMap<>())
        .computeIfAbsent(channels, width -> all.slice(starts.get(name), Shape.of(width)));
  }

  /** Fills all with one number. */
  void fill(double value) {
    all.fill(value);
  }

  @Override
  public void close() {
    all.close();
  }
}
