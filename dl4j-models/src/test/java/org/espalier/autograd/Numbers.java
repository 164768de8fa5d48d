package org.espalier.autograd;

import java.util.function.ToDoubleFunction;
import org.espalier.tensor.Shape;

/** Numbers on the Java heap, indexed one by one: what plain loops compute with. */
final class Numbers {
  private final Shape shape;
  private final double[] values;

  Numbers(Shape shape, double... values) {
    this.shape = shape;
    this.values = values;
  }

  Shape shape() {
    return shape;
  }

  double[] values() {
    return values;
  }

  /** Computes each element from its index. */
  static Numbers make(Shape shape, ToDoubleFunction<int[]> element) {
    double[] values = new double[(int) shape.size()];
    int[] index = new int[shape.rank()];
    for (int i = 0; i < values.length; i++) {
      values[i] = element.applyAsDouble(index);
      for (int axis = index.length - 1; axis >= 0; axis--) {
        index[axis] = (index[axis] + 1) % shape.dimension(axis);
        if (index[axis] != 0) {
          break;
        }
      }
    }
    return new Numbers(shape, values);
  }

  static Numbers scalar(double value) {
    return new Numbers(Shape.of(1), value);
  }

  double at(int... index) {
    int place = 0;
    for (int axis = 0; axis < index.length; axis++) {
      place = place * shape.dimension(axis) + index[axis];
    }
    return values[place];
  }

  int size(int axis) {
    return shape.dimension(axis);
  }

  double sum() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
