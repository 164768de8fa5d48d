package org.espalier.training;

import org.espalier.data.Batch;
import org.espalier.data.BatchSource;
import org.espalier.data.ImageDataset;
import org.espalier.data.Normalization;
import org.espalier.network.NetworkSpec;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * Evaluates trained networks.
 *
 * @param k what counts as right for top-k, at least 1; default 5
 * @param mistakes how many of the most confident wrong answers are kept, at least 0; default 25
 * @param batchSize images of one forward pass, at least 1; default 250, of large images fewer; does
 *     not change the result beyond rounding
 */
public record Evaluation(
    @Range(min = 1, max = Range.MANY) Integer k,
    @Range(min = 0, max = 10_000) Integer mistakes,
    @Range(min = 1, max = 65_536) Integer batchSize) {
  public Evaluation {
    k = Checks.given(k, 5);
    mistakes = Checks.given(mistakes, 25);
    batchSize = Checks.given(batchSize, 250);
    Checks.ranges(Evaluation.class, k, mistakes, batchSize);
  }

  /** Every default. */
  public static Evaluation standard() {
    return new Evaluation(null, null, null);
  }

  /**
   * Runs a network over some examples.
   *
   * @param spec the network
   * @param weights of it
   * @param data all images
   * @param examples numbers of those to evaluate on, at least one
   * @param normalization the one it was trained with
   * @throws IllegalArgumentException if network, weights and data do not fit
   * @throws ArithmeticException if the network's outputs are not finite
   */
  public EvaluationResult evaluate(
      NetworkSpec spec,
      TrainedWeights weights,
      ImageDataset data,
      int[] examples,
      Normalization normalization) {
    Plan.checkFit(spec, data.shape(), data.classes().size());
    BatchSource source = source(data, examples, normalization);
    return evaluate(spec, weights, source.inOrder(), data.classes().size());
  }

  /**
   * Batches of some examples, of the size of one forward pass.
   *
   * @param data all images
   * @param examples numbers of those to evaluate on, at least one
   * @param normalization the one the network was trained with
   */
  public BatchSource source(ImageDataset data, int[] examples, Normalization normalization) {
    return new BatchSource(data, examples, normalization, Batch.evaluated(data.shape(), batchSize));
  }

  /**
   * Runs a network over some batches, whatever their images went through.
   *
   * @param spec the network
   * @param weights of it
   * @param batches every one is used
   * @param classes logits of the network
   * @throws ArithmeticException if the network's outputs are not finite
   */
  public EvaluationResult evaluate(
      NetworkSpec spec, TrainedWeights weights, BatchSource.Batches batches, int classes) {
    try (Workbench bench = new Workbench(spec)) {
      bench.load(weights);
      return bench.evaluate(batches, classes, k, mistakes);
    }
  }
}
