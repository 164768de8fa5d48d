package org.espalier.search.finals;

import org.espalier.network.NetworkSpecs;

/** Upper bounds on the encoded sizes of trainings. */
public final class TrainingBytes {
  /**
   * Float32 numbers a parameter in a state: value, two moments, average, and the best epoch's
   * value; running statistics, now and of the best epoch, are at most as many as the scales and
   * shifts.
   */
  private static final long FLOATS = 7;

  /** Names, settings and the archive's own header. */
  private static final long FRAME = 16 << 10;

  /** An epoch's figures, in the archive and as accuracy in text. */
  private static final long EPOCH = 128;

  private TrainingBytes() {}

  /**
   * An item or a result of one training.
   *
   * @param candidate with at least as many parameters, and at least as large a specification
   * @param epochs of the training
   */
  public static long of(Candidate candidate, int epochs) {
    // The readable form is longer than the one that travels; twice leaves room for other names.
    long network = 2L * NetworkSpecs.toJson(candidate.network()).length();
    return FRAME
        + network
        + 2L * candidate.description().length()
        + EPOCH * epochs
        + FLOATS * Float.BYTES * candidate.parameters();
  }
}
