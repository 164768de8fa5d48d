package org.espalier.cost;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.settings.Checks;
import org.espalier.settings.OneOf;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;
import org.espalier.text.InputException;
import org.espalier.text.Suggestion;

/**
 * Microseconds of one image on a device, as the sum of what its layers took when they were measured
 * there one by one. That sum is usually within some ten percent of the whole network's time.
 *
 * <p>Batch norm, activations, dropout and drop-path have no entries: the first two are computed
 * with the layer before them and should be measured with it, the others do nothing. Every other
 * layer of a space's networks needs one, under its {@linkplain LayerSignature signature}.
 *
 * @param table file of lines {@code signature TAB microseconds}; see {@link LatencyTable}
 * @param entries microseconds by signature, at least 0 each; default what the table says. A run
 *     writes them into its resolved configuration, and does not need the file any more
 */
@OneOf(
    value = {"entries", "table"},
    exclusive = false,
    what = "microseconds by signature, or a file")
public record Latency(String table, Map<String, @Range(min = 0) Double> entries)
    implements Resource {
  private static final long NANOSECONDS = 1000;

  public Latency {
    table = Checks.given(table, "");
    Checks.ranges(Latency.class, table, entries);
    if (entries == null || entries.isEmpty()) {
      if (table.isEmpty()) {
        throw new SettingException(
            "entries", "or table must be given: microseconds by signature, or a file");
      }
      entries = LatencyTable.read(Path.of(table));
    }
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String unit() {
    return "microseconds";
  }

  @Override
  public long steps() {
    return NANOSECONDS;
  }

  @Override
  public boolean knowsEveryLayer() {
    return false;
  }

  @Override
  public boolean knows(LayerCost layer) {
    return LayerSignature.of(layer).map(entries::containsKey).orElse(true);
  }

  @Override
  public long ofLayer(LayerCost layer) {
    return LayerSignature.of(layer).map(signature -> measured(layer, signature)).orElse(0L);
  }

  private long measured(LayerCost layer, String signature) {
    Double time = entries.get(signature);
    if (time == null) {
      Optional<String> close = Suggestion.closest(signature, entries.keySet());
      throw new InputException(
          "the latency of layer '%s' is not known: %s has no entry '%s'%s"
              .formatted(
                  layer.name(),
                  table.isEmpty() ? "the table" : table,
                  signature,
                  close.map(each -> "; the closest is '%s'".formatted(each)).orElse("")));
    }
    return Math.round(time * NANOSECONDS);
  }

  @Override
  public Object decidedBy(LayerCost layer) {
    return LayerSignature.of(layer).orElse("");
  }
}
