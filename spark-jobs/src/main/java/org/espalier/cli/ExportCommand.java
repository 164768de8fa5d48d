package org.espalier.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.export.ExportProof;
import org.espalier.export.ImageLayout;
import org.espalier.job.ExportSettings;
import org.espalier.job.StoredModel;
import org.espalier.run.DisjointFolders;
import org.espalier.run.ExportFolder;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      names = "--model",
      paramLabel = "NAME",
      description =
          "One of several models of the run, by the name of its folder in artefacts/; default the"
              + " one in model/.")
  private String name;

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

  @Mixin private JsonOption json;

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
    StoredModel model = StoredModel.open(run, Optional.ofNullable(name));
    DisjointFolders.refuseInside(output, "data.path", model.dataPath());
    StoredModel.ExportedModel exported = model.export(settings);
    folder.write(exported.files());
    PrintWriter out = json.forPeople(surroundings).out();
    exported.remark().ifPresent(out::println);
    out.println(exported.summary());
    out.printf("wrote %s to %s%n", String.join(", ", exported.files().keySet()), output);
    json.print(surroundings, () -> summary(exported));
    return ExitCode.DONE;
  }

  private Map<String, Object> summary(StoredModel.ExportedModel exported) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("command", "export");
    summary.put("run", run);
    summary.put("output", output);
    summary.put("files", exported.files().keySet());
    summary.put("proofs", exported.proofs().stream().map(ExportCommand::summary).toList());
    summary.put("remarks", exported.remark().stream().toList());
    return summary;
  }

  private static Map<String, Object> summary(ExportProof proof) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("format", proof.format().name());
    summary.put("runtime", proof.runtime());
    summary.put("images", proof.images());
    summary.put("agreeingPercent", proof.argmaxAgreement());
    summary.put("largestDifference", proof.largestDifference());
    summary.put("tolerance", proof.tolerance());
    return summary;
  }
}
