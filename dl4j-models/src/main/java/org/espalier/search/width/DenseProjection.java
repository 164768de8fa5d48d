package org.espalier.search.width;

import java.util.function.BiConsumer;
import org.espalier.autograd.Tape;
import org.espalier.tensor.MatrixKernels;
import org.espalier.tensor.ProjectionKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** {@code P^T W Q} for maps without structure, and its transpose, by matrix products. */
final class DenseProjection {
  private final Tape tape;
  private final Slab slab;
  private final AffineMap rows;
  private final AffineMap columns;

  DenseProjection(Tape tape, Slab slab, AffineMap rows, AffineMap columns) {
    this.tape = tape;
    this.slab = slab;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Projects a weight; the columns go first.
   *
   * @param whole {@code [taps, rows, columns]}
   * @param target {@code [taps, kept rows, kept columns]}
   */
  void project(float[] whole, float[] target) {
    Shape narrow = Shape.of(slab.taps(), rows.rows(), columns.columns());
    Tensor start = filled(slab.shape(), whole);
    Tensor half =
        apply(
            columns,
            start,
            narrow,
            (map, to) -> MatrixKernels.product(start, false, map, false, to));
    Tensor end =
        apply(
            rows,
            half,
            Shape.of(slab.taps(), rows.columns(), columns.columns()),
            (map, to) -> ProjectionKernels.project(half, map, to));
    copy(end, target);
  }

  /**
   * The gradient of the whole weight.
   *
   * @param gradient of the projected one
   */
  float[] gradient(float[] gradient) {
    Tensor start = filled(Shape.of(slab.taps(), rows.columns(), columns.columns()), gradient);
    Tensor half =
        apply(
            rows,
            start,
            Shape.of(slab.taps(), rows.rows(), columns.columns()),
            (map, to) -> ProjectionKernels.stackGradient(map, start, to));
    Tensor end =
        apply(
            columns,
            half,
            slab.shape(),
            (map, to) -> MatrixKernels.product(half, false, map, true, to));
    float[] whole = end.toFloats();
    tape.arena().release(end);
    return whole;
  }

  /** One product; the input's memory is given back. */
  private Tensor apply(
      AffineMap map, Tensor input, Shape shape, BiConsumer<Tensor, Tensor> product) {
    if (map instanceof AffineMap.Banded) {
      return input;
    }
    Tensor matrix = filled(Shape.of(map.rows(), map.columns()), map.matrix());
    Tensor result = tape.allocate(shape);
    product.accept(matrix, result);
    tape.arena().release(matrix);
    tape.arena().release(input);
    return result;
  }

  private Tensor filled(Shape shape, float[] numbers) {
    Tensor tensor = tape.allocate(shape);
    tensor.set(numbers);
    return tensor;
  }

  private void copy(Tensor end, float[] target) {
    float[] numbers = end.toFloats();
    System.arraycopy(numbers, 0, target, 0, target.length);
    tape.arena().release(end);
  }
}
