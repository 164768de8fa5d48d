package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.augment.Augmentation;
import org.espalier.augment.Canvas;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.Placement;
import org.espalier.augment.Step;
import org.espalier.data.Batch;
import org.espalier.data.ImageDataset;
import org.espalier.data.Normalization;
import org.espalier.tensor.NormalNumbers;
import org.espalier.tensor.Seeds;

/**
 * Images of a batch as draws of a policy change them. Each draw is for a group of images, one after
 * the other; each of them has signs and places of its own. For one thread.
 */
final class ChangedImages {
  /** Largest difference of levels by which pixels are derived. */
  private static final double LEVEL_STEP = 0.05;

  private static final long SPREAD = 1;

  private final PolicyForm form;
  private final ImageDataset data;
  private final Augmentation besides;
  private final Canvas canvas;
  private final float[] values;
  private final byte[] image;
  private final float[] lower;
  private final float[] higher;

  /**
   * Images of a data set.
   *
   * @param besides what happens to images after a policy's operations
   */
  ChangedImages(
      PolicyForm form, ImageDataset data, Normalization normalization, Augmentation besides) {
    this.form = form;
    this.data = data;
    this.besides = besides;
    canvas = new Canvas(data.shape(), data.maxValue(), besides.fill());
    values = normalization.levels(Placement.LEVELS - 1);
    image = new byte[data.shape().size()];
    lower = new float[image.length];
    higher = new float[image.length];
  }

  /**
   * How a batch is changed.
   *
   * @param draws of the policy, for as many groups of the images
   * @param levels of all operations
   * @param spread deviation of the logits of levels from image to image, at least 0
   * @param seed of signs, places and levels
   */
  record Change(List<List<Integer>> draws, List<Double> levels, double spread, long seed) {}

  /** The draw that an image of a batch is changed by. */
  static int group(int image, int draws, int images) {
    return (int) ((long) image * draws / images);
  }

  /** Writes all images of a batch, whose examples are there. */
  void render(Batch batch, Change change) {
    for (int i = 0; i < batch.size(); i++) {
      Drawn drawn = drawn(batch, change, i);
      render(drawn, drawn.levels(), batch.images(), i * image.length);
    }
  }

  /**
   * Adds the derivative of the sum of the draws' rewards by each level.
   *
   * @param how it is taken
   * @param rewards of the images
   * @param sum one number an operation
   */
  void addSlopes(Batch batch, Change change, LevelSlope how, Rewards rewards, double[] sum) {
    double share = (double) change.draws().size() / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      Drawn drawn = drawn(batch, change, i);
      for (int operation : drawn.operations()) {
        if (form.operation(operation).identity().isPresent()) {
          double level = change.levels().get(operation);
          double slope =
              how == LevelSlope.SCORE
                  ? share
                      * rewards.of(i)
                      * (logit(drawn.levels().get(operation)) - logit(level))
                      / (change.spread() * change.spread() * level * (1 - level))
                  : change.draws().size() * slope(drawn, operation, how, rewards, i);
          sum[operation] += slope;
        }
      }
    }
  }

  private static double logit(double level) {
    return StrictMath.log(level / (1 - level));
  }

  /** What images are worth to the loss on unchanged ones. */
  interface Rewards {
    /** Of an image. */
    double of(int image);

    /** Derivative of the mean over the batch by a value of the images. */
    double slope(int value);
  }

  private double slope(Drawn drawn, int operation, LevelSlope how, Rewards by, int index) {
    int from = index * image.length;
    double slope = 0;
    if (!how.byDifference(form.operation(operation))) {
      for (int i = 0; i < image.length; i++) {
        slope += by.slope(from + i);
      }
      return slope;
    }
    double low = Math.max(0, drawn.levels().get(operation) - LEVEL_STEP);
    double high = Math.min(1, drawn.levels().get(operation) + LEVEL_STEP);
    render(drawn, with(drawn.levels(), operation, low), lower, 0);
    render(drawn, with(drawn.levels(), operation, high), higher, 0);
    for (int i = 0; i < image.length; i++) {
      slope += by.slope(from + i) * (higher[i] - lower[i]);
    }
    return slope / (high - low);
  }

  private static List<Double> with(List<Double> levels, int operation, double level) {
    List<Double> changed = new ArrayList<>(levels);
    changed.set(operation, level);
    return changed;
  }

  /**
   * What one image is given.
   *
   * @param example number of the image among the data
   * @param operations that change it, in order
   * @param levels of all operations
   * @param seed of signs and places
   */
  private record Drawn(int example, List<Integer> operations, List<Double> levels, long seed) {}

  private Drawn drawn(Batch batch, Change change, int index) {
    List<Integer> draw = change.draws().get(group(index, change.draws().size(), batch.size()));
    long seed = Seeds.mix(change.seed(), index);
    int taken = draw.get(PolicyForm.TAKEN);
    int first = form.first(taken);
    List<Integer> operations =
        IntStream.range(first, first + form.subPolicies().get(taken).size())
            .filter(each -> draw.get(form.applied(each)) == PolicyForm.YES)
            .boxed()
            .toList();
    List<Double> levels = change.levels();
    if (change.spread() > 0) {
      RandomGenerator random = Seeds.generator(seed, SPREAD);
      for (int each : operations) {
        double logit =
            logit(levels.get(each)) + change.spread() * NormalNumbers.draw(1, 1, random)[0];
        levels = with(levels, each, 1 / (1 + StrictMath.exp(-logit)));
      }
    }
    return new Drawn(batch.examples()[index], operations, levels, seed);
  }

  private void render(Drawn drawn, List<Double> levels, float[] target, int to) {
    RandomGenerator random = Seeds.generator(drawn.seed());
    data.read(drawn.example(), image);
    canvas.load(image);
    for (int each : drawn.operations()) {
      ImageOperation operation = form.operation(each);
      Step step = form.magnitudes().draw(operation, levels.get(each), data.shape(), random);
      canvas.apply(List.of(step));
    }
    besides.draw(data.shape(), random).render(canvas.pixels(), 0, data.shape(), values, target, to);
  }
}
