package org.espalier.search.width;

import java.util.HashMap;
import java.util.Map;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * A place for the running statistics of one candidate at a time. They are estimated anew wherever
 * they are read, so that candidates may share the place.
 */
final class Statistics implements AutoCloseable {
  private final Tensor all;
  private final Map<String, Integer> starts = new HashMap<>();
  private final Map<String, Map<Integer, Tensor>> buffers = new HashMap<>();

  Statistics(MetaLayout layout) {
    int size = 0;
    for (Site site : layout.sites()) {
      if (site.norm().isPresent()) {
        int widest = layout.widest(site.output());
        starts.put(site.norm().get() + "/mean", size);
        starts.put(site.norm().get() + "/variance", size + widest);
        size += 2 * widest;
      }
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
