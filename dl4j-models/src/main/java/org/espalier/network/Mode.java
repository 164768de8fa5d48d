package org.espalier.network;

import java.util.random.RandomGenerator;

/** How a network is run. */
public sealed interface Mode {

  /**
   * Gradients flow to the parameters, batch norm uses the statistics of the batch and moves the
   * running ones, dropout and drop-path act.
   *
   * @param random for dropout and drop-path
   * @param dropPathScale factor on the rates of drop-path, in [0, 1]; usually grows from 0 to 1
   *     over a training
   */
  record Training(RandomGenerator random, double dropPathScale) implements Mode {
    public Training {
      java.util.Objects.requireNonNull(random, "random");
      if (!(dropPathScale >= 0 && dropPathScale <= 1)) {
        throw new IllegalArgumentException("dropPathScale must be in [0, 1], got " + dropPathScale);
      }
    }
  }

  /**
   * Batch norm uses the running statistics, dropout and drop-path do nothing, nothing is changed
   * and no gradient flows to the parameters (but to images that want one).
   */
  record Evaluation() implements Mode {}

  /**
   * One of several batches over which the running statistics are averaged anew: batch norm uses the
   * statistics of the batch, and the running ones become their mean over the batches so far.
   * Dropout and drop-path do nothing; no gradient flows to the parameters.
   *
   * @param batch number of this batch, counted from 1; the first overwrites what was there
   */
  record Estimation(int batch) implements Mode {
    public Estimation {
      LayerChecks.atLeastOne("batch", batch);
    }
  }

  /**
   * One few-shot task, an episode (Vinyals et al., "Matching networks", 2016): support images, from
   * which is learned, and query images behind them. Gradients flow to the parameters as in
   * training, but batch norm uses the mean and the biased variance of the support images alone, so
   * that no query image helps another; gradients flow through these too. Running statistics are
   * neither read nor moved; dropout and drop-path do nothing.
   *
   * @param support images at the beginning of the batch that are support images, from 1 to all
   */
  record Episode(int support) implements Mode {
    public Episode {
      LayerChecks.atLeastOne("support", support);
    }
  }

  /** Whether gradients flow to the parameters. */
  default boolean learns() {
    return this instanceof Training || this instanceof Episode;
  }
}
