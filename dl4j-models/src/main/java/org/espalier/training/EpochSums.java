package org.espalier.training;

/**
 * What the epoch so far adds up to, kept so that a training cut in the middle of an epoch reports
 * the same figures.
 *
 * @param examples images seen in this epoch
 * @param loss sum over them
 * @param correct how many were recognised
 * @param trend exponential average of the steps' losses over the whole training, by which an
 *     explosion is told from a single bad batch
 */
record EpochSums(long examples, double loss, long correct, double trend) {
  private static final double TREND_DECAY = 0.9;

  /** Before the first step: the trend begins at the loss of guessing. */
  static EpochSums start(int classes) {
    return new EpochSums(0, 0, 0, StrictMath.log(classes));
  }

  EpochSums plus(int batch, double meanLoss, int right) {
    return new EpochSums(
        examples + batch,
        loss + meanLoss * batch,
        correct + right,
        TREND_DECAY * trend + (1 - TREND_DECAY) * meanLoss);
  }

  EpochSums nextEpoch() {
    return new EpochSums(0, 0, 0, trend);
  }

  Score score() {
    return new Score(loss / examples, (double) correct / examples);
  }
}
