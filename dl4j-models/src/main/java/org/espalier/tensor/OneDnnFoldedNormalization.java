package org.espalier.tensor;

import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Batch normalisation by oneDNN for channels that do not fill the processor's vectors, of which the
 * networks that a width search meets are full. For those oneDNN takes plain loops, 10 to 20 times
 * as slow. So several rows are looked at as one that has as many times the channels: 4 channels of
 * 100 places are 8 of 50. Statistics of the copies of a channel are put together, and so are the
 * gradients; what each copy gets is told to oneDNN as given statistics.
 */
final class OneDnnFoldedNormalization {
  /** Float32 numbers of an AVX2 vector; oneDNN has kernels for them on wider processors too. */
  private static final int LANES = 8;

  private static final int MEAN = 0;
  private static final int VARIANCE = 1;
  private static final int SCALE = 2;
  private static final int SHIFT = 3;
  private static final int TO_SCALE = 4;
  private static final int TO_SHIFT = 5;
  private static final int WHOLE = 6;

  private record Key(Shape shape, NormalizationKernels.Kind kind) {}

  private final int channels;
  private final int copies;
  private final boolean training;
  private final double epsilon;
  private final long size;
  private final OneDnnNormalization statistics;
  private final OneDnnNormalization given;
  private final OneDnnNormalization affine;
  private final long[] scratchBytes;
  private final float[] wide;
  private final float[] narrow;

  private OneDnnFoldedNormalization(Key key) {
    channels = key.shape().channels();
    copies = copies(channels);
    training = key.kind().training();
    epsilon = key.kind().epsilon();
    size = key.shape().size();
    int all = channels * copies;
    Shape folded = Shape.of(Math.toIntExact(key.shape().rows() / copies), all);
    boolean relu = key.kind().relu();
    statistics = prepared(folded, true, false);
    given = prepared(folded, false, relu);
    affine = prepared(folded, false, false);
    long vector = (long) all * Float.BYTES;
    scratchBytes = new long[] {vector, vector, vector, vector, vector, vector, size * Float.BYTES};
    wide = new float[all];
    narrow = new float[channels];
  }

  private OneDnnNormalization prepared(Shape folded, boolean byBatch, boolean relu) {
    return OneDnnNormalization.prepared(
        folded, new NormalizationKernels.Kind(byBatch, relu, epsilon));
  }

  /** The fewest rows that fill whole vectors together. */
  private static int copies(int channels) {
    int copies = 1;
    while (channels * copies % LANES != 0) {
      copies *= 2;
    }
    return copies;
  }

  /** Whether rows have to be put together, and are as many as that takes. */
  static boolean suits(Shape shape) {
    int copies = copies(shape.channels());
    return copies > 1 && shape.rows() % copies == 0;
  }

  static OneDnnFoldedNormalization prepared(Shape shape, NormalizationKernels.Kind kind) {
    return OneDnn.current().prepared(new Key(shape, kind), OneDnnFoldedNormalization::new);
  }

  /** Bytes in which the forward pass notes where ReLU let through. */
  long maskBytes() {
    return given.maskBytes();
  }

  void forward(NormalizationKernels.Operands in, Tensor output) {
    FloatPointer[] places = places();
    if (training) {
      spread(in.scale(), places[SCALE]);
      spread(in.shift(), places[SHIFT]);
      // Only the statistics count; what it writes beside them is overwritten below.
      statistics.forward(source(in, places, Optional.empty()), output.pointer());
      join(places[MEAN], places[VARIANCE], in);
    }
    spreadAll(in, places);
    given.forward(source(in, places, in.mask().map(Tensor::pointer)), output.pointer());
  }

  /** The statistics of a channel from those of its copies, which have equally many rows. */
  private void join(
      FloatPointer copyMeans, FloatPointer copyVariances, NormalizationKernels.Operands in) {
    float[] means = new float[wide.length];
    copyMeans.get(means);
    copyVariances.get(wide);
    double[] joined = new double[channels];
    double[] variances = new double[channels];
    for (int i = 0; i < means.length; i++) {
      joined[i % channels] += means[i] / (double) copies;
    }
    for (int i = 0; i < means.length; i++) {
      double apart = means[i] - joined[i % channels];
      variances[i % channels] += (wide[i] + apart * apart) / copies;
    }
    in.mean().set(joined);
    in.variance().set(variances);
  }

  void backward(
      NormalizationKernels.Operands in, Tensor gradient, NormalizationKernels.Targets to) {
    FloatPointer[] places = places();
    spreadAll(in, places);
    given.backward(
        source(in, places, in.mask().map(Tensor::pointer)),
        gradient.pointer(),
        new OneDnnNormalization.Sink(to.input().pointer(), places[TO_SCALE], places[TO_SHIFT]));
    double[] toScale = addUp(places[TO_SCALE]);
    double[] toShift = addUp(places[TO_SHIFT]);
    to.scale().set(toScale);
    to.shift().set(toShift);
    if (training) {
      addWhatStatisticsPassOn(in, places, new double[][] {toScale, toShift}, to.input());
    }
  }

  /** The gradient through mean and variance: an affine function of the normalised input. */
  private void addWhatStatisticsPassOn(
      NormalizationKernels.Operands in, FloatPointer[] places, double[][] gradients, Tensor to) {
    double[] byScale = in.passedOn(epsilon);
    double[] byShift = byScale.clone();
    for (int c = 0; c < channels; c++) {
      byScale[c] *= gradients[0][c];
      byShift[c] *= gradients[1][c];
    }
    spread(byScale, places[SCALE]);
    spread(byShift, places[SHIFT]);
    affine.forward(source(in, places, Optional.empty()), places[WHOLE]);
    OneDnnElementwise.add(size, to.pointer(), places[WHOLE], to.pointer());
  }

  private FloatPointer[] places() {
    Pointer[] pieces = OneDnn.current().scratch(scratchBytes);
    FloatPointer[] places = new FloatPointer[pieces.length];
    for (int i = 0; i < pieces.length; i++) {
      places[i] = (FloatPointer) pieces[i];
    }
    return places;
  }

  private static OneDnnNormalization.Source source(
      NormalizationKernels.Operands in, FloatPointer[] places, Optional<Pointer> mask) {
    return new OneDnnNormalization.Source(
        in.input().pointer(),
        new OneDnnNormalization.Vectors(
            places[SCALE], places[SHIFT], places[MEAN], places[VARIANCE]),
        mask);
  }

  private void spreadAll(NormalizationKernels.Operands in, FloatPointer[] places) {
    spread(in.scale(), places[SCALE]);
    spread(in.shift(), places[SHIFT]);
    spread(in.mean(), places[MEAN]);
    spread(in.variance(), places[VARIANCE]);
  }

  private void spread(Tensor vector, FloatPointer to) {
    ((FloatPointer) vector.pointer()).get(narrow);
    for (int i = 0; i < wide.length; i++) {
      wide[i] = narrow[i % channels];
    }
    to.put(wide);
  }

  private void spread(double[] vector, FloatPointer to) {
    for (int i = 0; i < wide.length; i++) {
      wide[i] = (float) vector[i % channels];
    }
    to.put(wide);
  }

  private double[] addUp(FloatPointer copiesOfSums) {
    copiesOfSums.get(wide);
    double[] added = new double[channels];
    for (int i = 0; i < wide.length; i++) {
      added[i % channels] += wide[i];
    }
    return added;
  }
}
