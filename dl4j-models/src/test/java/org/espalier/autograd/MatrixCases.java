package org.espalier.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.espalier.tensor.Shape;

/** Matrices, reductions, regularizers, losses and weights. */
final class MatrixCases {
  private MatrixCases() {}

  static Stream<OperationCase> all() {
    List<OperationCase> cases = new ArrayList<>();
    addMatrices(cases);
    addReductions(cases);
    addRegularizers(cases);
    addLosses(cases);
    addWeights(cases);
    return cases.stream();
  }

  private static void addMatrices(List<OperationCase> cases) {
    for (int[] s : new int[][] {{3, 4, 5}, {1, 1, 1}, {1, 3, 2}, {2, 3, 1}}) {
      addProduct(cases, s, false, false);
      addProduct(cases, s, true, false);
      addProduct(cases, s, false, true);
      addProduct(cases, s, true, true);
      OperationCase.add(
          cases,
          "linear of %s to %s".formatted(s[1], s[2]),
          GradientCheck.of(Shape.of(s[0], s[1]), Shape.of(s[1], s[2]), Shape.of(s[2])),
          v -> Matrices.linear(v.get(0), v.get(1), v.get(2)),
          n -> Loops.addRow(Loops.product(n.get(0), n.get(1)), n.get(2)));
      OperationCase.add(
          cases,
          "transpose of [%s, %s]".formatted(s[0], s[1]),
          GradientCheck.of(Shape.of(s[0], s[1])),
          v -> Matrices.transpose(v.get(0)),
          n -> Loops.transpose(n.get(0)));
    }
    OperationCase.add(
        cases,
        "bias of an image",
        GradientCheck.of(Shape.of(2, 2, 3, 2), Shape.of(2)),
        v -> Matrices.addRow(v.get(0), v.get(1)),
        n -> Loops.addRow(n.get(0), n.get(1)));
    OperationCase.add(
        cases,
        "product of a matrix and its transpose",
        GradientCheck.of(Shape.of(3, 2)),
        v -> Matrices.product(v.get(0), false, v.get(0), true),
        n -> Loops.product(n.get(0), Loops.transpose(n.get(0))));
    OperationCase.add(
        cases,
        "reshape",
        GradientCheck.of(Shape.of(2, 3, 1, 2)),
        v -> Matrices.reshape(v.get(0), Shape.of(4, 3)),
        n -> new Numbers(Shape.of(4, 3), n.get(0).values()));
    OperationCase.add(
        cases,
        "rows of a table, some twice, some never",
        GradientCheck.of(Shape.of(5, 3)),
        v -> Matrices.gatherRows(v.get(0), 4, 1, 4, 0, 4),
        n -> Loops.gatherRows(n.get(0), 4, 1, 4, 0, 4));
  }

  private static void addProduct(List<OperationCase> cases, int[] s, boolean left, boolean right) {
    Shape first = left ? Shape.of(s[1], s[0]) : Shape.of(s[0], s[1]);
    Shape second = right ? Shape.of(s[2], s[1]) : Shape.of(s[1], s[2]);
    OperationCase.add(
        cases,
        "product of %s%s and %s%s"
            .formatted(first, left ? " transposed" : "", second, right ? " transposed" : ""),
        GradientCheck.of(first, second),
        v -> Matrices.product(v.get(0), left, v.get(1), right),
        n ->
            Loops.product(
                left ? Loops.transpose(n.get(0)) : n.get(0),
                right ? Loops.transpose(n.get(1)) : n.get(1)));
  }

  private static void addReductions(List<OperationCase> cases) {
    for (Shape shape : List.of(Shape.of(2, 3, 4, 5), Shape.of(3, 1), Shape.of(4), Shape.of(1))) {
      OperationCase.add(
          cases,
          "sum of " + shape,
          GradientCheck.of(shape),
          v -> Reductions.sum(v.get(0)),
          n -> Numbers.scalar(n.get(0).sum()));
      OperationCase.add(
          cases,
          "mean of " + shape,
          GradientCheck.of(shape),
          v -> Reductions.mean(v.get(0)),
          n -> Numbers.scalar(n.get(0).sum() / shape.size()));
      OperationCase.add(
          cases,
          "sum over rows of " + shape,
          GradientCheck.of(shape),
          v -> Reductions.sumRows(v.get(0)),
          n -> Loops.sumRows(n.get(0)));
      OperationCase.add(
          cases,
          "mean over rows of " + shape,
          GradientCheck.of(shape),
          v -> Reductions.meanRows(v.get(0)),
          n -> Loops.scaled(Loops.sumRows(n.get(0)), 1.0 / shape.rows()));
      for (int i = 0; i < shape.rank(); i++) {
        int axis = i;
        OperationCase.add(
            cases,
            "sum of %s along axis %s".formatted(shape, axis),
            GradientCheck.of(shape),
            v -> Reductions.sum(v.get(0), axis),
            n -> Loops.sumAxis(n.get(0), axis));
        OperationCase.add(
            cases,
            "mean of %s along axis %s".formatted(shape, axis),
            GradientCheck.of(shape),
            v -> Reductions.mean(v.get(0), axis - shape.rank()),
            n -> Loops.meanAxis(n.get(0), axis));
      }
    }
  }

