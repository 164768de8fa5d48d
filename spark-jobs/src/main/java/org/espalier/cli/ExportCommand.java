package org.espalier.cli;

import java.util.concurrent.Callable;
import org.espalier.export.ImageLayout;
import org.espalier.job.ExportSettings;
import org.espalier.job.StoredModel;
import org.espalier.run.DisjointFolders;
import org.espalier.run.ExportFolder;
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
      description =
          "Folder for the files, a local path or a URI; made if missing. Files of an earlier export"
              + " are replaced, others never.")
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
      description =
          "Test images on which the files are compared, or drawn ones if the data are not there;"
              + " default 200.")
  private Integer proofImages;

  ExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ExportSettings settings =
        new ExportSettings(!keepBatchNorm, batch, layout, operatorSet, proofImages);
    if (output.isBlank()) {
      throw new InputException("--output names no folder");
    }
    ExportFolder folder = ExportFolder.at(output);
    NativeRuntime.start();
    StoredModel model = StoredModel.open(run);
    DisjointFolders.refuseInside(output, "data.path", model.dataPath());
    StoredModel.ExportedModel exported = model.export(settings);
    folder.write(exported.files());
    exported.remark().ifPresent(surroundings.out()::println);
    surroundings.out().println(exported.summary());
    surroundings
        .out()
        .printf("wrote %s to %s%n", String.join(", ", exported.files().keySet()), output);
    return ExitCode.DONE;
  }
}
