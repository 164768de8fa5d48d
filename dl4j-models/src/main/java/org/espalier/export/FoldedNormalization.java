package org.espalier.export;

import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;

/**
 * Batch norm in evaluation as {@code y = factor * x + offset} for each channel: {@code factor =
 * scale / sqrt(variance + epsilon)}, {@code offset = shift - factor * mean} (Ioffe and Szegedy,
 * 2015, algorithm 2, steps 10 and 11).
 */
final class FoldedNormalization {
  private final double[] factors;
  private final double[] offsets;

  private FoldedNormalization(double[] factors, double[] offsets) {
    this.factors = factors;
    this.offsets = offsets;
  }

  static FoldedNormalization of(TrainedModel model, NetworkSpec.Node node) {
    Layer.BatchNormalization layer = (Layer.BatchNormalization) node.layer();
    float[] mean = model.array(node.name() + "/mean");
    float[] variance = model.array(node.name() + "/variance");
    double[] factors = new double[mean.length];
    double[] offsets = new double[mean.length];
    for (int c = 0; c < mean.length; c++) {
      double scale = layer.affine() ? model.array(node.name() + "/scale")[c] : 1;
      double shift = layer.affine() ? model.array(node.name() + "/shift")[c] : 0;
      factors[c] = scale / StrictMath.sqrt((double) variance[c] + layer.epsilon());
      offsets[c] = shift - factors[c] * mean[c];
    }
    return new FoldedNormalization(factors, offsets);
  }

  /** The weights of a convolution before it, {@code [outputs, inputs, k, k]}, norm included. */
  float[] weights(float[] outputsFirst) {
    float[] folded = new float[outputsFirst.length];
    int slice = outputsFirst.length / factors.length;
    for (int i = 0; i < folded.length; i++) {
      folded[i] = (float) (outputsFirst[i] * factors[i / slice]);
    }
    return folded;
  }

  /** The bias of a convolution before it, norm included; {@code bias} is empty if it had none. */
  float[] bias(float[] bias) {
    float[] folded = new float[factors.length];
    for (int c = 0; c < folded.length; c++) {
      folded[c] = (float) ((bias.length == 0 ? 0 : bias[c]) * factors[c] + offsets[c]);
    }
    return folded;
  }
}
