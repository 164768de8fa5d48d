package org.espalier.search.policy;

import java.util.Arrays;

/**
 * One layer of an LSTM (Hochreiter and Schmidhuber, 1997, with the forget gate of Gers et al.,
 * 2000) over the steps of a sequence, and its gradient by backpropagation through time. Loops run
 * over rows of the weights, which compilers can vectorise without changing the order of any sum.
 */
final class LstmCell {
  private final int inputs;
  private final int hidden;
  private final int weights;
  private final int biases;

  /** Inputs followed by the hidden values before the step, {@code [step][inputs + hidden]}. */
  private final double[][] joined;

  /** Gates after their functions, {@code [step][input, forget, cell, output]}. */
  private final double[][] gates;

  /** Cells after each step; the first row is before the first step. */
  private final double[][] cells;

  private final double[][] squashed;
  private final double[][] outputs;

  // Scratch of the backward pass.
  private final double[] gateSlopes;
  private final double[] joinedSlopes;
  private final double[] hiddenSlopes;
  private final double[] cellSlopes;

  LstmCell(LstmShape shape, int layer, int steps) {
    inputs = shape.inputs(layer);
    hidden = shape.hidden;
    weights = shape.cell(layer);
    biases = shape.biases(layer);
    joined = new double[steps][inputs + hidden];
    gates = new double[steps][4 * hidden];
    cells = new double[steps + 1][hidden];
    squashed = new double[steps][hidden];
    outputs = new double[steps + 1][hidden];
    gateSlopes = new double[4 * hidden];
    joinedSlopes = new double[inputs + hidden];
    hiddenSlopes = new double[hidden];
    cellSlopes = new double[hidden];
  }

  /** Where to write the inputs of a step. */
  double[] input(int step) {
    return joined[step];
  }

  /** The hidden values after a step. */
  double[] output(int step) {
    return outputs[step + 1];
  }

  /** Copies what later steps need of the steps before. */
  void save(int step, double[] into) {
    System.arraycopy(cells[step], 0, into, 0, hidden);
    System.arraycopy(outputs[step], 0, into, hidden, hidden);
  }

  /** Goes on as after {@link #save}. */
  void restore(int step, double[] from) {
    System.arraycopy(from, 0, cells[step], 0, hidden);
    System.arraycopy(from, hidden, outputs[step], 0, hidden);
  }

  void forward(int step, double[] parameters) {
    double[] all = joined[step];
    System.arraycopy(outputs[step], 0, all, inputs, hidden);
    double[] gate = gates[step];
    int width = gate.length;
    System.arraycopy(parameters, biases, gate, 0, width);
    for (int i = 0; i < all.length; i++) {
      if (all[i] != 0) {
        addRow(gate, all[i], parameters, weights + i * width);
      }
    }
    double[] cell = cells[step + 1];
    for (int i = 0; i < hidden; i++) {
      gate[i] = sigmoid(gate[i]);
      gate[hidden + i] = sigmoid(gate[hidden + i]);
      gate[2 * hidden + i] = StrictMath.tanh(gate[2 * hidden + i]);
      gate[3 * hidden + i] = sigmoid(gate[3 * hidden + i]);
      cell[i] = gate[hidden + i] * cells[step][i] + gate[i] * gate[2 * hidden + i];
      squashed[step][i] = StrictMath.tanh(cell[i]);
      outputs[step + 1][i] = gate[3 * hidden + i] * squashed[step][i];
    }
  }

  /** Forgets the slopes of an earlier sequence. */
  void beginBackward() {
    Arrays.fill(hiddenSlopes, 0);
    Arrays.fill(cellSlopes, 0);
  }

  /**
   * The gradient of one step; steps are taken from the last to the first.
   *
   * @param above derivative of the loss by the step's outputs, without that through later steps
   * @param gradient what the parameters' derivatives are added to
   * @return derivative by the step's inputs, of which the first count; overwritten by the next step
   */
  double[] backward(int step, double[] above, double[] parameters, double[] gradient) {
    double[] gate = gates[step];
    for (int i = 0; i < hidden; i++) {
      double in = gate[i];
      double forget = gate[hidden + i];
      double fresh = gate[2 * hidden + i];
      double out = gate[3 * hidden + i];
      double squash = squashed[step][i];
      double slope = above[i] + hiddenSlopes[i];
      double cellSlope = cellSlopes[i] + slope * out * (1 - squash * squash);
      gateSlopes[i] = cellSlope * fresh * in * (1 - in);
      gateSlopes[hidden + i] = cellSlope * cells[step][i] * forget * (1 - forget);
      gateSlopes[2 * hidden + i] = cellSlope * in * (1 - fresh * fresh);
      gateSlopes[3 * hidden + i] = slope * squash * out * (1 - out);
      cellSlopes[i] = cellSlope * forget;
    }
    addTo(gradient, biases, 1, gateSlopes);
    double[] all = joined[step];
    int width = gateSlopes.length;
    for (int i = 0; i < all.length; i++) {
      int row = weights + i * width;
      if (all[i] != 0) {
        addTo(gradient, row, all[i], gateSlopes);
      }
      joinedSlopes[i] = dot(parameters, row, gateSlopes);
    }
    System.arraycopy(joinedSlopes, inputs, hiddenSlopes, 0, hidden);
    return joinedSlopes;
  }

  private static void addRow(double[] sums, double factor, double[] values, int from) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += factor * values[from + j];
    }
  }

  private static void addTo(double[] sums, int from, double factor, double[] values) {
    for (int j = 0; j < values.length; j++) {
      sums[from + j] += factor * values[j];
    }
  }

  /**
   * A fixed order of four sums, so that none waits for the one before; widths are multiples of 4.
   */
  private static double dot(double[] left, int from, double[] right) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int j = 0; j < right.length; j += 4) {
      first += left[from + j] * right[j];
      second += left[from + j + 1] * right[j + 1];
      third += left[from + j + 2] * right[j + 2];
      fourth += left[from + j + 3] * right[j + 3];
    }
    return first + second + (third + fourth);
  }

  private static double sigmoid(double value) {
    return 1 / (1 + StrictMath.exp(-value));
  }
}
