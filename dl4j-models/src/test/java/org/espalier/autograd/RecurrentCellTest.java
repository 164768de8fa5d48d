package org.espalier.autograd;

import java.util.List;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

/** A long short-term memory (Hochreiter and Schmidhuber, 1997) made of the operations. */
class RecurrentCellTest {
  private static final int BATCH = 2;
  private static final int TOKENS = 4;
  private static final int WIDTH = 3;
  private static final int[][] SEQUENCE = {{0, 2}, {3, 2}, {1, 1}};

  private static GradientCheck inputs() {
    return GradientCheck.of(
        Shape.of(TOKENS, WIDTH), Shape.of(2 * WIDTH, 4 * WIDTH), Shape.of(4 * WIDTH));
  }

  /** Hidden state after three steps. */
  private static Variable run(List<Variable> inputs) {
    Variable hidden = zeros(inputs.get(0).tape());
    Variable memory = zeros(inputs.get(0).tape());
    for (int[] tokens : SEQUENCE) {
      Variable seen =
          Channels.concatenate(List.of(Matrices.gatherRows(inputs.get(0), tokens), hidden));
      Variable gates = Matrices.linear(seen, inputs.get(1), inputs.get(2));
      Variable kept = Elementwise.multiply(Activations.sigmoid(gate(gates, 0)), memory);
      Variable added =
          Elementwise.multiply(
              Activations.sigmoid(gate(gates, 1)), Activations.tanh(gate(gates, 2)));
      memory = Elementwise.add(kept, added);
      hidden = Elementwise.multiply(Activations.sigmoid(gate(gates, 3)), Activations.tanh(memory));
    }
    return hidden;
  }

  private static Variable gate(Variable gates, int index) {
    return Channels.slice(gates, index * WIDTH, (index + 1) * WIDTH);
  }

  private static Variable zeros(Tape tape) {
    return tape.constant(Shape.of(BATCH, WIDTH), new double[BATCH * WIDTH]);
  }

  private static Numbers runInLoops(List<Numbers> inputs) {
    double[][] hidden = new double[BATCH][WIDTH];
    double[][] memory = new double[BATCH][WIDTH];
    for (int[] tokens : SEQUENCE) {
      for (int n = 0; n < BATCH; n++) {
        double[] before = hidden[n].clone();
        for (int i = 0; i < WIDTH; i++) {
          double forget = sigmoid(gate(inputs, tokens[n], before, i));
          double write = sigmoid(gate(inputs, tokens[n], before, WIDTH + i));
          double candidate = Math.tanh(gate(inputs, tokens[n], before, 2 * WIDTH + i));
          double read = sigmoid(gate(inputs, tokens[n], before, 3 * WIDTH + i));
          memory[n][i] = forget * memory[n][i] + write * candidate;
          hidden[n][i] = read * Math.tanh(memory[n][i]);
        }
      }
    }
    return Numbers.make(Shape.of(BATCH, WIDTH), at -> hidden[at[0]][at[1]]);
  }

  private static double gate(List<Numbers> inputs, int token, double[] hidden, int unit) {
    double sum = inputs.get(2).at(unit);
    for (int i = 0; i < WIDTH; i++) {
      sum += inputs.get(0).at(token, i) * inputs.get(1).at(i, unit);
      sum += hidden[i] * inputs.get(1).at(WIDTH + i, unit);
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void threeStepsEqualPlainLoops() {
    var inputs = inputs();

    inputs.matches(RecurrentCellTest::run, runInLoops(inputs.numbers()));
  }

  @Test
  void gradientsFlowThroughThreeSteps() {
    inputs().passes(RecurrentCellTest::run);
    inputs().agreesInSinglePrecision(RecurrentCellTest::run);
    inputs().repeatsBits(RecurrentCellTest::run);
  }
}
