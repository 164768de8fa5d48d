package org.espalier.search.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.espalier.autograd.Activations;
import org.espalier.autograd.Channels;
import org.espalier.autograd.Elementwise;
import org.espalier.autograd.Matrices;
import org.espalier.autograd.Recurrences;
import org.espalier.autograd.Reductions;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.search.space.PricedChoices;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * An LSTM over the choices of several candidates at once, on a tape in float64: two steps without a
 * choice, then one step a choice, whose input is the embedding of the pick before, the choice as
 * one-hot and the share of the limit that is still free, and whose head gives the logits of the
 * choice's options.
 */
final class LstmNetwork implements BeamSearch.Model, AutoCloseable {
  /** Steps before the first choice. */
  private static final int FIRST = 2;

  /** Numbers that a step keeps for each hidden value, and in how many tensors, generously. */
  private static final long UNITS = 16;

  private static final long TENSORS = 12;

  /** Tensors begin at multiples of so many numbers. */
  private static final long ALIGNMENT = 8;

  private final LstmShape shape;
  private final PricedChoices choices;
  private final boolean learns;
  private final Tape tape = new Tape(Arena.create(Precision.FLOAT64));
  private final List<LstmShape.Part> parts;
  private final List<Variable> parameters = new ArrayList<>();

  /** Cells and hidden values of each layer, {@code [rows, hidden]}, after the last step. */
  private final List<Variable> cells = new ArrayList<>();

  private final List<Variable> hidden = new ArrayList<>();

  /**
   * A network before its first step.
   *
   * @param parameters in the order of the shape
   * @param rows candidates at once, about: for so many, memory is taken in one piece
   * @param learns whether {@link #gradient} will be asked for
   */
  LstmNetwork(
      LstmShape shape, double[] parameters, PricedChoices choices, int rows, boolean learns) {
    if (parameters.length != shape.size) {
      throw new IllegalArgumentException(
          "choices of %s options need %s parameters, got %s"
              .formatted(choices.sizes(), shape.size, parameters.length));
    }
    this.shape = shape;
    this.choices = choices;
    this.learns = learns;
    parts = shape.parts();
    reserve(rows);
    for (LstmShape.Part part : parts) {
      double[] values = part.of(parameters);
      this.parameters.add(
          learns ? tape.input(part.shape(), values) : tape.constant(part.shape(), values));
    }
  }

  /**
   * Takes the memory of all steps at once: a piece for each tensor costs more than computing it.
   */
  private void reserve(int rows) {
    long values = UNITS * shape.hidden + 2L * shape.choices + ALIGNMENT * TENSORS;
    long step = rows * values * shape.layers;
    long kept = learns ? 2L * (FIRST + shape.choices) : 2;
    long numbers = kept * step + 3L * shape.size + ALIGNMENT * parts.size();
    Tensor unused = tape.allocate(Shape.of(Math.toIntExact(numbers)));
    tape.reset();
  }

  /** Takes the steps before the first choice, for so many candidates. */
  void begin(int rows) {
    cells.clear();
    hidden.clear();
    for (int layer = 0; layer < shape.layers; layer++) {
      cells.add(constant(rows, shape.hidden, 0));
      hidden.add(constant(rows, shape.hidden, 0));
    }
    double[] left = new double[rows];
    Arrays.fill(left, choices.left(List.of(), 0));
    for (int step = 0; step < FIRST; step++) {
      advance(step, new int[rows], left);
    }
  }

  /**
   * Takes the step of a choice.
   *
   * @param picks for each candidate those of the choices before it, at least
   * @return the logits of its options, {@code [candidates, options]}
   */
  Variable next(List<List<Integer>> picks, int choice) {
    int[] previous = new int[picks.size()];
    double[] left = new double[picks.size()];
    for (int row = 0; row < previous.length; row++) {
      previous[row] = choice == 0 ? 0 : picks.get(row).get(choice - 1) + 1;
      left[row] = choices.left(picks.get(row), choice);
    }
    advance(FIRST + choice, previous, left);
    Variable head = parameters.get(1 + shape.layers + choice);
    return Recurrences.linear(List.of(hidden.get(shape.layers - 1)), head);
  }

