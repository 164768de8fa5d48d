package org.espalier.search.supernet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.random.RandomGenerator;
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
import org.espalier.search.finals.FinalsSettings;
import org.espalier.tensor.Seeds;
import org.espalier.training.Score;

/**
 * An executor's supernet and the images it sees. Batches are functions of what an item says; the
 * supernet must be loaded anew for each item.
 */
public final class SupernetBench implements Reusable {
  /** Images of a batch where the size changes nothing but the speed. */
  private static final int EVALUATION_BATCH = 256;

  /** Tells the order of calibration images from that of training; the same for all candidates. */
  private static final long CALIBRATION = 21;

  private final Supernet supernet;
  private final SupernetSettings how;
  private final RankingSettings ranking;
  private final Augmentation augmentation;
  private final BatchSource training;
  private final BatchSource calibration;
  private final BatchSource rewards;
  private final BatchSource validation;

  /**
   * A bench.
   *
   * @param supernet closed with the bench
   * @param how steps are taken and samples judged
   * @param ranking how candidates are judged
   * @param finals which parts of the data there are, and how images to learn from are augmented
   * @param data all images
   */
  public SupernetBench(
      Supernet supernet,
      SupernetSettings how,
      RankingSettings ranking,
      FinalsSettings finals,
      LabelledData data) {
    this.supernet = supernet;
    this.how = how;
    this.ranking = ranking;
    augmentation = finals.retrain().augmentation();
    Split split = Splits.split(data, finals.split());
    Normalization normalization = Normalization.of(data.images(), split.train());
    int trained = split.train().length;
    int validated = split.validation().length;
    training = source(data, split.train(), normalization, Math.min(how.batchSize(), trained));
    calibration = source(data, split.train(), normalization, Math.min(EVALUATION_BATCH, trained));
    rewards =
        source(data, split.validation(), normalization, Math.min(how.rewardImages(), validated));
    int judged = Math.min(ranking.validationImages(), validated);
    int[] first = Arrays.copyOf(split.validation(), judged);
    validation = source(data, first, normalization, EVALUATION_BATCH);
  }

  private static BatchSource source(
      LabelledData data, int[] examples, Normalization normalization, int batchSize) {
    return new BatchSource(data.images(), examples, normalization, batchSize);
  }

  /**
   * Performs an item with the loaded weights.
   *
   * @param gates of a path whose gradients were just computed, for each choice and option the
   *     derivative of the loss by the option's gate
   */
  public Contribution<SupernetResult> perform(
      SupernetItem item, Function<List<Integer>, List<List<Double>>> gates, ItemContext context) {
    if (item instanceof SupernetItem.Steps steps) {
      return steps(steps, context);
    } else if (item instanceof SupernetItem.Judge judge) {
      return judge.gates() ? judge(judge, gates) : judge(judge);
    }
    return rank((SupernetItem.Rank) item, context);
  }

  private Contribution<SupernetResult> steps(SupernetItem.Steps item, ItemContext context) {
    LocalSgd sgd = new LocalSgd(0, how.weightDecay(), 0);
    double sum = 0;
    Epochs epochs = new Epochs(item.images());
    for (int step = 0; step < item.picks().size(); step++) {
      context.checkCancelled();
      StepOutcome outcome =
          supernet.trainStep(
              item.picks().get(step),
              epochs.batch(item.firstBatch() + step),
              item.learningRate(),
              sgd,
              random(item, step));
      if (!outcome.sound()) {
        return Contribution.failure(
            "loss or gradients were not finite in step %s".formatted(step + 1));
      }
      sum += outcome.loss();
    }
    Sums sums = Sums.NONE;
    for (Map.Entry<String, float[]> block : supernet.difference().entrySet()) {
      sums = sums.and(block.getKey(), block.getValue());
    }
    return Contribution.of(new SupernetResult.Loss(sum / item.picks().size()), sums);
  }

  /** The validation images on which a sample is judged. */
  public Batch rewardBatch(SupernetItem.Judge item) {
    return rewards.epoch(item.images(), 0, Augmentation.NONE, LastBatch.DROP).get(0);
  }

  /** Training images beside them, of which each sample has its own. */
  public Batch trainingBatch(SupernetItem.Judge item) {
    return new Epochs(item.seed()).batch(0);
  }

  private Contribution<SupernetResult> judge(SupernetItem.Judge item) {
    OptionalDouble accuracy = supernet.accuracy(item.picks(), rewardBatch(item));
    return accuracy.isEmpty()
        ? Contribution.failure("the logits were not finite")
        : Contribution.of(new SupernetResult.Judged(accuracy.getAsDouble(), 0, List.of()));
  }

  private Contribution<SupernetResult> judge(
      SupernetItem.Judge item, Function<List<Integer>, List<List<Double>>> gates) {
    StepOutcome outcome = supernet.gradients(item.picks(), rewardBatch(item), random(item, 0));
    return outcome.sound()
        ? Contribution.of(
            new SupernetResult.Judged(
                (double) outcome.correct() / outcome.images(),
                outcome.loss(),
                gates.apply(item.picks())))
        : Contribution.failure("loss or gradients were not finite");
  }

  private Contribution<SupernetResult> rank(SupernetItem.Rank item, ItemContext context) {
    if (item.tuned() && !tune(item, context)) {
      return Contribution.failure("loss or gradients were not finite while it was tuned");
    }
    int most = -Math.floorDiv(-ranking.calibrationImages(), EVALUATION_BATCH);
    try {
      Score score =
          supernet.evaluate(
              item.picks(),
              calibration.epoch(CALIBRATION, 0, Augmentation.NONE, LastBatch.DROP),
              most,
              validation.inOrder());
      return Contribution.of(new SupernetResult.Judged(score.accuracy(), score.loss(), List.of()));
    } catch (ArithmeticException e) {
      return Contribution.failure(e.getMessage());
    }
  }

  /** Says whether all went well. */
  private boolean tune(SupernetItem.Rank item, ItemContext context) {
    TuningSettings tuning = ranking.tuning();
    LocalSgd sgd = new LocalSgd(tuning.momentum(), how.weightDecay(), 0);
    Epochs epochs = new Epochs(item.images());
    boolean sound = true;
    for (int step = 0; sound && step < tuning.steps(); step++) {
      context.checkCancelled();
      sound =
          supernet
              .trainStep(
                  item.picks(),
                  epochs.batch(step),
                  tuning.learningRate(step),
                  sgd,
                  random(item, step))
              .sound();
    }
    return sound;
  }

  /** What dropout is drawn from while a sample is judged. */
  public RandomGenerator random(SupernetItem.Judge item) {
    return random(item, 0);
  }

  /** Equal masks of dropout in all steps would train a part of the network only. */
  static RandomGenerator random(SupernetItem item, int step) {
    return Seeds.generator(item.seed(), step);
  }

  /** The endless sequence of training batches, of which an item takes a few. */
  private final class Epochs {
    private final long seed;
    private final List<BatchSource.Batches> current = new ArrayList<>(1);
    private int number = -1;

    private Epochs(long seed) {
      this.seed = seed;
    }

    private Batch batch(long index) {
      int size = training.examples() / Math.min(how.batchSize(), training.examples());
      int wanted = Math.toIntExact(index / size);
      if (wanted != number) {
        current.clear();
        current.add(training.epoch(seed, wanted, augmentation, LastBatch.DROP));
        number = wanted;
      }
      return current.get(0).get(Math.toIntExact(index % size));
    }
  }

  @Override
  public void spoil() {
    supernet.spoil();
  }

  @Override
  public void close() {
    supernet.close();
  }
}
