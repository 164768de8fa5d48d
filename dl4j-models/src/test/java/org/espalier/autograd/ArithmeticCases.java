package org.espalier.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.espalier.tensor.Shape;

/** Operations on numbers one by one and on channels. */
final class ArithmeticCases {
  private ArithmeticCases() {}

  static Stream<OperationCase> all() {
    List<OperationCase> cases = new ArrayList<>();
    addFunctions(cases);
    addArithmetic(cases);
    addMixtures(cases);
    addChannels(cases);
    return cases.stream();
  }

  private static void addFunctions(List<OperationCase> cases) {
    addFunction(cases, "relu", Activations::relu, v -> Math.max(v, 0), -1, 1);
    addFunction(cases, "relu6", Activations::relu6, v -> Math.min(Math.max(v, 0), 6), -9, 9.3);
    addFunction(
        cases,
        "hard-swish",
        Activations::hardSwish,
        v -> v * Math.min(Math.max(v + 3, 0), 6) / 6,
        -5,
        5.2);
    addFunction(cases, "sigmoid", Activations::sigmoid, v -> 1 / (1 + Math.exp(-v)), -5, 5);
    addFunction(cases, "tanh", Activations::tanh, Math::tanh, -3, 3);
    addFunction(cases, "exp", Elementwise::exp, Math::exp, -3, 2);
    addFunction(cases, "log", Elementwise::log, Math::log, 0.1, 4);
    addFunction(cases, "sine", Elementwise::sine, Math::sin, -7, 7);
    addFunction(cases, "square", Elementwise::square, v -> v * v, -3, 3);
    for (Shape shape : List.of(Shape.of(5), Shape.of(3, 4), Shape.of(2, 1, 3, 2), Shape.of(1))) {
      cases.add(
          new OperationCase(
              "softmax of " + shape,
              GradientCheck.of(shape).between(0, -3, 3),
              v -> Activations.softmax(v.get(0)),
              n -> Loops.softmax(n.get(0))));
      cases.add(
          new OperationCase(
              "log-softmax of " + shape,
              GradientCheck.of(shape).between(0, -3, 3),
              v -> Activations.logSoftmax(v.get(0)),
              n -> Loops.map(Loops.softmax(n.get(0)), Math::log)));
    }
  }

  private static void addFunction(
      List<OperationCase> cases,
      String name,
      UnaryOperator<Variable> function,
      DoubleUnaryOperator loops,
      double low,
      double high) {
    for (Shape shape : List.of(Shape.of(2, 3, 3, 2), Shape.of(1, 1, 1, 1), Shape.of(31))) {
      cases.add(
          new OperationCase(
              name + " of " + shape,
              GradientCheck.of(shape).between(0, low, high),
              v -> function.apply(v.get(0)),
              n -> Loops.map(n.get(0), loops)));
    }
  }

  private static void addArithmetic(List<OperationCase> cases) {
    Shape shape = Shape.of(2, 3, 2, 3);
    OperationCase.add(
        cases,
        "sum of two",
        GradientCheck.of(shape, shape),
        v -> Elementwise.add(v.get(0), v.get(1)),
        n -> Loops.zip(n.get(0), n.get(1), Double::sum));
    OperationCase.add(
        cases,
        "sum of a value and itself",
        GradientCheck.of(shape),
        v -> Elementwise.add(v.get(0), v.get(0)),
        n -> Loops.scaled(n.get(0), 2));
    OperationCase.add(
        cases,
        "multiple",
        GradientCheck.of(shape),
        v -> Elementwise.scale(v.get(0), -1.5),
        n -> Loops.scaled(n.get(0), -1.5));
    OperationCase.add(
        cases,
        "product of two",
        GradientCheck.of(shape, shape),
        v -> Elementwise.multiply(v.get(0), v.get(1)),
        n -> Loops.zip(n.get(0), n.get(1), (a, b) -> a * b));
    OperationCase.add(
        cases,
        "product of a value and itself",
        GradientCheck.of(shape),
        v -> Elementwise.multiply(v.get(0), v.get(0)),
        n -> Loops.map(n.get(0), a -> a * a));
    addProducts(cases, shape, Shape.of(1), (x, f) -> f.at(0));
    addProducts(cases, shape, Shape.of(3), (x, f) -> f.at(x[3]));
    addProducts(cases, shape, Shape.of(2, 3), (x, f) -> f.at(x[0], x[3]));
    addProducts(cases, Shape.of(4, 3), Shape.of(3), (x, f) -> f.at(x[1]));
    addProducts(cases, Shape.of(1, 1, 3, 1), Shape.of(1, 1), (x, f) -> f.at(0, 0));
    addProducts(cases, Shape.of(2, 1, 1, 3), Shape.of(2, 3), (x, f) -> f.at(x[0], x[3]));
    addProducts(cases, Shape.of(2, 3, 1, 1), Shape.of(2, 1), (x, f) -> f.at(x[0], 0));
  }

  @FunctionalInterface
  private interface Factor {
    double at(int[] index, Numbers factors);
  }

  private static void addProducts(
      List<OperationCase> cases, Shape large, Shape small, Factor factor) {
    OperationCase.add(
        cases,
        "product of %s and %s".formatted(large, small),
        GradientCheck.of(large, small),
        v -> Elementwise.multiply(v.get(0), v.get(1)),
        n -> Numbers.make(large, at -> n.get(0).at(at) * factor.at(at, n.get(1))));
    OperationCase.add(
        cases,
        "product of %s and %s".formatted(small, large),
        GradientCheck.of(small, large),
        v -> Elementwise.multiply(v.get(0), v.get(1)),
        n -> Numbers.make(large, at -> n.get(1).at(at) * factor.at(at, n.get(0))));
  }

  private static void addMixtures(List<OperationCase> cases) {
    Shape shape = Shape.of(2, 1, 3, 2);
    OperationCase.add(
        cases,
        "mixture of three",
        GradientCheck.of(shape, shape, shape, Shape.of(3)),
        v -> Mixtures.weightedSum(v.subList(0, 3), v.get(3)),
        n ->
            Numbers.make(
                shape,
                at ->
                    n.get(3).at(0) * n.get(0).at(at)
                        + n.get(3).at(1) * n.get(1).at(at)
                        + n.get(3).at(2) * n.get(2).at(at)));
    OperationCase.add(
        cases,
        "mixture of a value and itself",
        GradientCheck.of(shape, Shape.of(2)),
        v -> Mixtures.weightedSum(List.of(v.get(0), v.get(0)), v.get(1)),
        n -> Loops.scaled(n.get(0), n.get(1).sum()));
  }

  private static void addChannels(List<OperationCase> cases) {
    OperationCase.add(
        cases,
        "concatenation",
        GradientCheck.of(Shape.of(2, 1, 2, 3), Shape.of(2, 1, 2, 1)),
        v -> Channels.concatenate(List.of(v.get(0), v.get(1), v.get(0))),
        n -> Loops.concatenate(Loops.concatenate(n.get(0), n.get(1)), n.get(0)));
    for (int[] range : new int[][] {{1, 4}, {0, 5}, {4, 5}}) {
      OperationCase.add(
          cases,
          "channels %s to %s".formatted(range[0], range[1]),
          GradientCheck.of(Shape.of(2, 1, 2, 5)),
          v -> Channels.slice(v.get(0), range[0], range[1]),
          n -> Loops.slice(n.get(0), range[0], range[1]));
    }
  }
}
