package org.espalier.search.augment;

import org.espalier.augment.Augmentation;
import org.espalier.data.BatchSource;
import org.espalier.data.LabelledData;
import org.espalier.data.LastBatch;
import org.espalier.data.Normalization;
import org.espalier.data.Split;
import org.espalier.network.NetworkSpec;
import org.espalier.search.Reusable;
import org.espalier.training.Evaluation;
import org.espalier.training.Score;
import org.espalier.training.TrainedWeights;

/**
 * Judges policies by density matching: the loss, on validation images that a policy changes, of a
 * network that learned without it. A policy that leads to images like those learned from loses
 * little (Lim et al., "Fast AutoAugment", NeurIPS 2019, section 3.2). For one thread.
 */
final class PolicyJudge implements Reusable {
  private static final Evaluation HOW = new Evaluation(1, 0, null);

  private final BatchSource validation;
  private final int classes;

  /** Of a data set. */
  PolicyJudge(LabelledData data, Split split) {
    Normalization normalization = Normalization.of(data.images(), split.train());
    validation = HOW.source(data.images(), split.validation(), normalization);
    classes = data.images().classes().size();
  }

  /**
   * Judges a policy.
   *
   * @param network that learned without it
   * @param weights of the network
   * @param policy with what comes on top of it
   * @param draws of the policy for each image, at least 1
   * @param seed of the draws
   * @return means over the draws of all images
   * @throws ArithmeticException if the network's outputs are not finite
   */
  Score judge(
      NetworkSpec network, TrainedWeights weights, Augmentation policy, int draws, long seed) {
    double loss = 0;
    double accuracy = 0;
    for (int draw = 0; draw < draws; draw++) {
      BatchSource.Batches batches = validation.epoch(seed, draw, policy, LastBatch.KEEP);
      Score score = HOW.evaluate(network, weights, batches, classes).score();
      loss += score.loss();
      accuracy += score.accuracy();
    }
    return new Score(loss / draws, accuracy / draws);
  }

  /** Nothing of one item is read by another. */
  @Override
  public void spoil() {}

  @Override
  public void close() {}
}
