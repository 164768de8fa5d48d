package org.espalier.tensor;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalisation of {@code [..., channels]} over all axes but the last (Ioffe and Szegedy,
 * 2015), followed by ReLU if wanted.
 */
public final class NormalizationKernels {
  private NormalizationKernels() {}

  /**
   * Which normalisation.
   *
   * @param training true: by the statistics of the batch; false: by given ones
   * @param relu whether negative results become zero
   * @param epsilon added to the variance
   */
  public record Kind(boolean training, boolean relu, double epsilon) {}

  /**
   * What both passes read.
   *
   * @param input {@code [..., channels]}
   * @param scale {@code [channels]}
   * @param shift {@code [channels]}
   * @param mean {@code [channels]}; written by the forward pass in training
   * @param variance {@code [channels]}, divided by the rows and not one less; as the mean
   * @param mask of {@link #maskShape}, written by the forward pass
   */
  public record Operands(
      Tensor input,
      Tensor scale,
      Tensor shift,
      Tensor mean,
      Tensor variance,
      Optional<Tensor> mask) {

    /** The same of other images: {@code [..., channels]}, without a mask. */
    public Operands of(Tensor images) {
      return new Operands(images, scale, shift, mean, variance, Optional.empty());
    }

    /**
     * What mean and variance of these rows pass on to each of them is this, one number a channel,
     * times {@code dL/dshift + x' dL/dscale} with the normalised input {@code x'}: {@code -scale /
     * (deviation rows)} (Ioffe and Szegedy, 2015, section 3).
     */
    double[] passedOn(double epsilon) {
      double[] factors = scale.toDoubles();
      double[] variances = variance.toDoubles();
      for (int c = 0; c < factors.length; c++) {
        double deviation = StrictMath.sqrt(variances[c] + epsilon);
        factors[c] /= -(deviation * input.shape().rows());
      }
      return factors;
    }

    private INDArray centred() {
      return input.matrix().subRowVector(mean.array());
    }

    private INDArray inverseDeviation(double epsilon) {
      return Transforms.sqrt(variance.array().add(epsilon), false).rdivi(1);
    }
  }

  /** Where the backward pass writes the gradients; shapes as in {@link Operands}. */
  public record Targets(Tensor input, Tensor scale, Tensor shift) {}

  /** The memory in which ReLU notes what it let through, if it needs any. */
  public static Optional<Shape> maskShape(Kind kind, Tensor input) {
    if (!kind.relu()) {
      return Optional.empty();
    }
    if (!OneDnn.serves(input)) {
      return Optional.of(input.shape());
    }
    Shape shape = input.shape();
    long bytes =
        OneDnnFoldedNormalization.suits(shape)
            ? OneDnnFoldedNormalization.prepared(shape, kind).maskBytes()
            : OneDnnNormalization.prepared(shape, kind).maskBytes();
    return Optional.of(Shape.of(Math.toIntExact((bytes + Float.BYTES - 1) / Float.BYTES)));
  }

  /** Overwrites {@code output}, the mask, and in training the statistics. */
  public static void forward(Kind kind, Operands in, Tensor output) {
    if (OneDnn.serves(output)) {
      oneDnnForward(kind, in, output);
      return;
    }
    if (kind.training()) {
      in.mean().array().assign(in.input().matrix().mean(0));
      INDArray centred = in.centred();
      in.variance().array().assign(centred.muli(centred).mean(0));
    }
    INDArray factor = in.inverseDeviation(kind.epsilon()).muli(in.scale().array());
    output.matrix().assign(in.centred().muliRowVector(factor).addiRowVector(in.shift().array()));
    in.mask()
        .ifPresent(
            mask -> {
              mask.array().assign(output.array().gt(0));
              output.array().muli(mask.array());
            });
  }

