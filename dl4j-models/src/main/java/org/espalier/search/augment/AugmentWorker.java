package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.augment.Augmentation;
import org.espalier.data.Batch;
import org.espalier.data.BatchSource;
import org.espalier.data.LabelledData;
import org.espalier.data.LastBatch;
import org.espalier.data.Normalization;
import org.espalier.data.Split;
import org.espalier.data.Splits;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Reusable;
import org.espalier.search.Sums;
import org.espalier.search.supernet.ImageLosses;
import org.espalier.search.supernet.LocalSgd;
import org.espalier.search.supernet.NamedLayout;
import org.espalier.search.supernet.PathStatistics;
import org.espalier.search.supernet.SampledPath;
import org.espalier.search.supernet.StepOutcome;
import org.espalier.search.supernet.Supernet;
import org.espalier.tensor.Seeds;

/**
 * An executor's network: takes steps on changed images, and says how much each draw's steps are
 * worth on unchanged ones. Belongs to one thread.
 */
final class AugmentWorker implements Reusable {
  /** The name of the sum of the derivatives by levels. */
  static final String LEVELS = "levels";

  /** How far weights are moved, up and down, to see how losses change on the way. */
  private static final double DISTANCE = 0.01;

  /** The network is the only one of its supernet. */
  private static final List<Integer> ONLY = List.of();

  private static final long CHANGES = 1;
  private static final long DROPOUT = 2;
  private static final long UNCHANGED = 3;

  private final AugmentSettings settings;
  private final int operations;
  private final ChangedImages images;
  private final Shuffled training;
  private final Shuffled validation;
  private final Supernet net;

  /** A worker on some data; what its network holds is unspecified until an item. */
  AugmentWorker(AugmentSettings settings, LabelledData data) {
    this.settings = settings;
    PolicyForm form = settings.form(data.images().shape());
    operations = form.operations();
    Split split = Splits.split(data, settings.split());
    Normalization normalization = Normalization.of(data.images(), split.train());
    images =
        new ChangedImages(
            form, data.images(), normalization, settings.finals().retrain().augmentation());
    LearningSettings how = settings.learning();
    training = new Shuffled(data, split.train(), normalization, how.batchSize());
    validation = new Shuffled(data, split.validation(), normalization, how.validationBatch());
    NamedLayout layout =
        NamedLayout.of(settings.network(data.images().shape(), data.images().classes().size()));
    PathStatistics statistics = new PathStatistics(layout.norms());
    SampledPath path = layout.path(layout.whole(), statistics, Map.of());
    net = new Supernet(layout, data.images().shape(), statistics, (picks, gated) -> path);
  }

  /** Batches of some examples, in an order that is a new one in each epoch. */
  private static final class Shuffled {
    private final BatchSource source;
    private final int count;
    private Optional<Epoch> epoch = Optional.empty();

    private record Epoch(long seed, int number, BatchSource.Batches batches) {}

    Shuffled(LabelledData data, int[] examples, Normalization normalization, int batchSize) {
      int size = Math.min(batchSize, examples.length);
      source = new BatchSource(data.images(), examples, normalization, size);
      count = examples.length / size;
    }

    /** The batch of a number, counted over epochs. */
    Batch get(long seed, long number) {
      Epoch now = epoch(seed, Math.toIntExact(number / count));
      return now.batches().get((int) (number % count));
    }

    private Epoch epoch(long seed, int number) {
      Optional<Epoch> same = epoch.filter(each -> each.seed() == seed && each.number() == number);
      Epoch now =
          same.orElseGet(
              () ->
                  new Epoch(
                      seed, number, source.epoch(seed, number, Augmentation.NONE, LastBatch.DROP)));
      epoch = Optional.of(now);
      return now;
    }
  }

