package org.espalier.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.tensor.Shape;

/** Long short-term memories and their joined inputs. */
final class RecurrenceCases {
  private RecurrenceCases() {}

  static Stream<OperationCase> all() {
    List<OperationCase> cases = new ArrayList<>();
    OperationCase.add(
        cases,
        "linear layer of three inputs side by side",
        GradientCheck.of(Shape.of(3, 2), Shape.of(3, 1), Shape.of(3, 4), Shape.of(8, 5)),
        v -> Recurrences.linear(v.subList(0, 3), v.get(3)),
        n -> linear(n.subList(0, 3), n.get(3)));
    OperationCase.add(
        cases,
        "linear layer of one input and a bias",
        GradientCheck.of(Shape.of(1, 3), Shape.of(4, 1)),
        v -> Recurrences.linear(v.subList(0, 1), v.get(1)),
        n -> linear(n.subList(0, 1), n.get(1)));
    OperationCase.add(
        cases,
        "cell of a recurrent unit",
        GradientCheck.of(Shape.of(2, 12), Shape.of(2, 3)),
        v -> Recurrences.cell(v.get(0), v.get(1)),
        n -> cell(n.get(0), n.get(1)));
    OperationCase.add(
        cases,
        "output of a recurrent unit",
        GradientCheck.of(Shape.of(2, 12), Shape.of(2, 3)),
        v -> Recurrences.output(v.get(0), v.get(1)),
        n -> output(n.get(0), n.get(1)));
    return cases.stream();
  }

  private static Numbers linear(List<Numbers> inputs, Numbers weights) {
    return Numbers.make(
        Shape.of(inputs.get(0).size(0), weights.size(1)),
        at -> {
          double sum = weights.at(weights.size(0) - 1, at[1]);
          int row = 0;
          for (Numbers input : inputs) {
            for (int i = 0; i < input.size(1); i++) {
              sum += input.at(at[0], i) * weights.at(row++, at[1]);
            }
          }
          return sum;
        });
  }

  private static Numbers cell(Numbers gates, Numbers cell) {
    int units = cell.size(1);
    return Numbers.make(
        cell.shape(),
        at ->
            sigmoid(gates.at(at[0], units + at[1])) * cell.at(at)
                + sigmoid(gates.at(at)) * Math.tanh(gates.at(at[0], 2 * units + at[1])));
  }

  private static Numbers output(Numbers gates, Numbers cell) {
    int units = cell.size(1);
    return Numbers.make(
        cell.shape(), at -> sigmoid(gates.at(at[0], 3 * units + at[1])) * Math.tanh(cell.at(at)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
