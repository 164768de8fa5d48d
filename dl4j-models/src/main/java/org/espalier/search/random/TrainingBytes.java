package org.espalier.search.random;

import java.util.stream.LongStream;
import org.espalier.search.RoundBytes;

/** Upper bounds on the encoded sizes of trainings. */
final class TrainingBytes {
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

  private TrainingBytes() {}

  static RoundBytes largestRound(RandomWidthState state, RandomWidthSettings settings) {
    long parameters =
        LongStream.concat(
                LongStream.of(state.uniform().parameters()),
                state.trials().stream().mapToLong(trial -> trial.candidate().parameters()))
            .max()
            .orElseThrow();
    int epochs = Math.max(settings.trial().epochs(), settings.retrain().epochs());
    long training = FRAME + EPOCH * epochs + FLOATS * Float.BYTES * parameters;
    long items =
        Math.min(
            settings.candidatesPerRound(),
            Math.max(state.trials().size(), 2 * settings.retrainings()));
    long choices = state.space().choices().stream().mapToLong(choice -> choice.size()).sum();
    return new RoundBytes(FRAME + WIDTH * choices, items * training, 0, items * training);
  }
}