  /**
   * One step.
   *
   * @param previous rows of the embedding: 0 for no pick yet, else the pick and 1
   */
  private void advance(int step, int[] previous, double[] left) {
    int rows = previous.length;
    int width = shape.choices + 1;
    double[] where = new double[rows * width];
    for (int row = 0; row < rows; row++) {
      if (step >= FIRST) {
        where[row * width + step - FIRST] = 1;
      }
      where[row * width + width - 1] = left[row];
    }
    Variable embedded = Matrices.gatherRows(parameters.get(0), previous);
    Variable position = tape.constant(Shape.of(rows, width), where);
    for (int layer = 0; layer < shape.layers; layer++) {
      Variable before = hidden.get(layer);
      List<Variable> seen =
          layer == 0 ? List.of(embedded, position, before) : List.of(hidden.get(layer - 1), before);
      advance(layer, seen);
      drop(before);
    }
    List.of(embedded, position).forEach(this::drop);
  }

  private void advance(int layer, List<Variable> seen) {
    Variable gates = Recurrences.linear(seen, parameters.get(1 + layer));
    Variable before = cells.get(layer);
    cells.set(layer, Recurrences.cell(gates, before));
    hidden.set(layer, Recurrences.output(gates, cells.get(layer)));
    List.of(gates, before).forEach(this::drop);
  }

  private Variable constant(int rows, int width, double value) {
    double[] values = new double[rows * width];
    Arrays.fill(values, value);
    return tape.constant(Shape.of(rows, width), values);
  }

  /** Logarithms of the probabilities of a choice's options, a row a candidate. */
  double[][] logarithms(List<List<Integer>> picks, int choice) {
    Variable logits = next(picks, choice);
    double[] values = logits.value().toDoubles();
    drop(logits);
    int options = shape.options(choice);
    double[][] logarithms = new double[picks.size()][];
    for (int row = 0; row < logarithms.length; row++) {
      logarithms[row] =
          Softmax.logarithms(Arrays.copyOfRange(values, row * options, (row + 1) * options));
    }
    return logarithms;
  }

  @Override
  public double[][] next(List<List<Integer>> beginnings, int[] parents, int choice) {
    if (choice == 0) {
      begin(1);
    } else {
      cells.replaceAll(each -> continued(each, parents));
      hidden.replaceAll(each -> continued(each, parents));
    }
    return logarithms(beginnings, choice);
  }

  private Variable continued(Variable state, int[] parents) {
    Variable chosen = Matrices.gatherRows(state, parents);
    drop(state);
    return chosen;
  }

  /**
   * Derivative of {@code -sum_i weights_i log P(picks_i) - entropyWeight * mean entropy of the
   * steps along them} by the parameters.
   */
  double[] gradient(List<List<Integer>> picks, double[] weights, double entropyWeight) {
    begin(picks.size());
    List<Variable> steps = new ArrayList<>();
    for (int choice = 0; choice < shape.choices; choice++) {
      steps.add(Activations.logSoftmax(next(picks, choice)));
    }
    Variable logarithms = Channels.concatenate(steps);
    Variable picked =
        tape.constant(logarithms.shape(), picked(picks, weights, logarithms.shape().channels()));
    Variable loss = Reductions.sum(Elementwise.multiply(logarithms, picked));
    if (entropyWeight > 0) {
      Variable information = Elementwise.multiply(Elementwise.exp(logarithms), logarithms);
      double each = entropyWeight / picks.size();
      loss = Elementwise.add(loss, Elementwise.scale(Reductions.sum(information), each));
    }
    tape.backward(loss);
    double[] gradient = new double[shape.size];
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).put(parameters.get(i).gradient().toDoubles(), gradient);
    }
    return gradient;
  }

  /** Minus the weight of a candidate at its picks, 0 elsewhere. */
  private double[] picked(List<List<Integer>> picks, double[] weights, int width) {
    double[] picked = new double[picks.size() * width];
    for (int row = 0; row < picks.size(); row++) {
      int at = row * width;
      for (int choice = 0; choice < shape.choices; choice++) {
        picked[at + picks.get(row).get(choice)] = -weights[row];
        at += shape.options(choice);
      }
    }
    return picked;
  }

  /** Gives memory back after the last forward reader, unless a backward pass may read it. */
  private void drop(Variable variable) {
    if (!learns) {
      variable.giveBack();
    }
  }

  /** Nothing picked yet, for so many candidates. */
  static List<List<Integer>> empty(int rows) {
    List<List<Integer>> picks = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      picks.add(new ArrayList<>());
    }
    return Collections.unmodifiableList(picks);
  }

  @Override
  public void close() {
    tape.close();
  }
}
