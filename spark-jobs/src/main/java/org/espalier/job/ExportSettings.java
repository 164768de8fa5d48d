package org.espalier.job;

import java.util.OptionalInt;
import org.espalier.export.ImageLayout;
import org.espalier.export.OnnxOptions;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How a finished network is exported.
 *
 * @param foldBatchNormalization whether batch norms after convolutions become part of their weights
 *     in ONNX; default true
 * @param batch images of one call in ONNX, or 0 for any number; default 0
 * @param layout in which order ONNX takes the values of images; default nchw, which is usual
 * @param proofImages test images on which exports are compared with our own outputs, at least 1;
 *     default 200, or as many as there are
 */
public record ExportSettings(
    Boolean foldBatchNormalization,
    @Range(min = 0, max = 65_536) Integer batch,
    ImageLayout layout,
    @Range(min = 1, max = 100_000) Integer proofImages) {
  /** Every default. */
  public static final ExportSettings STANDARD = new ExportSettings(null, null, null, null);

  public ExportSettings {
    foldBatchNormalization = Checks.given(foldBatchNormalization, true);
    batch = Checks.given(batch, 0);
    layout = Checks.given(layout, ImageLayout.NCHW);
    proofImages = Checks.given(proofImages, 200);
    Checks.ranges(ExportSettings.class, foldBatchNormalization, batch, layout, proofImages);
  }

  OnnxOptions onnx() {
    OptionalInt fixed = batch == 0 ? OptionalInt.empty() : OptionalInt.of(batch);
    return new OnnxOptions(foldBatchNormalization, fixed, layout);
  }
}
