package org.espalier.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.config.ConfigSource;
import org.espalier.cost.Latency;
import org.espalier.cost.LayerCost;
import org.espalier.cost.NetworkCost;
import org.espalier.data.ImageDataset;
import org.espalier.data.format.Datasets;
import org.espalier.job.NetworkSettings;
import org.espalier.job.TrainSettings;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.storage.HadoopFileSystems;
import org.espalier.text.InputException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts what a network costs. */
@Command(
    name = "cost",
    description = "Count MACs, parameters, bytes and memory of a network, by layer and in total.")
final class CostCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(names = "--csv", description = "Print comma-separated values.")
  private boolean csv;

  @Option(
      names = "--latency-table",
      paramLabel = "FILE",
      description = "Say what the network takes on the device of this table, too.")
  private Path latencyTable;

  @Mixin private JsonOption json;

  CostCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Where the network comes from. */
  static final class Source {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "Configuration of train; its data give shape and classes.")
    private Path config;

    @Option(
        names = "--network",
        paramLabel = "URI",
        description = "Network as JSON, such as a run's model/network.json.")
    private String network;
  }

  @Override
  public Integer call() {
    if (csv && json.given()) {
      throw new InputException("give --csv or --json, not both");
    }
    NetworkSpec spec =
        source.network == null ? configured() : NetworkSettings.File.read(source.network);
    if (csv && latencyTable != null) {
      throw new InputException("give --csv or --latency-table, not both");
    }
    NetworkCost cost = NetworkCost.of(spec);
    Optional<Latency> latency = Optional.ofNullable(latencyTable).map(Latency::read);
    if (json.given()) {
      json.print(surroundings, () -> summary(spec, cost, latency));
    } else {
      table(spec, cost);
      latency.ifPresent(
          each ->
              surroundings
                  .out()
                  .println(
                      "latency by %s: %s %s"
                          .formatted(latencyTable, each.amount(each.of(cost)), each.unit())));
    }
    return ExitCode.DONE;
  }

  private static Map<String, Object> summary(
      NetworkSpec spec, NetworkCost cost, Optional<Latency> latency) {
    Map<String, Object> summary = new LinkedHashMap<>();
    ImageShape input = spec.input();
    summary.put("command", "cost");
    summary.put("network", spec.name());
    summary.put("input", List.of(input.height(), input.width(), input.channels()));
    summary.put("macs", cost.macs());
    summary.put("flops", cost.flops());
    summary.put("parameters", cost.parameters());
    summary.put("bytes", cost.bytes());
    summary.put("peakActivationBytes", cost.peakActivationBytes());
    latency.ifPresent(each -> summary.put("microseconds", (double) each.of(cost) / each.steps()));
    summary.put("layers", cost.layers().stream().map(CostCommand::summary).toList());
    return summary;
  }

  private static Map<String, Object> summary(LayerCost layer) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("name", layer.name());
    summary.put("macs", layer.macs());
    summary.put("parameters", layer.parameters());
    summary.put("activationBytes", layer.activationBytes());
    return summary;
  }

  private void table(NetworkSpec spec, NetworkCost cost) {
    PrintWriter out = surroundings.out();
    String heading = csv ? "layer,macs,parameters,activation_bytes%n" : "%-28s %14s %12s %16s%n";
    out.printf(heading, "layer", "MACs", "parameters", "feature bytes");
    for (LayerCost layer : cost.layers()) {
      row(layer.name(), layer.macs(), layer.parameters(), layer.activationBytes());
    }
    row("total (memory: peak)", cost.macs(), cost.parameters(), cost.peakActivationBytes());
    if (!csv) {
      out.printf(
          Locale.ROOT,
          "%s %s: %,d MACs (%,d FLOPs) an image, %,d parameters in %,d bytes%n",
          spec.name(),
          spec.input(),
          cost.macs(),
          cost.flops(),
          cost.parameters(),
          cost.bytes());
    }
  }

  private NetworkSpec configured() {
    TrainSettings settings =
        Configurations.read(ConfigSource.of(source.config), TrainSettings.class, Map.of());
    ImageDataset images =
        Datasets.open(settings.data(), HadoopFileSystems.configuration()).images();
    return settings.network().build(images.shape(), images.classes().size());
  }

  private void row(String name, long macs, long parameters, long bytes) {
    String format = csv ? "%s,%d,%d,%d%n" : "%-28s %,14d %,12d %,16d%n";
    surroundings.out().printf(Locale.ROOT, format, name, macs, parameters, bytes);
  }
}
