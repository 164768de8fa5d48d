package org.espalier.search.supernet;

import java.util.Optional;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.tensor.Shape;

/** One parameter of a sampled path: made of the shared vector, with its gradient. */
public final class SharedParameter {
  private final Shape shape;
  private final boolean decays;
  private final Source source;
  private final float[] values;
  private Optional<Variable> variable = Optional.empty();
  private float[] gradient = {};

  /** How a parameter is made of the shared vector. */
  public interface Source {
    /**
     * Makes the values.
     *
     * @param shared the vector
     * @param tape for scratch tensors
     * @param target all of the parameter's values
     */
    void project(SharedVector shared, Tape tape, float[] target);

    /**
     * Takes a step of the vector down a gradient of the parameter.
     *
     * @param shared the vector
     * @param tape for scratch tensors
     * @param gradient one value for each of the parameter's
     * @param step how far
     */
    void descend(SharedVector shared, Tape tape, float[] gradient, SharedVector.Step step);

    /** The numbers from a start on, as they are. */
    static Source slice(int start) {
      return new Source() {
        @Override
        public void project(SharedVector shared, Tape tape, float[] target) {
          shared.copy(start, target);
        }

        @Override
        public void descend(
            SharedVector shared, Tape tape, float[] gradient, SharedVector.Step step) {
          shared.descend(start, gradient.length, 1, gradient, 0, step);
        }
      };
    }
  }

  /**
   * A parameter.
   *
   * @param shape of its values
   * @param decays whether weight decay applies
   * @param source how it is made
   */
  public SharedParameter(Shape shape, boolean decays, Source source) {
    this.shape = shape;
    this.decays = decays;
    this.source = source;
    this.values = new float[Math.toIntExact(shape.size())];
  }

  /** Shape of its values. */
  public Shape shape() {
    return shape;
  }

  /** Makes the values. */
  void project(SharedVector shared, Tape tape) {
    source.project(shared, tape, values);
  }

  /** The values on a tape. */
  Variable on(Tape tape, boolean trained) {
    Variable made = trained ? tape.input(shape, values) : tape.constant(shape, values);
    variable = Optional.of(made);
    return made;
  }

  /**
   * Takes the gradient over from the tape.
   *
   * @return whether every number of it is finite
   */
  boolean takeGradient() {
    gradient = variable.orElseThrow().gradient().toFloats();
    for (float slope : gradient) {
      if (!Float.isFinite(slope)) {
        return false;
      }
    }
    return true;
  }

  /** Moves the shared vector down the gradient and the decay. */
  void descend(SharedVector shared, Tape tape, double weightDecay, SharedVector.Step step) {
    if (decays && weightDecay != 0) {
      float decay = (float) weightDecay;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += decay * values[i];
      }
    }
    source.descend(shared, tape, gradient, step);
  }

  /** Numbers in it. */
  int length() {
    return values.length;
  }

  /** Adds the gradient to a vector, with what a step would decay. */
  void addGradient(double weightDecay, double[] target, int start) {
    for (int i = 0; i < gradient.length; i++) {
      target[start + i] = gradient[i] + (decays ? weightDecay * values[i] : 0);
    }
  }

  /**
   * Moves the shared vector along a direction.
   *
   * @param by factor on it
   */
  void move(SharedVector shared, Tape tape, double[] direction, int start, double by) {
    float[] part = new float[values.length];
    for (int i = 0; i < part.length; i++) {
      part[i] = (float) direction[start + i];
    }
    source.descend(shared, tape, part, new SharedVector.Step((float) -by, 0));
  }

  /** The gradient by number {@code i}. */
  public double gradient(int i) {
    return gradient[i];
  }

  /** Number {@code i} times its gradient: the slope along a factor on it that is 1. */
  public double slope(int i) {
    return (double) values[i] * gradient[i];
  }
}