  /** Overwrites the gradients of input, scale and shift. */
  public static void backward(Kind kind, Operands in, Tensor gradient, Targets to) {
    if (OneDnn.serves(gradient)) {
      oneDnnBackward(kind, in, gradient, to);
      return;
    }
    INDArray passed =
        in.mask().map(mask -> gradient.array().mul(mask.array())).orElse(gradient.array());
    INDArray arriving = passed.reshape(gradient.shape().rows(), gradient.shape().channels());
    INDArray inverse = in.inverseDeviation(kind.epsilon());
    INDArray normalized = in.centred().muliRowVector(inverse);
    to.shift().array().assign(arriving.sum(0));
    to.scale().array().assign(normalized.mul(arriving).sum(0));
    INDArray result = arriving.dup();
    if (kind.training()) {
      double rows = gradient.shape().rows();
      result
          .subi(normalized.muliRowVector(to.scale().array().div(rows)))
          .subiRowVector(to.shift().array().div(rows));
    }
    to.input().matrix().assign(result.muliRowVector(inverse.mul(in.scale().array())));
  }

  /**
   * Adds the gradient through mean and variance, which a backward pass by given statistics leaves
   * out, where these are those of some images.
   *
   * @param epsilon added to the variance
   * @param reference with those images as its input
   * @param to with the gradient of those images as its first rows, which is added to; scale and
   *     shift, the sums over all that is normalised by the statistics, are read
   * @param spare of the shapes of {@code reference}, overwritten
   */
  public static void addWhatStatisticsPassOn(
      double epsilon, Operands reference, Targets to, Targets spare) {
    double[] factor = reference.passedOn(epsilon);
    double[] byScale = to.scale().toDoubles();
    double[] byShift = to.shift().toDoubles();
    for (int c = 0; c < factor.length; c++) {
      byScale[c] *= factor[c];
      byShift[c] *= factor[c];
    }
    spare.scale().set(byScale);
    spare.shift().set(byShift);
    Operands affine =
        new Operands(
            reference.input(),
            spare.scale(),
            spare.shift(),
            reference.mean(),
            reference.variance(),
            Optional.empty());
    forward(new Kind(false, false, epsilon), affine, spare.input());
    ElementwiseKernels.addScaled(1, spare.input(), to.input().slice(0, reference.input().shape()));
  }

  private static void oneDnnForward(Kind kind, Operands in, Tensor output) {
    Shape shape = output.shape();
    if (OneDnnFoldedNormalization.suits(shape)) {
      OneDnnFoldedNormalization.prepared(shape, kind).forward(in, output);
    } else {
      OneDnnNormalization.prepared(shape, kind)
          .forward(OneDnnNormalization.Source.of(in), output.pointer());
    }
  }

  private static void oneDnnBackward(Kind kind, Operands in, Tensor gradient, Targets to) {
    Shape shape = gradient.shape();
    if (OneDnnFoldedNormalization.suits(shape)) {
      OneDnnFoldedNormalization.prepared(shape, kind).backward(in, gradient, to);
    } else {
      OneDnnNormalization.Source source = OneDnnNormalization.Source.of(in);
      OneDnnNormalization.prepared(shape, kind)
          .backward(source, gradient.pointer(), OneDnnNormalization.Sink.of(to));
    }
  }

  /**
   * Moves running statistics towards those of a batch; the variance counts as an estimate from
   * {@code rows} samples and is divided by one less.
   */
  public static void updateRunning(
      Operands batch, Tensor mean, Tensor variance, long rows, double momentum) {
    double unbiased = rows > 1 ? rows / (rows - 1.0) : 1;
    move(mean, batch.mean(), momentum, 1);
    move(variance, batch.variance(), momentum, unbiased);
  }

  private static void move(Tensor running, Tensor batch, double momentum, double factor) {
    double[] values = running.toDoubles();
    double[] news = batch.toDoubles();
    for (int i = 0; i < values.length; i++) {
      // What was there may be no number, and zero times that is none either.
      double kept = momentum == 1 ? 0 : (1 - momentum) * values[i];
      values[i] = kept + momentum * factor * news[i];
    }
    running.set(values);
  }
}