  /** Performs an item. */
  Contribution<AugmentResult> perform(AugmentView view, AugmentItem item, ItemContext context) {
    net.load(view.weights());
    int steps = settings.learning().stepsPerItem();
    int draws = item.draws().size() / steps;
    LocalSgd sgd = new LocalSgd(0, settings.learning().weightDecay(), 0);
    double loss = 0;
    Judged judged = new Judged(new ArrayList<>(), new double[operations]);
    for (int step = 0; step < steps; step++) {
      context.checkCancelled();
      ChangedImages.Change change =
          new ChangedImages.Change(
              item.draws().subList(step * draws, (step + 1) * draws),
              view.levels(),
              settings.levelSlope().spread(),
              Seeds.mix(item.seed(), CHANGES, step));
      Batch batch = training.get(view.batches(), item.firstStep() + step);
      images.render(batch, change);
      StepOutcome outcome =
          net.trainStep(
              ONLY, batch, view.learningRate(), sgd, Seeds.generator(item.seed(), DROPOUT, step));
      loss += outcome.loss() / steps;
      boolean sound =
          outcome.sound() && (!item.rewarded() || judge(view, item, step, batch, change, judged));
      if (!sound) {
        return Contribution.failure(
            "step %s of the network did not stay finite: lower learning.learningRate"
                .formatted(item.firstStep() + step + 1));
      }
    }
    Sums sums = Sums.NONE;
    for (Map.Entry<String, float[]> block : net.difference().entrySet()) {
      sums = sums.and(block.getKey(), block.getValue());
    }
    if (item.rewarded()) {
      sums = sums.and(LEVELS, floats(judged.slopes()));
    }
    return Contribution.of(new AugmentResult(loss, judged.rewards()), sums);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** What steps were worth so far; added to. */
  private static final class Judged {
    private final List<Double> rewards;
    private final double[] slopes;

    Judged(List<Double> rewards, double[] slopes) {
      this.rewards = rewards;
      this.slopes = slopes;
    }

    List<Double> rewards() {
      return rewards;
    }

    double[] slopes() {
      return slopes;
    }
  }

  /**
   * Judges the draws of a step: how much the loss of each one's images rises along the slope of the
   * loss on unchanged images, less the mean of all of them.
   *
   * @return whether all was finite
   */
  private boolean judge(
      AugmentView view,
      AugmentItem item,
      int step,
      Batch batch,
      ChangedImages.Change change,
      Judged judged) {
    Batch unchanged = validation.get(Seeds.mix(view.batches(), UNCHANGED), item.firstStep() + step);
    if (!net.gradients(ONLY, unchanged, Seeds.generator(item.seed(), DROPOUT, step)).sound()) {
      return false;
    }
    double[] direction = net.weightGradients(ONLY, 0);
    double length = 0;
    for (double slope : direction) {
      length += slope * slope;
    }
    double by = length > 0 ? DISTANCE / StrictMath.sqrt(length) : 0;
    Optional<ImageLosses> up = lossesAt(direction, by, item, step, batch);
    Optional<ImageLosses> down = lossesAt(direction, -by, item, step, batch);
    if (up.isEmpty() || down.isEmpty()) {
      return false;
    }
    Rewards rewards = new Rewards(up.get(), down.get(), batch.size());
    rewards.add(change.draws().size(), judged.rewards());
    images.addSlopes(batch, change, settings.levelSlope(), rewards, judged.slopes());
    return true;
  }

  private Optional<ImageLosses> lossesAt(
      double[] direction, double by, AugmentItem item, int step, Batch batch) {
    net.move(ONLY, direction, by);
    Optional<ImageLosses> losses =
        net.imageLosses(
            ONLY,
            batch,
            Seeds.generator(item.seed(), DROPOUT, step),
            settings.levelSlope().throughPixels());
    net.move(ONLY, direction, -by);
    return losses;
  }

  /**
   * What images are worth: by how much their losses rise from one place to another, a unit of the
   * way, less the mean of the batch.
   */
  private static final class Rewards implements ChangedImages.Rewards {
    private final ImageLosses up;
    private final ImageLosses down;
    private final int images;
    private final double mean;

    Rewards(ImageLosses up, ImageLosses down, int images) {
      this.up = up;
      this.down = down;
      this.images = images;
      double sum = 0;
      for (int i = 0; i < images; i++) {
        sum += (up.of(i) - down.of(i)) / (2 * DISTANCE);
      }
      mean = sum / images;
    }

    @Override
    public double of(int image) {
      return (up.of(image) - down.of(image)) / (2 * DISTANCE) - mean;
    }

    @Override
    public double slope(int value) {
      return ((double) up.slope(value) - down.slope(value)) / (2 * DISTANCE);
    }

    /** Adds the mean of each draw's images. */
    void add(int draws, List<Double> rewards) {
      double[] sums = new double[draws];
      int[] counts = new int[draws];
      for (int i = 0; i < images; i++) {
        int draw = ChangedImages.group(i, draws, images);
        sums[draw] += of(i);
        counts[draw]++;
      }
      for (int draw = 0; draw < draws; draw++) {
        rewards.add(sums[draw] / Math.max(1, counts[draw]));
      }
    }
  }

  @Override
  public void spoil() {
    net.spoil();
    training.epoch = Optional.empty();
    validation.epoch = Optional.empty();
  }

  @Override
  public void close() {
    net.close();
  }
}
