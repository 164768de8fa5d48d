package org.espalier.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.network.ParameterSet;
import org.espalier.tensor.Adam;
import org.espalier.tensor.ElementwiseKernels;
import org.espalier.tensor.Sgd;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Turns gradients into new weights, and holds the optimiser's moments. */
final class WeightUpdate implements AutoCloseable {
  private final ParameterSet parameters;
  private final Optimiser optimiser;
  private final Regularisation regularisation;
  private final List<Tensor> moments = new ArrayList<>();
  private final List<Range> ranges = new ArrayList<>();

  /** Neighbouring parameters that all decay or all do not, as views on the flat tensors. */
  private record Range(Tensor values, Tensor gradients, List<Tensor> moments, boolean decays) {}

  WeightUpdate(ParameterSet parameters, Optimiser optimiser, Regularisation regularisation) {
    this.parameters = parameters;
    this.optimiser = optimiser;
    this.regularisation = regularisation;
    Tensor flat = parameters.flatValues();
    for (int i = 0; i < momentsPerValue(); i++) {
      moments.add(Tensor.persistent(flat.precision(), flat.shape()));
    }
    long decaying = parameters.decayingSize();
    addRange(0, decaying, true);
    addRange(decaying, flat.size(), false);
  }

  private int momentsPerValue() {
    return optimiser instanceof Optimiser.Adam ? 2 : 1;
  }

  private void addRange(long start, long end, boolean decays) {
    if (start == end) {
      return;
    }
    Shape shape = Shape.of(Math.toIntExact(end - start));
    ranges.add(
        new Range(
            parameters.flatValues().slice(start, shape),
            parameters.flatGradients().slice(start, shape),
            moments.stream().map(moment -> moment.slice(start, shape)).toList(),
            decays));
  }

  /** How many moments the optimiser keeps in all. */
  int momentsSize() {
    return Math.toIntExact(parameters.flatValues().size() * momentsPerValue());
  }

  /** A copy of the moments, one after the other. */
  float[] moments() {
    float[] all = new float[momentsSize()];
    int at = 0;
    for (Tensor moment : moments) {
      float[] values = moment.toFloats();
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }

  /** Overwrites the moments. */
  void setMoments(float[] all) {
    int size = all.length / moments.size();
    for (int i = 0; i < moments.size(); i++) {
      moments.get(i).set(Arrays.copyOfRange(all, i * size, (i + 1) * size));
    }
  }

  /** Euclidean norm of the gradient over all parameters; those that got none count as zero. */
  double gradientNorm() {
    parameters.zeroUntouchedGradients();
    double squares = 0;
    for (float value : parameters.flatGradients().toFloats()) {
      squares += (double) value * value;
    }
    return StrictMath.sqrt(squares);
  }

  /**
   * Updates all parameters; their gradients are gone afterwards.
   *
   * @param step from 0, over the whole training
   * @param rate learning rate
   * @param norm what {@link #gradientNorm} gave
   */
  void apply(long step, double rate, double norm) {
    double clip = regularisation.clipFactor(norm);
    if (clip != 1) {
      ElementwiseKernels.scale(clip, parameters.flatGradients(), parameters.flatGradients());
    }
    for (Range range : ranges) {
      double decay = range.decays() ? regularisation.weightDecay() : 0;
      if (optimiser instanceof Optimiser.Sgd sgd) {
        new Sgd(sgd.momentum(), true)
            .step(range.values(), range.gradients(), range.moments().get(0), rate, decay);
      } else if (optimiser instanceof Optimiser.Adam adam) {
        new Adam(adam.beta1(), adam.beta2(), adam.epsilon())
            .step(
                range.values(),
                range.gradients(),
                new Adam.Moments(range.moments().get(0), range.moments().get(1)),
                Math.toIntExact(step),
                rate,
                decay);
      }
    }
  }

  /** Fills the moments with what is not a number. */
  void spoil() {
    moments.forEach(moment -> moment.fill(Double.NaN));
  }

  /** Frees the moments. */
  @Override
  public void close() {
    moments.forEach(Tensor::close);
  }
}
