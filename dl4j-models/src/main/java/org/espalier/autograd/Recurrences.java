package org.espalier.autograd;

import java.util.List;
import java.util.stream.Stream;
import org.espalier.tensor.JoinedKernels;
import org.espalier.tensor.RecurrenceKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * The units of a long short-term memory (Hochreiter and Schmidhuber, 1997, with the forget gate of
 * Gers et al., 2000). Its gates are a matrix product of inputs and hidden values, {@code [batch, 4
 * * units]} in the order in, forget, fresh, out.
 */
public final class Recurrences {
  private Recurrences() {}

  /**
   * A linear layer over several inputs side by side, which are not copied together: {@code sum over
   * i of inputs_i weights_i, and the bias}.
   *
   * @param inputs at least one, each {@code [batch, width_i]}
   * @param weights {@code [sum of widths and 1, outputs]}: rows for the inputs in their order, and
   *     the bias as the last one
   * @return {@code [batch, outputs]}
   */
  public static Variable linear(List<Variable> inputs, Variable weights) {
    List<Variable> parts = List.copyOf(inputs);
    int width = parts.stream().mapToInt(part -> part.shape().channels()).sum();
    int batch = parts.get(0).shape().dimension(0);
    if (weights.shape().rank() != 2
        || weights.shape().dimension(0) != width + 1
        || parts.stream().anyMatch(part -> part.shape().rows() != batch)) {
      throw new IllegalArgumentException(
          "inputs %s do not fit weights %s, whose last row is the bias"
              .formatted(parts.stream().map(Variable::shape).toList(), weights.shape()));
    }
    Tensor value = weights.tape().allocate(Shape.of(batch, weights.shape().channels()));
    JoinedKernels.forward(parts.stream().map(Variable::value).toList(), weights.value(), value);
    Variable[] all = Stream.concat(Stream.of(weights), parts.stream()).toArray(Variable[]::new);
    return weights.tape().record(value, gradient -> linearBackward(parts, weights, gradient), all);
  }

  private static void linearBackward(List<Variable> parts, Variable weights, Tensor gradient) {
    weights.addGradient(
        target ->
            JoinedKernels.weightGradient(
                parts.stream().map(Variable::value).toList(), gradient, target));
    int next = 0;
    for (Variable part : parts) {
      int first = next;
      part.addGradient(
          target -> JoinedKernels.inputGradient(gradient, weights.value(), first, target));
      next += part.shape().channels();
    }
  }

  /**
   * What the units hold after a step: {@code sigmoid(forget) * cell + sigmoid(in) * tanh(fresh)}.
   *
   * @param gates {@code [batch, 4 * units]}, before their functions
   * @param cell {@code [batch, units]}, what they held before it
   */
  public static Variable cell(Variable gates, Variable cell) {
    check(gates.shape(), cell.shape());
    Tape tape = gates.tape();
    Tensor value = tape.allocate(cell.shape());
    Tensor saved = tape.allocate(cell.shape().withChannels(3 * cell.shape().channels()));
    RecurrenceKernels.cell(gates.value(), cell.value(), saved, value);
    return tape.recordSaving(
        value,
        gradient -> {
          gates.addGradient(
              target -> RecurrenceKernels.cellGateGradient(saved, cell.value(), gradient, target));
          cell.addGradient(target -> RecurrenceKernels.cellGradient(saved, gradient, target));
        },
        List.of(saved),
        gates,
        cell);
  }

  /**
   * What the units give after a step: {@code sigmoid(out) * tanh(cell)}.
   *
   * @param gates {@code [batch, 4 * units]}, before their functions
   * @param cell {@code [batch, units]}, what {@link #cell} gave for them
   */
  public static Variable output(Variable gates, Variable cell) {
    check(gates.shape(), cell.shape());
    Tape tape = gates.tape();
    Tensor value = tape.allocate(cell.shape());
    Tensor saved = tape.allocate(cell.shape().withChannels(2 * cell.shape().channels()));
    RecurrenceKernels.output(gates.value(), cell.value(), saved, value);
    return tape.recordSaving(
        value,
        gradient -> {
          gates.addGradient(
              target -> RecurrenceKernels.outputGateGradient(saved, gradient, target));
          cell.addGradient(target -> RecurrenceKernels.outputCellGradient(saved, gradient, target));
        },
        List.of(saved),
        gates,
        cell);
  }

  private static void check(Shape gates, Shape cell) {
    if (cell.rank() != 2 || !gates.equals(cell.withChannels(4 * cell.channels()))) {
      throw new IllegalArgumentException(
          "cells [batch, units] need gates [batch, 4 * units], got %s and %s"
              .formatted(cell, gates));
    }
  }
}
