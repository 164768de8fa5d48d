package org.espalier.job;

import java.util.OptionalInt;
import org.espalier.export.ImageLayout;
import org.espalier.export.OnnxOptions;
import org.espalier.export.ProofImages;
import org.espalier.network.ImageShape;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;

/**
 * How a finished network is exported.
 *
 * @param foldBatchNormalization whether batch norms after convolutions become part of their weights
 *     in ONNX; default true
 * @param batch images of one call in ONNX, or 0 for any number, such that they have at most
 *     33,554,432 values; default 0
 * @param layout in which order ONNX takes the values of images; default nchw, which is usual
 * @param operatorSet version of ONNX's operators, from 11 to 17: an older runtime may need an older
 *     one; default 17
 * @param proofImages test images on which exports are compared with our own outputs, at least 1;
 *     default 200, or as many as there are; of large images so many that they have at most
 *     33,554,432 values
 */
public record ExportSettings(
    Boolean foldBatchNormalization,
    @Range(min = 0, max = 65_536) Integer batch,
    ImageLayout layout,
    @Range(min = OnnxOptions.OLDEST, max = OnnxOptions.NEWEST) Integer operatorSet,
    @Range(min = 1, max = 100_000) Integer proofImages) {
  /** Every default. */
  public static final ExportSettings STANDARD = new ExportSettings(null, null, null, null, null);

  public ExportSettings {
    foldBatchNormalization = Checks.given(foldBatchNormalization, true);
    batch = Checks.given(batch, 0);
    layout = Checks.given(layout, ImageLayout.NCHW);
    operatorSet = Checks.given(operatorSet, OnnxOptions.NEWEST);
    proofImages = Checks.given(proofImages, 200);
    Checks.ranges(
        ExportSettings.class, foldBatchNormalization, batch, layout, operatorSet, proofImages);
  }

  /**
   * Refuses what cannot be proved after the work.
   *
   * @param images shape of the images that the network takes
   * @throws SettingException if a batch of such images is too large
   */
  void check(ImageShape images) {
    long most = Math.max(1, ProofImages.MOST_VALUES / images.size());
    if (batch > most) {
      throw new SettingException(
          "export.batch",
          "must be at most %s for images %s, got %s".formatted(most, images, batch));
    }
  }

  OnnxOptions onnx() {
    OptionalInt fixed = batch == 0 ? OptionalInt.empty() : OptionalInt.of(batch);
    return new OnnxOptions(foldBatchNormalization, fixed, layout, operatorSet);
  }
}
