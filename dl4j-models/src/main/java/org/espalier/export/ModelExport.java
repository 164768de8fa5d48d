package org.espalier.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Exports a model to every format at once, proved. */
public final class ModelExport {
  private ModelExport() {}

  /**
   * Makes both files, runs them, compares, and writes them only if both agree with our network.
   *
   * @param model what is exported
   * @param options how the ONNX file is written
   * @param images images with our own logits
   * @param onnx receives the ONNX file; not closed
   * @param dl4j receives the DL4J model; not closed
   * @return the proofs, to be kept beside the files: {@link ExportProof#toJson}
   * @throws ExportProofException if a file disagrees; nothing is written then
   * @throws IOException if writing fails
   */
  public static List<ExportProof> write(
      TrainedModel model,
      OnnxOptions options,
      ProofImages images,
      OutputStream onnx,
      OutputStream dl4j)
      throws IOException {
    byte[] onnxFile = OnnxExport.bytes(model, options);
    byte[] dl4jFile = Dl4jExport.bytes(model);
    List<ExportProof> proofs =
        List.of(
            ExportProof.of(ExportFormat.ONNX, onnxFile, images).orThrow(),
            ExportProof.of(ExportFormat.DL4J, dl4jFile, images).orThrow());
    onnx.write(onnxFile);
    dl4j.write(dl4jFile);
    return proofs;
  }
}
