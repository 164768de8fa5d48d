package org.espalier.training;

/**
 * A network's trained numbers, in the order of its parameter set. Immutable: arrays are copied in
 * and out.
 */
public final class TrainedWeights {
  private final float[] values;
  private final float[] buffers;

  /**
   * Copies both.
   *
   * @param values the parameters
   * @param buffers the running statistics
   */
  public TrainedWeights(float[] values, float[] buffers) {
    this(values, buffers, true);
  }

  private TrainedWeights(float[] values, float[] buffers, boolean copied) {
    this.values = copied ? values.clone() : values;
    this.buffers = copied ? buffers.clone() : buffers;
  }

  /** Takes over arrays that nobody else writes to. */
  static TrainedWeights owning(float[] values, float[] buffers) {
    return new TrainedWeights(values, buffers, false);
  }

  /** A copy of the parameters. */
  public float[] values() {
    return values.clone();
  }

  /** A copy of the running statistics. */
  public float[] buffers() {
    return buffers.clone();
  }

  /** The parameters themselves: read, never write. */
  float[] rawValues() {
    return values;
  }

  /** The running statistics themselves: read, never write. */
  float[] rawBuffers() {
    return buffers;
  }
}
