package org.espalier.export;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Exports a model to every format, each file with its proof. */
public final class ModelExport {
  private ModelExport() {}

  /**
   * An exported file.
   *
   * @param format what it is
   * @param file its content
   * @param proof how it compares with our network; none if it could not be run
   * @param problem what is wrong with it, for people; empty if it is proved
   */
  @SuppressWarnings("ArrayRecordComponent") // a file of megabytes, handed on and not kept
  public record Proved(
      ExportFormat format, byte[] file, Optional<ExportProof> proof, String problem) {
    /** Whether the file does what our network does. */
    public boolean passed() {
      return problem.isEmpty();
    }
  }

  /**
   * Makes the files, runs them and compares. What is wrong with one is said beside it: the work
   * behind the model must not be lost by it.
   *
   * @param model what is exported
   * @param options how the ONNX file is written
   * @param images images with our own logits
   */
  public static List<Proved> prove(TrainedModel model, OnnxOptions options, ProofImages images) {
    return Arrays.stream(ExportFormat.values())
        .map(
            format ->
                prove(
                    format,
                    switch (format) {
                      case ONNX -> OnnxExport.bytes(model, options);
                      case DL4J -> Dl4jExport.bytes(model);
                    },
                    images))
        .toList();
  }

  private static Proved prove(ExportFormat format, byte[] file, ProofImages images) {
    try {
      ExportProof proof = ExportProof.of(format, file, images);
      String problem = proof.passed() ? "" : proof.describe();
      return new Proved(format, file, Optional.of(proof), problem);
    } catch (IllegalArgumentException | IllegalStateException | LinkageError e) {
      return new Proved(
          format, file, Optional.empty(), "the %s export cannot be run: %s".formatted(format, e));
    }
  }
}
