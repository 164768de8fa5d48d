package org.espalier.job;

import java.util.OptionalInt;
import org.espalier.export.ImageLayout;
import org.espalier.export.OnnxOptions;
import org.espalier.settings.Checks;

/**
 * How a finished network is exported.
 *
 * @param foldBatchNormalization whether batch norms after convolutions become part of their weights
 *     in ONNX; default true
 * @param batch images of one call in ONNX, or 0 for any number; default 0
 * @param layout in which order ONNX takes the values of images; default nchw, which is usual
 * @param operatorSet version of ONNX's operators, from 11 to 17: an older runtime may need an older
 *     one; default 17
 * @param proofImages test images on which exports are compared with our own outputs, at least 1;
 *     default 200, or as many as there are
 */
public record ExportSettings(
    Boolean foldBatchNormalization,
    Integer batch,
    ImageLayout layout,
    Integer operatorSet,
    Integer proofImages) {
  /** Every default. */
  public static final ExportSettings STANDARD = new ExportSettings(null, null, null, null, null);

  public ExportSettings {
    foldBatchNormalization = Checks.given(foldBatchNormalization, true);
    batch = Checks.given(batch, 0);
    layout = Checks.given(layout, ImageLayout.NCHW);
    operatorSet = Checks.given(operatorSet, OnnxOptions.NEWEST);
    proofImages = Checks.given(proofImages, 200);
    Checks.atLeast("batch", 0, batch);
    Checks.inRange("operatorSet", OnnxOptions.OLDEST, OnnxOptions.NEWEST, operatorSet);
    Checks.atLeast("proofImages", 1, proofImages);
  }

  OnnxOptions onnx() {
    OptionalInt fixed = batch == 0 ? OptionalInt.empty() : OptionalInt.of(batch);
    return new OnnxOptions(foldBatchNormalization, fixed, layout, operatorSet);
  }
}
