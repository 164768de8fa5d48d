package org.espalier.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.augment.Augmentation;
import org.espalier.data.Batch;
import org.espalier.data.BatchSource;
import org.espalier.data.LastBatch;
import org.espalier.tensor.Seeds;

/** A training on its way from one state to another. */
final class TrainingRun {
  /** A trend of the loss so many times that of guessing is an explosion. */
  private static final double EXPLOSION = 10;

  /** Batches from which running statistics are estimated anew for averaged weights. */
  private static final int STATISTICS_BATCHES = 32;

  private static final int EVALUATION_BATCH = 250;
  private static final long STEP = 2;
  private static final long STATISTICS = 3;

  private final Plan plan;
  private final Workbench bench;
  private final WeightUpdate update;
  private final BatchSource batches;
  private final float[] average;
  private final List<EpochFigures> history;
  private long step;
  private EpochSums sums;
  private Optional<BestEpoch> best;
  private Optional<BatchSource.Batches> epochBatches = Optional.empty();
  private Optional<Divergence> divergence = Optional.empty();

  TrainingRun(Plan plan, Workbench bench, WeightUpdate update, TrainingState from) {
    this.plan = plan;
    this.bench = bench;
    this.update = update;
    batches = plan.data().trainingBatches(plan.batchSize());
    average = from.rawAverage().clone();
    history = new ArrayList<>(from.history());
    step = from.step();
    sums = from.sums();
    best = from.best();
    bench.load(from.weights());
    update.setMoments(from.rawMoments());
  }

  /** Where the training stands. */
  TrainingState state() {
    return new TrainingState(
        step, bench.save(), update.moments(), average.clone(), sums, history, best);
  }

  /** Whether there is no next step. */
  boolean finished() {
    return plan.finished(step, history, best);
  }

  /** Why there is no next step, if the training ran away. */
  Optional<Divergence> divergence() {
    return divergence;
  }

  /**
   * Does one step and, if it is the last of its epoch, the evaluation.
   *
   * @return whether the step left a sound network
   */
  boolean advance(TrainingListener listener) {
    TrainingSettings settings = plan.settings();
    int epoch = plan.epoch(step);
    int index = plan.batch(step);
    Batch batch = epochBatches(epoch).get(index);
    double rate = plan.learningRate(step);
    Workbench.Passed passed =
        bench.pass(
            batch,
            settings.regularisation().labelSmoothing(),
            settings.regularisation().dropPathAt(epoch, settings.epochs()),
            Seeds.generator(plan.seed(), STEP, epoch, index));
    sums = sums.plus(batch.size(), passed.loss(), passed.correct());
    if (!Double.isFinite(passed.loss())) {
      return diverged(Divergence.Reason.LOSS_NOT_FINITE, passed.loss(), rate);
    }
    double norm = update.gradientNorm();
    if (!Double.isFinite(norm)) {
      return diverged(Divergence.Reason.GRADIENT_NOT_FINITE, passed.loss(), rate);
    }
    if (sums.trend() > EXPLOSION * StrictMath.log(Math.max(2, plan.classes()))) {
      return diverged(Divergence.Reason.LOSS_EXPLODED, passed.loss(), rate);
    }
    update.apply(step, rate, norm);
    moveAverage();
    step++;
    double accuracy = (double) passed.correct() / batch.size();
    listener.step(
        new StepFigures(step, epoch + 1, batch.size(), passed.loss(), accuracy, rate, norm));
    return plan.batch(step) != 0 || endEpoch(epoch, rate, passed.loss(), listener);
  }

  private BatchSource.Batches epochBatches(int epoch) {
    if (epochBatches.isEmpty()) {
      Augmentation augmentation = plan.settings().augmentation();
      epochBatches = Optional.of(batches.epoch(plan.seed(), epoch, augmentation, LastBatch.DROP));
    }
    return epochBatches.get();
  }

  private boolean diverged(Divergence.Reason reason, double loss, double rate) {
    int epoch = plan.epoch(step) + 1;
    divergence = Optional.of(new Divergence(reason, epoch, step + 1, loss, rate));
    return false;
  }

  private void moveAverage() {
    if (average.length == 0) {
      return;
    }
    double share = 1 - plan.settings().regularisation().averageDecayAt(step);
    float[] values = bench.parameters().values();
    for (int i = 0; i < average.length; i++) {
      average[i] = (float) (average[i] + share * (values[i] - average[i]));
    }
  }

  private boolean endEpoch(int epoch, double rate, double loss, TrainingListener listener) {
    Optional<Score> validation = Optional.empty();
    if (!bench.parameters().flatValues().allFinite()) {
      step--;
      return diverged(Divergence.Reason.WEIGHTS_NOT_FINITE, loss, rate);
    }
    if (plan.data().validationSize() > 0) {
      try {
        validation = Optional.of(validate(epoch));
      } catch (ArithmeticException notFinite) {
        step--;
        return diverged(Divergence.Reason.LOGITS_NOT_FINITE, loss, rate);
      }
    }
    EpochFigures figures = new EpochFigures(epoch + 1, rate, sums.score(), validation);
    history.add(figures);
    sums = sums.nextEpoch();
    epochBatches = Optional.empty();
    listener.epoch(figures);
    return true;
  }

  private Score validate(int epoch) {
    BatchSource source = plan.data().validationBatches(EVALUATION_BATCH);
    TrainedWeights current = bench.save();
    TrainedWeights kept = kept(current);
    Score score = bench.evaluate(source.inOrder(), plan.classes(), 1, 0).score();
    double record = best.map(BestEpoch::accuracy).orElse(Double.NEGATIVE_INFINITY);
    EarlyStopping stopping = plan.settings().earlyStopping();
    if (stopping.on() && stopping.better(score.accuracy(), record)) {
      best = Optional.of(new BestEpoch(epoch + 1, score.accuracy(), kept));
    }
    bench.load(current);
    return score;
  }

  /** Loads what would be kept if the training ended here: the average, if there is one. */
  private TrainedWeights kept(TrainedWeights current) {
    if (average.length == 0) {
      return current;
    }
    return withStatistics(TrainedWeights.owning(average.clone(), current.rawBuffers()));
  }

  /** Loads weights, with running statistics estimated from training images. */
  TrainedWeights withStatistics(TrainedWeights weights) {
    bench.load(weights);
    long seed = Seeds.mix(plan.seed(), STATISTICS);
    bench.estimateStatistics(
        batches.epoch(seed, 0, Augmentation.NONE, LastBatch.DROP), STATISTICS_BATCHES);
    return bench.save();
  }

  /** The weights worth keeping. */
  TrainedWeights result() {
    return best.map(BestEpoch::weights).orElseGet(() -> kept(bench.save()));
  }
}
