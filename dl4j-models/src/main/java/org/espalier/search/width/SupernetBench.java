package org.espalier.search.width;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
import org.espalier.search.space.Choice;
import org.espalier.search.space.WidthSpace;
import org.espalier.training.Score;

/**
 * An executor's supernet and the images it sees. Batches are functions of what an item says; the
 * supernet is loaded anew for each.
 */
final class SupernetBench implements Reusable {
  /** Images of a batch where the size changes nothing but the speed. */
  private static final int EVALUATION_BATCH = 256;

  /** Tells the order of calibration images from that of training; the same for all candidates. */
  private static final long CALIBRATION = 21;

  private final AffineSharingSettings settings;
  private final Supernet supernet;
  private final BatchSource training;
  private final BatchSource calibration;
  private final BatchSource rewards;
  private final BatchSource validation;

  SupernetBench(AffineSharingSettings settings, MetaLayout layout, LabelledData data) {
    this.settings = settings;
    supernet = new Supernet(layout);
    Split split = Splits.split(data, settings.split());
    Normalization normalization = Normalization.of(data.images(), split.train());
    SupernetSettings how = settings.supernet();
    int trained = split.train().length;
    int validated = split.validation().length;
    training = source(data, split.train(), normalization, Math.min(how.batchSize(), trained));
    calibration = source(data, split.train(), normalization, Math.min(EVALUATION_BATCH, trained));
    rewards =
        source(data, split.validation(), normalization, Math.min(how.rewardImages(), validated));
    int judged = Math.min(settings.ranking().validationImages(), validated);
    int[] first = Arrays.copyOf(split.validation(), judged);
    validation = source(data, first, normalization, EVALUATION_BATCH);
  }

  private static BatchSource source(
      LabelledData data, int[] examples, Normalization normalization, int batchSize) {
    return new BatchSource(data.images(), examples, normalization, batchSize);
  }

  Contribution<WidthResult> steps(WidthView view, WidthItem.Steps item, ItemContext context) {
    load(view);
    SupernetSettings how = settings.supernet();
    LocalSgd sgd = new LocalSgd(0, how.weightDecay(), 0);
    double sum = 0;
    Epoch epoch = new Epoch(item.images());
    for (int step = 0; step < item.picks().size(); step++) {
      context.checkCancelled();
      Batch batch = epoch.batch(item.firstBatch() + step);
      Passed passed = supernet.trainStep(item.picks().get(step), batch, item.learningRate(), sgd);
      if (!passed.sound()) {
        return Contribution.failure(
            "loss or gradients were not finite in step %d".formatted(step + 1));
      }
      sum += passed.loss();
    }
    Sums[] sums = {Sums.NONE};
    supernet.difference().forEach((name, values) -> sums[0] = sums[0].and(name, values));
    return Contribution.of(new WidthResult.Loss(sum / item.picks().size()), sums[0]);
  }

  Contribution<WidthResult> judge(WidthView view, WidthItem.Judge item) {
    load(view);
    Batch batch = rewards.epoch(item.images(), 0, Augmentation.NONE, LastBatch.DROP).get(0);
    if (!item.gates()) {
      OptionalDouble accuracy = supernet.accuracy(item.picks(), batch);
      return accuracy.isEmpty()
          ? Contribution.failure("the logits were not finite")
          : Contribution.of(new WidthResult.Judged(accuracy.getAsDouble(), 0, List.of()));
    }
    Optional<GateGradients> gradients = supernet.gateGradients(item.picks(), batch);
    if (gradients.isEmpty()) {
      return Contribution.failure("loss or gradients were not finite");
    }
    double accuracy = (double) gradients.get().correct() / batch.size();
    return Contribution.of(
        new WidthResult.Judged(
            accuracy, gradients.get().loss(), gates(view.space(), gradients.get().channels())));
  }

  /**
   * Derivatives of the loss by the gates of all widths of a choice, a gate being a factor on the
   * channels that its width has (masks as in Wan et al., "FBNetV2", CVPR 2020, equation 4). Widths
   * above the one that ran count as that one: nothing is known of the channels they add.
   *
   * @param channels derivatives by position and channel
   */
  private static List<List<Double>> gates(WidthSpace space, List<List<Double>> channels) {
    List<List<Double>> gates = new ArrayList<>();
    for (Choice choice : space.choices()) {
      List<Double> options = new ArrayList<>(Collections.nCopies(choice.widths().size(), 0.0));
      for (int position : choice.positions()) {
        List<Integer> widths = space.candidates(position);
        for (int option = 0; option < widths.size(); option++) {
          double sum = options.get(option);
          for (int c = 0; c < Math.min(widths.get(option), channels.get(position).size()); c++) {
            sum += channels.get(position).get(c);
          }
          options.set(option, sum);
        }
      }
      gates.add(options);
    }
    return gates;
  }

  Contribution<WidthResult> rank(WidthView view, WidthItem.Rank item, ItemContext context) {
    load(view);
    if (item.tuned() && !tune(item, context)) {
      return Contribution.failure("loss or gradients were not finite while it was tuned");
    }
    int most = -Math.floorDiv(-settings.ranking().calibrationImages(), EVALUATION_BATCH);
    try {
      Score score =
          supernet.evaluate(
              item.picks(),
              calibration.epoch(CALIBRATION, 0, Augmentation.NONE, LastBatch.DROP),
              most,
              validation.inOrder());
      return Contribution.of(new WidthResult.Judged(score.accuracy(), score.loss(), List.of()));
    } catch (ArithmeticException e) {
      return Contribution.failure(e.getMessage());
    }
  }

  /** Says whether all went well. */
  private boolean tune(WidthItem.Rank item, ItemContext context) {
    TuningSettings how = settings.ranking().tuning();
    LocalSgd sgd = new LocalSgd(how.momentum(), settings.supernet().weightDecay(), 0);
    Epoch epoch = new Epoch(item.images());
    boolean sound = true;
    for (int step = 0; sound && step < how.steps(); step++) {
      context.checkCancelled();
      Batch batch = epoch.batch(step);
      sound = supernet.trainStep(item.picks(), batch, how.learningRate(step), sgd).sound();
    }
    return sound;
  }

  private void load(WidthView view) {
    AffineMaps maps =
        view.maps().isEmpty()
            ? AffineMaps.of(view.space(), settings.sharing(), view.angle())
            : view.maps().maps();
    supernet.load(view.values(), maps);
  }

  /** The endless sequence of training batches, of which an item takes a few. */
  private final class Epoch {
    private final long seed;
    private final List<BatchSource.Batches> current = new ArrayList<>(1);
    private int number = -1;

    private Epoch(long seed) {
      this.seed = seed;
    }

    private Batch batch(long index) {
      int size =
          training.examples() / Math.min(settings.supernet().batchSize(), training.examples());
      int wanted = Math.toIntExact(index / size);
      if (wanted != number) {
        current.clear();
        current.add(
            training.epoch(
                seed, wanted, settings.finals().retrain().augmentation(), LastBatch.DROP));
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