  private static void addRegularizers(List<OperationCase> cases) {
    OperationCase.add(
        cases,
        "dropout",
        GradientCheck.of(Shape.of(2, 3, 2, 3)),
        v -> Regularizers.dropout(v.get(0), 0.25, new SplittableRandom(3)),
        n -> {
          var random = new SplittableRandom(3);
          return Loops.map(n.get(0), a -> random.nextDouble() < 0.25 ? 0 : a / 0.75);
        });
    for (Shape shape : List.of(Shape.of(5, 2, 1, 3), Shape.of(4, 2), Shape.of(5))) {
      OperationCase.add(
          cases,
          "drop-path of " + shape,
          GradientCheck.of(shape),
          v -> Regularizers.dropPath(v.get(0), 0.5, new SplittableRandom(4)),
          n -> {
            double[] factors =
                new SplittableRandom(4)
                    .doubles(shape.dimension(0))
                    .map(draw -> draw < 0.5 ? 0 : 2)
                    .toArray();
            return Numbers.make(shape, at -> factors[at[0]] * n.get(0).at(at));
          });
    }
  }

  private static void addLosses(List<OperationCase> cases) {
    for (double smoothing : new double[] {0, 0.1}) {
      OperationCase.add(
          cases,
          "cross-entropy with smoothing " + smoothing,
          GradientCheck.of(Shape.of(3, 4)).between(0, -2, 2),
          v -> Losses.crossEntropy(v.get(0), new int[] {1, 3, 0}, smoothing),
          n -> Loops.crossEntropy(n.get(0), new int[] {1, 3, 0}, smoothing));
    }
    double[] teacher = {2, -1, 0.5, -3, 1, 1};
    for (double temperature : new double[] {1, 4, 0.5}) {
      OperationCase.add(
          cases,
          "distillation at temperature " + temperature,
          GradientCheck.of(Shape.of(2, 3)).between(0, -2, 2),
          v ->
              Losses.distillation(
                  v.get(0), v.get(0).tape().input(Shape.of(2, 3), teacher), temperature),
          n -> Loops.distillation(n.get(0), new Numbers(Shape.of(2, 3), teacher), temperature));
    }
    OperationCase.add(
        cases,
        "mean squared error",
        GradientCheck.of(Shape.of(2, 1, 3, 2), Shape.of(2, 1, 3, 2)),
        v -> Losses.meanSquaredError(v.get(0), v.get(1)),
        n -> Numbers.scalar(Loops.zip(n.get(0), n.get(1), (a, b) -> (a - b) * (a - b)).sum() / 12));
  }

  private static void addWeights(List<OperationCase> cases) {
    int[][] settings = { // kernel, C, C', c, c'
      {3, 4, 5, 2, 3},
      {1, 5, 2, 1, 2},
      {3, 3, 1, 2, 1},
      {1, 1, 1, 1, 1},
      {3, 2, 4, 5, 6},
      {1, 3, 6, 5, 2},
    };
    for (int[] s : settings) {
      OperationCase.add(
          cases,
          "projection of [%s, %s] to [%s, %s]".formatted(s[1], s[2], s[3], s[4]),
          GradientCheck.of(
              Shape.of(s[0], s[0], s[1], s[2]), Shape.of(s[1], s[3]), Shape.of(s[2], s[4])),
          v -> Weights.project(v.get(0), v.get(1), v.get(2)),
          n -> Loops.project(n.get(0), n.get(1), n.get(2)));
    }
    OperationCase.add(
        cases,
        "codebook",
        GradientCheck.of(Shape.of(4)),
        v -> Weights.codebook(v.get(0), new int[] {3, 0, 0, 1, 3, 3}, Shape.of(1, 1, 3, 2)),
        n ->
            new Numbers(
                Shape.of(1, 1, 3, 2),
                Loops.gatherRows(new Numbers(Shape.of(4, 1), n.get(0).values()), 3, 0, 0, 1, 3, 3)
                    .values()));
  }
}
