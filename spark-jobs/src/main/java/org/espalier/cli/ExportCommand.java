package org.espalier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.espalier.export.ImageLayout;
import org.espalier.job.ExportSettings;
import org.espalier.job.StoredModel;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Exports the model of a run anew. */
@Command(
    name = "export",
    description =
        "Export the model of a run as ONNX and DL4J files and prove that they do as it does.")
final class ExportCommand implements Callable<Integer> {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private final Surroundings surroundings;

  @Option(names = "--run", required = true, paramLabel = "URI", description = "Folder of the run.")
  private String run;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "Local folder for the files; made if missing. Files there are replaced.")
  private String output;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images of one call in ONNX; default any number.")
  private Integer batch;

  @Option(
      names = "--layout",
      description = "Order of an image's values in ONNX, nchw or nhwc; default nchw.")
  private ImageLayout layout;

  @Option(names = "--keep-batch-norm", description = "Do not fold batch norms into weights.")
  private boolean keepBatchNorm;

  @Option(
      names = "--proof-images",
      paramLabel = "N",
      description = "Test images on which the files are compared; default 200.")
  private Integer proofImages;

  ExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The folder for the files, if it can be one. */
  private Path folder() {
    if (output.isBlank()) {
      throw new InputException("--output names no folder");
    }
    if (URI.matcher(output).matches()) {
      throw new InputException(
          "--output '%s' is a URI; files are exported to a local folder, copy them from there"
              .formatted(output));
    }
    Path folder = path();
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw new InputException("--output %s: %s is not a folder".formatted(output, there));
    }
    if (!Files.isWritable(there)) {
      throw new InputException(
          "--output %s: the folder %s cannot be written to".formatted(output, there));
    }
    return folder;
  }

  private Path path() {
    try {
      return Path.of(output);
    } catch (InvalidPathException e) {
      throw new InputException("--output is no path: " + e.getMessage(), e);
    }
  }

  @Override
  public Integer call() {
    ExportSettings settings = new ExportSettings(!keepBatchNorm, batch, layout, proofImages);
    Path folder = folder();
    NativeRuntime.start();
    StoredModel.ExportedModel exported = StoredModel.open(run).export(settings);
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, byte[]> file : exported.files().entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new InputException(
          "cannot write to --output %s: %s".formatted(output, e.getMessage()), e);
    }
    surroundings.out().println(exported.summary());
    surroundings
        .out()
        .printf("wrote %s to %s%n", String.join(", ", exported.files().keySet()), output);
    return ExitCode.DONE;
  }
}
