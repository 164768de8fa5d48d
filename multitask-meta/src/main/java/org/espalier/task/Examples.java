package org.espalier.task;

/**
 * Examples to learn from or to be judged by: inputs one after the other, and for each what is
 * wanted, a class or a number. Arrays are not copied; nobody changes them.
 */
public final class Examples {
  private final int count;
  private final float[] inputs;
  private final int[] labels;
  private final float[] targets;

  private Examples(int count, float[] inputs, int[] labels, float[] targets) {
    if (count < 1 || inputs.length % count != 0) {
      throw new IllegalArgumentException(
          "%s examples cannot have %s values".formatted(count, inputs.length));
    }
    this.count = count;
    this.inputs = inputs;
    this.labels = labels;
    this.targets = targets;
  }

  /**
   * Examples of classes.
   *
   * @param inputs {@code [labels, size of an input]}
   * @param labels classes, from 0 within the task
   */
  public static Examples classified(float[] inputs, int... labels) {
    return new Examples(labels.length, inputs, labels, new float[0]);
  }

  /**
   * Points of a curve.
   *
   * @param inputs where
   * @param targets the values there, as many
   */
  public static Examples points(float[] inputs, float... targets) {
    return new Examples(targets.length, inputs, new int[0], targets);
  }

  /** How many. */
  public int count() {
    return count;
  }

  /** Numbers of one input. */
  public int inputSize() {
    return inputs.length / count;
  }

  /** {@code [count, inputSize]}; not a copy. */
  public float[] inputs() {
    return inputs;
  }

  /** The class of each; empty for points of a curve; not a copy. */
  public int[] labels() {
    return labels;
  }

  /** The value wanted of each; empty for classes; not a copy. */
  public float[] targets() {
    return targets;
  }
}
