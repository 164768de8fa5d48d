package org.espalier.search.finals;

import org.espalier.search.space.WidthSpace;

/** Upper bounds on the encoded sizes of trainings. */
public final class TrainingBytes {
  /**
   * Float32 numbers a parameter in a state: value, two moments, average, and the best epoch's
   * value; running statistics, now and of the best epoch, are at most as many as the scales and
   * shifts.
   */
  private static final long FLOATS = 7;

  /** Names, widths and the archive's own header. */
  private static final long FRAME = 8 << 10;

  /** An epoch's figures, in the archive and as accuracy in text. */
  private static final long EPOCH = 128;

  /** A width in text, with its comma. */
  private static final long WIDTH = 8;

  /** A name of a layer and the frame of a choice. */
  private static final long NAME = 128;

  private TrainingBytes() {}

  /**
   * An item or a result of one training.
   *
   * @param parameters of the network
   * @param widths of the network
   * @param epochs of the training
   */
  public static long of(long parameters, int widths, int epochs) {
    return FRAME + WIDTH * widths + EPOCH * epochs + FLOATS * Float.BYTES * parameters;
  }

  /** A view that is no more than a space. */
  public static long of(WidthSpace space) {
    return FRAME
        + space.choices().stream()
            .mapToLong(
                choice ->
                    NAME + WIDTH * ((long) choice.positions().size() + choice.widths().size()))
            .sum();
  }
}
