package org.espalier.cost;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.network.Layer;
import org.espalier.settings.Checks;
import org.espalier.settings.OneOf;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;
import org.espalier.text.InputException;
import org.espalier.text.Suggestion;

/**
 * Microseconds of one image on a device, as the sum of what its layers took when they were measured
 * there one by one, and of what every network takes besides.
 *
 * <p>Every layer of a space's networks that takes time needs an entry, under its {@linkplain
 * LayerCost#signature signature}. Activations and batch norms may be missing where a person wrote
 * the entries: then they are measured with the layer before them.
 *
 * @param table file that {@code espalier latency-table} wrote, or one of lines {@code signature TAB
 *     microseconds}
 * @param entries microseconds by signature, at least 0 each; default what the table says, its
 *     correction included. A run writes them into its resolved configuration, and does not need the
 *     file any more
 * @param network microseconds that every network takes besides its layers; default what the table
 *     says, or 0
 * @param space the networks for which the table was made, as its file says; others are refused.
 *     Default what the table says; empty for any networks
 */
@OneOf(
    value = {"entries", "table"},
    exclusive = false,
    what = "microseconds by signature, or a file")
public record Latency(
    String table,
    Map<String, @Range(min = 0) Double> entries,
    @Range(min = 0) Double network,
    String space)
    implements Resource {
  private static final long NANOSECONDS = 1000;

  public Latency {
    table = Checks.given(table, "");
    Checks.ranges(Latency.class, table, entries, network, space);
    if (entries == null || entries.isEmpty()) {
      if (table.isEmpty()) {
        throw new SettingException(
            "entries", "or table must be given: microseconds by signature, or a file");
      }
      LatencyFile file = LatencyFile.read(Path.of(table));
      entries = file.entries();
      network = Checks.given(network, file.network());
      space = Checks.given(space, file.space());
    }
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    network = Checks.given(network, 0.0);
    space = Checks.given(space, "");
  }

  /** Entries for networks of any space. */
  public static Latency ofEntries(Map<String, Double> entries) {
    return new Latency(null, entries, null, null);
  }

  /** What a file says. */
  public static Latency read(Path table) {
    return new Latency(table.toString(), null, null, null);
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
    return layer
        .signature()
        .map(signature -> entries.containsKey(signature) || measuredWithOthers(layer))
        .orElse(true);
  }

  /** Whether the layer is one that a person need not write down. */
  private boolean measuredWithOthers(LayerCost layer) {
    return space.isEmpty()
        && (layer.layer() instanceof Layer.Activation
            || layer.layer() instanceof Layer.BatchNormalization);
  }

  @Override
  public long ofLayer(LayerCost layer) {
    return layer.signature().map(signature -> measured(layer, signature)).orElse(0L);
  }

  private long measured(LayerCost layer, String signature) {
    Double time = entries.get(signature);
    if (time != null) {
      return Math.round(time * NANOSECONDS);
    }
    if (measuredWithOthers(layer)) {
      return 0;
    }
    Optional<String> close = Suggestion.closest(signature, entries.keySet());
    throw new InputException(
        "the latency of layer '%s' is not known: %s has no entry '%s'%s"
            .formatted(
                layer.name(),
                tableName(),
                signature,
                close.map(each -> "; the closest is '%s'".formatted(each)).orElse("")));
  }

  private String tableName() {
    return table.isEmpty() ? "the table" : table;
  }

  @Override
  public long ofEveryNetwork() {
    return Math.round(network * NANOSECONDS);
  }

  @Override
  public void checkMeantFor(String networks) {
    if (!space.isEmpty() && !space.equals(networks)) {
      throw new InputException(
          "%s was made for other networks: for %s, and these are of %s; make a table with 'espalier latency-table --config' and this configuration"
              .formatted(tableName(), space, networks));
    }
  }

  @Override
  public Object decidedBy(LayerCost layer) {
    return layer.signature().orElse("");
  }
}
