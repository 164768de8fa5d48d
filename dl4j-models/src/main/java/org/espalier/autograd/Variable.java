package org.espalier.autograd;

import java.util.Optional;
import java.util.function.Consumer;
import org.espalier.tensor.ElementwiseKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** A value on a {@link Tape}. */
public final class Variable {
  private final Tape tape;
  private final Shape shape;
  private final boolean wantsGradient;
  private final Optional<Parameter> parameter;
  private Optional<Tensor> value;
  private Optional<Tensor> gradient = Optional.empty();
  private boolean retained;

  Variable(Tape tape, Tensor value, boolean wantsGradient, Optional<Parameter> parameter) {
    this.tape = tape;
    this.shape = value.shape();
    this.value = Optional.of(value);
    this.wantsGradient = wantsGradient;
    this.parameter = parameter;
  }

  /** The tape this belongs to. */
  public Tape tape() {
    return tape;
  }

  /** The sizes of the axes. */
  public Shape shape() {
    return shape;
  }

  /**
   * The numbers.
   *
   * @throws IllegalStateException if they were given back, by the backward pass or by {@link
   *     #giveBack}: {@link #retain} before
   */
  public Tensor value() {
    return value.orElseThrow(
        () ->
            new IllegalStateException(
                "the value of shape %s was given back; call retain() before".formatted(shape)));
  }

  /**
   * The gradient of the loss.
   *
   * @throws IllegalStateException if there is none: not wanted, not reached, or not retained
   */
  public Tensor gradient() {
    if (parameter.isPresent() && parameter.get().touched()) {
      return parameter.get().gradient();
    }
    return gradient.orElseThrow(
        () -> new IllegalStateException("no gradient of the variable of shape " + shape));
  }

  /** Whether a gradient flows through here. */
  public boolean wantsGradient() {
    return wantsGradient;
  }

  /** Keeps value and gradient through the backward pass, until the tape is reset. */
  public Variable retain() {
    retained = true;
    return this;
  }

  /**
   * Adds to the gradient, if it is wanted; else the kernel is not run.
   *
   * @param kernel overwrites a tensor of this shape with the contribution
   */
  public void addGradient(Consumer<Tensor> kernel) {
    if (!wantsGradient) {
      return;
    }
    if (parameter.isPresent()) {
      addParameterGradient(parameter.get(), kernel);
    } else {
      Tensor contribution = tape.allocate(shape);
      kernel.accept(contribution);
      join(contribution);
    }
  }

  /** Adds a gradient that others own too: it is shared, not copied. */
  public void passGradient(Tensor contribution) {
    if (parameter.isPresent()) {
      addGradient(target -> ElementwiseKernels.copy(contribution, target));
    } else if (wantsGradient) {
      tape.arena().share(contribution);
      join(contribution);
    }
  }

  /** Adds a gradient that the caller has allocated and gives away. */
  public void takeGradient(Tensor contribution) {
    passGradient(contribution);
    tape.arena().release(contribution);
  }

  private void addParameterGradient(Parameter target, Consumer<Tensor> kernel) {
    if (!target.touched()) {
      kernel.accept(target.gradient());
      target.touch();
      return;
    }
    Tensor contribution = tape.allocate(shape);
    kernel.accept(contribution);
    ElementwiseKernels.addScaled(1, contribution, target.gradient());
    tape.arena().release(contribution);
  }

  /** Takes over one ownership of a contribution. */
  private void join(Tensor contribution) {
    if (gradient.isEmpty()) {
      gradient = Optional.of(contribution);
      return;
    }
    Tensor sum = gradient.get();
    if (tape.arena().shared(sum)) {
      // Somebody else still reads the sum so far: it must not change under them.
      Tensor fresh = tape.allocate(shape);
      ElementwiseKernels.add(sum, contribution, fresh);
      tape.arena().release(sum);
      gradient = Optional.of(fresh);
    } else {
      ElementwiseKernels.addScaled(1, contribution, sum);
    }
    tape.arena().release(contribution);
  }

  /** The gradient of the loss, if one has arrived here and was kept; not that of a parameter. */
  public Optional<Tensor> gradientIfAny() {
    return gradient;
  }

  /**
   * Gives the memory of the value back before the step ends, if no gradient flows through here and
   * it was not to be retained; to be called after the last reader.
   */
  public void giveBack() {
    if (!wantsGradient) {
      release();
    }
  }

  /** Gives memory back after the last reader, unless it was to be retained. */
  void release() {
    if (retained) {
      return;
    }
    gradient.ifPresent(tape.arena()::release);
    gradient = Optional.empty();
    value.ifPresent(tape.arena()::release);
    value = Optional.empty();
  }
}
