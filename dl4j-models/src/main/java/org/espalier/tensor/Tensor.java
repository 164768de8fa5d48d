package org.espalier.tensor;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers outside the Java heap, contiguous, last axis fastest. Either a piece of an {@link Arena},
 * gone with the step, or {@linkplain #persistent persistent}. Belongs to one thread.
 */
public final class Tensor implements AutoCloseable {
  private final Precision precision;
  private final Shape shape;
  private final INDArray root;
  private final long offset;
  private final Pointer pointer;
  private final boolean owner;
  private Arena.Slot slot;

  /** Made when an operation of ND4J asks for it: that costs more than many a kernel. */
  private INDArray array;

  private Tensor(Precision precision, Shape shape, INDArray root, long offset, boolean owner) {
    this.precision = precision;
    this.shape = shape;
    this.root = root;
    this.offset = offset;
    this.owner = owner;
    this.pointer = pointerAt(precision, root, offset, shape.size());
  }

  private static Pointer pointerAt(Precision precision, INDArray root, long offset, long size) {
    Pointer start = root.data().pointer();
    return precision == Precision.FLOAT32
        ? new FloatPointer(start).getPointer(offset).limit(size)
        : new DoublePointer(start).getPointer(offset).limit(size);
  }

  /**
   * A tensor of zeros that outlives steps and is freed by {@link #close}.
   *
   * @param precision how numbers are kept
   * @param shape any
   */
  public static Tensor persistent(Precision precision, Shape shape) {
    NativeRuntime.start();
    INDArray root = Nd4j.createUninitializedDetached(precision.dataType(), shape.size());
    root.assign(0);
    return new Tensor(precision, shape, root, 0, true);
  }

  static Tensor within(
      Precision precision, Shape shape, INDArray root, long offset, Arena.Slot slot) {
    Tensor tensor = new Tensor(precision, shape, root, offset, false);
    tensor.slot = slot;
    return tensor;
  }

  /** The piece of an arena this tensor lies on; null for persistent tensors. */
  Arena.Slot slot() {
    return slot;
  }

  /** The sizes of the axes. */
  public Shape shape() {
    return shape;
  }

  /** Number of elements. */
  public long size() {
    return shape.size();
  }

  /** How the numbers are kept. */
  public Precision precision() {
    return precision;
  }

  /** A copy of the numbers. */
  public float[] toFloats() {
    if (precision == Precision.FLOAT32 && NativeRuntime.onCpu()) {
      float[] values = new float[Math.toIntExact(size())];
      ((FloatPointer) pointer).get(values);
      return values;
    }
    return array().reshape(size()).toFloatVector();
  }

  /** A copy of the numbers. */
  public double[] toDoubles() {
    if (precision == Precision.FLOAT64 && NativeRuntime.onCpu()) {
      double[] values = new double[Math.toIntExact(size())];
      ((DoublePointer) pointer).get(values);
      return values;
    }
    if (precision == Precision.FLOAT32) {
      float[] floats = toFloats();
      double[] values = new double[floats.length];
      for (int i = 0; i < floats.length; i++) {
        values[i] = floats[i];
      }
      return values;
    }
    return array().reshape(size()).toDoubleVector();
  }

  /**
   * Overwrites all numbers.
   *
   * @param values exactly {@link #size} of them
   */
  public void set(float[] values) {
    checkLength(values.length);
    if (precision == Precision.FLOAT32 && NativeRuntime.onCpu()) {
      ((FloatPointer) pointer).put(values);
    } else {
      array().assign(Nd4j.createFromArray(values).reshape(array().shape()));
    }
  }

  /**
   * Overwrites all numbers.
   *
   * @param values exactly {@link #size} of them
   */
  public void set(double[] values) {
    checkLength(values.length);
    if (precision == Precision.FLOAT64 && NativeRuntime.onCpu()) {
      ((DoublePointer) pointer).put(values);
    } else if (precision == Precision.FLOAT32) {
      float[] floats = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        floats[i] = (float) values[i];
      }
      set(floats);
    } else {
      array().assign(Nd4j.createFromArray(values).reshape(array().shape()));
    }
  }

  /** Overwrites every number with one. */
  public void fill(double value) {
    if (size() == 1) {
      set(new double[] {value});
    } else {
      array().assign(value);
    }
  }

  /** The number of a tensor of size 1. */
  public double item() {
    if (size() != 1) {
      throw new IllegalStateException("item() needs a tensor of size 1, this is " + shape);
    }
    return toDoubles()[0];
  }

  /** Whether no number is infinite or not a number. */
  public boolean allFinite() {
    double[] values = toDoubles();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A view on a contiguous range of this tensor, in storage order.
   *
   * @param start index of the first element
   * @param shape shape of the view; {@code start + shape.size()} at most {@link #size}
   */
  public Tensor slice(long start, Shape shape) {
    if (start < 0 || start + shape.size() > size()) {
      throw new IllegalArgumentException(
          "a slice of %s elements from %s does not fit into %s"
              .formatted(shape.size(), start, size()));
    }
    return new Tensor(precision, shape, root, offset + start, false);
  }

  /** Frees a persistent tensor; views on it must not be used any more. */
  @Override
  public void close() {
    if (owner && root.closeable()) {
      root.close();
    }
  }

  INDArray array() {
    if (array == null) {
      long[] sizes = shape.longDimensions();
      array =
          Nd4j.create(
              root.data(), sizes, Nd4j.getStrides(sizes, 'c'), offset, 'c', precision.dataType());
    }
    return array;
  }

  /** Where the numbers lie, in the memory of the CPU. */
  Pointer pointer() {
    return pointer;
  }

  /** This tensor as a matrix {@code [rows, channels]}. */
  INDArray matrix() {
    return array().reshape('c', shape.rows(), shape.channels());
  }

  private void checkLength(int length) {
    if (length != size()) {
      throw new IllegalArgumentException(
          "a tensor of shape %s needs %s numbers, got %s".formatted(shape, size(), length));
    }
  }

  @Override
  public String toString() {
    return precision + " " + shape;
  }
}
