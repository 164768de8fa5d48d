package org.espalier.network;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.espalier.tensor.NormalNumbers;

/** First values of parameters and buffers. */
final class Initializers {
  private Initializers() {}

  /**
   * Values for one piece.
   *
   * <ul>
   *   <li>Convolutions: normal with variance {@code 2 / fanOut}, which keeps the size of gradients
   *       through ReLU (He et al., "Delving Deep into Rectifiers", 2015, equation 14); {@code
   *       fanOut} is {@code kernel^2 * outputs}, and {@code kernel^2} for depthwise ones. Biases
   *       are 0.
   *   <li>Linear: weights and biases uniform within {@code 1 / sqrt(inputs)} (LeCun et al.,
   *       "Efficient BackProp", 1998, section 4.6, up to a constant; what PyTorch does).
   *   <li>Batch norm: scale 1, shift 0, mean 0, variance 1 (Ioffe and Szegedy, 2015).
   *   <li>Learned scales: 1.
   * </ul>
   */
  static float[] values(ParameterLayout.Piece piece, RandomGenerator random) {
    int kernel = piece.shape().dimension(0);
    return switch (piece.role()) {
      case CONVOLUTION_WEIGHT ->
          normal(piece, 2.0 / ((double) kernel * kernel * piece.shape().channels()), random);
      case DEPTHWISE_WEIGHT -> normal(piece, 2.0 / ((double) kernel * kernel), random);
      case LINEAR_WEIGHT, LINEAR_BIAS -> uniform(piece, random);
      case CONVOLUTION_BIAS, SHIFT, MEAN -> constant(piece, 0);
      case SCALE, VARIANCE -> constant(piece, 1);
    };
  }

  private static float[] constant(ParameterLayout.Piece piece, float value) {
    float[] values = new float[piece.length()];
    Arrays.fill(values, value);
    return values;
  }

  private static float[] uniform(ParameterLayout.Piece piece, RandomGenerator random) {
    double bound = 1 / StrictMath.sqrt(piece.inputs());
    float[] values = new float[piece.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  private static float[] normal(
      ParameterLayout.Piece piece, double variance, RandomGenerator random) {
    double[] numbers = NormalNumbers.draw(piece.length(), variance, random);
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    return values;
  }
}
