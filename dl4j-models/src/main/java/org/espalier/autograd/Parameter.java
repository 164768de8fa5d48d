package org.espalier.autograd;

import java.util.Objects;
import org.espalier.tensor.Tensor;

/** A trained tensor with a place for its gradient; both outlive steps. */
public final class Parameter {
  private final String name;
  private final Tensor value;
  private final Tensor gradient;
  private final boolean decays;
  private boolean touched;

  /**
   * A parameter over tensors that the caller owns.
   *
   * @param name unique in its network
   * @param value the numbers
   * @param gradient same shape; its content means something only while {@link #touched}
   * @param decays whether weight decay applies
   */
  public Parameter(String name, Tensor value, Tensor gradient, boolean decays) {
    this.name = Objects.requireNonNull(name, "name");
    this.value = value;
    this.gradient = gradient;
    this.decays = decays;
    if (!value.shape().equals(gradient.shape())) {
      throw new IllegalArgumentException(
          "the gradient of %s must have shape %s, got %s"
              .formatted(name, value.shape(), gradient.shape()));
    }
  }

  /** Unique in its network. */
  public String name() {
    return name;
  }

  /** The numbers. */
  public Tensor value() {
    return value;
  }

  /** The sum of the gradients since {@link #clearGradient}; unspecified when not touched. */
  public Tensor gradient() {
    return gradient;
  }

  /** Whether weight decay applies. */
  public boolean decays() {
    return decays;
  }

  /** Whether a gradient has arrived since {@link #clearGradient}. */
  public boolean touched() {
    return touched;
  }

  /** Forgets the gradient; costs nothing. */
  public void clearGradient() {
    touched = false;
  }

  void touch() {
    touched = true;
  }
}
