package org.espalier.latency;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.network.NetworkSpec;
import org.espalier.storage.StrictJson;
import org.espalier.text.InputException;

/**
 * Writes what another device needs to measure a plan: the small networks as ONNX files, a list of
 * them, and a Python program that needs ONNX Runtime alone. It writes what {@link LatencyCsv}
 * reads.
 */
public final class DeviceProgram {
  private static final String PROGRAM = "measure.py";
  private static final StrictJson<Listing> JSON =
      new StrictJson<>(Listing.class, "a list of operations", "part", 8 << 20);

  private final LatencyPlan plan;
  private final Path folder;
  private int files;

  private DeviceProgram(LatencyPlan plan, Path folder) {
    this.plan = plan;
    this.folder = folder;
  }

  /** What the program reads. */
  private record Listing(
      int format, String space, int copies, List<Part> operations, List<WholeNetwork> wholes) {}

  private record Part(String signature, String one, String several, List<String> besides) {}

  private record WholeNetwork(String name, String file) {}

  /**
   * Writes it.
   *
   * @param folder that is empty or does not exist yet
   * @return how many files it holds
   * @throws InputException if it holds something, or cannot be written
   */
  public static int write(LatencyPlan plan, Path folder) {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> inside = Files.list(folder)) {
          if (inside.findAny().isPresent()) {
            throw new InputException(
                "%s is not empty; give a folder that is empty or not there yet".formatted(folder));
          }
        }
      }
      return new DeviceProgram(plan, folder).write();
    } catch (IOException e) {
      throw new InputException("cannot write %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private int write() throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Map<String, NetworkSpec> models = plan.models();
    List<Part> operations = new ArrayList<>();
    for (Operation operation : plan.byName().values()) {
      String signature = operation.signature();
      operations.add(
          new Part(
              signature,
              file(models.get(LatencyPlan.one(signature))),
              file(models.get(LatencyPlan.several(signature))),
              operation.besides().stream().map(Operation::signature).toList()));
    }
    List<WholeNetwork> wholes = new ArrayList<>();
    wholes.add(new WholeNetwork(Whole.CALL, file(models.get(Whole.CALL))));
    for (String name : plan.wholes().keySet()) {
      wholes.add(new WholeNetwork(name, file(models.get(name))));
    }
    Listing listing =
        new Listing(LatencyCsv.FORMAT, plan.space(), Operation.COPIES, operations, wholes);
    Files.writeString(folder.resolve("operations.json"), JSON.write(listing));
    try (InputStream program = DeviceProgram.class.getResourceAsStream(PROGRAM)) {
      Files.copy(program, folder.resolve(PROGRAM));
    }
    return files + 2;
  }

  private String file(NetworkSpec network) throws IOException {
    files++;
    String name = "models/%s.onnx".formatted(files);
    Files.write(folder.resolve(name), OnnxStopwatch.file(network));
    return name;
  }
}
