package org.espalier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
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
  private final Surroundings surroundings;

  @Option(names = "--run", required = true, paramLabel = "URI", description = "Folder of the run.")
  private String run;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "Local folder for the files; made if missing. Files there are replaced.")
  private Path output;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images of one call in ONNX; default any number.")
  private Integer batch;

  @Option(
      names = "--layout",
      description = "Order of an image's values in ONNX, nchw or nhwc; default nchw.")
  private ImageLayout layout;

  @Option(
      names = "--opset",
      paramLabel = "N",
      description = "Version of ONNX's operators, 11 to 17, for older runtimes; default 17.")
  private Integer operatorSet;

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

  @Override
  public Integer call() {
    ExportSettings settings = new ExportSettings(!keepBatchNorm, batch, layout, operatorSet, proofImages);
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new InputException("--output %s is not a folder".formatted(output));
    }
    NativeRuntime.start();
    StoredModel.ExportedModel exported = StoredModel.open(run).export(settings);
    try {
      Files.createDirectories(output);
      for (Map.Entry<String, byte[]> file : exported.files().entrySet()) {
        Files.write(output.resolve(file.getKey()), file.getValue());
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
