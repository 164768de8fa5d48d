package org.espalier.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.augment.Placement;
import org.espalier.data.Batch;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;

/** A trained network that says what images show. Belongs to one thread. */
public final class Predictor implements AutoCloseable {
  private final ImageShape shape;
  private final float[] levels;
  private final Workbench bench;

  /**
   * Loads a network.
   *
   * @param spec the network
   * @param weights of it
   * @param normalization it was trained with
   * @param maxValue the brightest value of a pixel, 1 to 255
   */
  public Predictor(
      NetworkSpec spec, TrainedWeights weights, Normalization normalization, int maxValue) {
    shape = spec.input();
    levels = normalization.levels(maxValue);
    bench = new Workbench(spec);
    bench.load(weights);
  }

  /**
   * A class that an image may show.
   *
   * @param label its number
   * @param probability softmax of its logit, in [0, 1]
   */
  public record Guess(int label, double probability) {}

  /**
   * What some images show.
   *
   * @param images at least one, each {@code [height, width, channels]} as unsigned bytes
   * @param top how many guesses of each, at least 1, at most the classes there are
   * @return of each image the most probable classes first; of equal logits the first
   * @throws ArithmeticException if a logit is not finite
   */
  public List<List<Guess>> predict(List<byte[]> images, int top) {
    float[] values = new float[Math.multiplyExact(images.size(), shape.size())];
    for (int i = 0; i < images.size(); i++) {
      Placement.IDENTITY.render(images.get(i), 0, shape, levels, values, i * shape.size());
    }
    float[] logits = bench.logits(Batch.of(shape, values, new int[images.size()]));
    int classes = logits.length / images.size();
    List<List<Guess>> guesses = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      guesses.add(ranked(logits, i * classes, classes).subList(0, Math.min(top, classes)));
    }
    return guesses;
  }

  private static List<Guess> ranked(float[] logits, int from, int classes) {
    double largest = logits[from + Tally.largest(logits, from, classes)];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      if (!Float.isFinite(logits[from + c])) {
        throw new ArithmeticException("the network's logits are not finite");
      }
      sum += StrictMath.exp(logits[from + c] - largest);
    }
    double all = sum;
    // By the logits: probabilities that differ less than their digits must not exchange classes.
    return IntStream.range(0, classes)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer c) -> -logits[from + c]))
        .map(c -> new Guess(c, StrictMath.exp(logits[from + c] - largest) / all))
        .toList();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    bench.close();
  }
}
