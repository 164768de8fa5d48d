package org.espalier.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * What one step has computed, in order, and the memory it lies in. Belongs to one thread. A step:
 * {@link #reset}, forward, {@link #backward}, update of the parameters.
 */
public final class Tape implements AutoCloseable {
  private final Arena arena;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Variable variable, Backward backward, List<Tensor> saved) {}

  /**
   * An empty tape.
   *
   * @param arena the memory of the steps; closed with the tape
   */
  public Tape(Arena arena) {
    this.arena = arena;
  }

  /**
   * Data that no gradient flows to.
   *
   * @param values as many as the shape holds
   */
  public Variable constant(Shape shape, float[] values) {
    return leaf(filled(shape, values), false);
  }

  /** Data that no gradient flows to. */
  public Variable constant(Shape shape, double[] values) {
    return leaf(filled(shape, values), false);
  }

  /** Data whose gradient is wanted, such as an image; kept until the next reset. */
  public Variable input(Shape shape, float[] values) {
    return leaf(filled(shape, values), true).retain();
  }

  /** Data whose gradient is wanted; kept until the next reset. */
  public Variable input(Shape shape, double[] values) {
    return leaf(filled(shape, values), true).retain();
  }

  /**
   * A parameter taking part in this step; its gradient is added to {@link Parameter#gradient}.
   *
   * @throws IllegalArgumentException if it is of another precision than the tape
   */
  public Variable use(Parameter parameter) {
    checkPrecision(parameter.value());
    return new Variable(this, parameter.value(), true, Optional.of(parameter)).retain();
  }

  /**
   * Data in a persistent tensor, read in place; no gradient flows to it.
   *
   * @throws IllegalArgumentException if it is of another precision than the tape
   */
  public Variable constant(Tensor persistent) {
    checkPrecision(persistent);
    return leaf(persistent, false).retain();
  }

  private void checkPrecision(Tensor tensor) {
    if (tensor.precision() != arena.precision()) {
      throw new IllegalArgumentException(
          "a tape of %s cannot read a tensor of %s"
              .formatted(arena.precision(), tensor.precision()));
    }
  }

  private Tensor filled(Shape shape, float[] values) {
    Tensor tensor = arena.allocate(shape);
    tensor.set(values);
    return tensor;
  }

  private Tensor filled(Shape shape, double[] values) {
    Tensor tensor = arena.allocate(shape);
    tensor.set(values);
    return tensor;
  }

  private Variable leaf(Tensor value, boolean wantsGradient) {
    return new Variable(this, value, wantsGradient, Optional.empty());
  }

  /** Memory for the value of an operation. */
  public Tensor allocate(Shape shape) {
    return arena.allocate(shape);
  }

  /** The memory of the steps. */
  public Arena arena() {
    return arena;
  }

  /**
   * Makes the result of an operation.
   *
   * @param value from {@link #allocate}, filled; owned by the variable from now on
   * @param backward run only if a gradient arrives
   * @param inputs what the operation has read; nothing is recorded if none wants a gradient
   */
  public Variable record(Tensor value, Backward backward, Variable... inputs) {
    return recordSaving(value, backward, List.of(), inputs);
  }

  /**
   * Makes the result of an operation whose backward pass needs more than inputs and result.
   *
   * @param saved tensors from {@link #allocate}, released after the backward pass
   */
  public Variable recordSaving(
      Tensor value, Backward backward, List<Tensor> saved, Variable... inputs) {
    boolean wanted = false;
    for (Variable input : inputs) {
      if (input.tape() != this) {
        throw new IllegalArgumentException("variables of different tapes cannot meet");
      }
      wanted |= input.wantsGradient();
    }
    Variable variable = leaf(value, wanted);
    if (wanted) {
      entries.add(new Entry(variable, backward, saved));
    } else {
      saved.forEach(arena::release);
    }
    return variable;
  }

  /**
   * Computes gradients by walking back from a loss. Values and gradients in between are given back
   * as soon as nothing reads them any more, except those that were retained.
   *
   * @param loss of size 1; its value stays readable
   */
  public void backward(Variable loss) {
    if (loss.shape().size() != 1) {
      throw new IllegalArgumentException("a loss has size 1, got shape " + loss.shape());
    }
    loss.retain();
    loss.addGradient(target -> target.fill(1));
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      entry.variable().gradientIfAny().ifPresent(entry.backward()::run);
      entry.saved().forEach(arena::release);
      entry.variable().release();
    }
    entries.clear();
  }

  /** Starts a new step: all variables of the last are gone. */
  public void reset() {
    entries.clear();
    arena.reset();
  }

  /** Frees the memory. */
  @Override
  public void close() {
    entries.clear();
    arena.close();
  }
}
