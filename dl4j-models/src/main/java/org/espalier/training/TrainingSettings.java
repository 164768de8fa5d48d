package org.espalier.training;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;

import org.espalier.augment.Augmentation;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;

/**
 * How a network is trained. A component that is left out takes its default. The seed is not part of
 * it.
 *
 * @param epochs passes over the training part, at least 1; default 30
 * @param batchSize images of one step, at least 1; default 128, usually 32 to 256. A smaller
 *     training part is one batch; else what does not fill the last batch waits for another shuffle
 * @param optimiser which rule turns gradients into weights; default sgd
 * @param schedule how the learning rate goes; default cosine
 * @param regularisation what keeps the training from fitting too closely; default its defaults
 * @param augmentation random changes to the training images; default none
 * @param earlyStopping when the training ends before its last epoch; default off
 */
public record TrainingSettings(
    @Range(min = 1, max = MOST_EPOCHS) Integer epochs,
    @Range(min = 1, max = 65_536) Integer batchSize,
    Optimiser optimiser,
    Schedule schedule,
    Regularisation regularisation,
    Augmentation augmentation,
    EarlyStopping earlyStopping) {
  /** The most epochs of a training. */
  public static final int MOST_EPOCHS = 1_000_000;

  public TrainingSettings {
    epochs = given(epochs, 30);
    batchSize = given(batchSize, 128);
    optimiser = given(optimiser, new Optimiser.Sgd(null, null));
    schedule = given(schedule, new Schedule.Cosine(null, null));
    regularisation = given(regularisation, Regularisation.defaults());
    augmentation = given(augmentation, Augmentation.NONE);
    earlyStopping = given(earlyStopping, EarlyStopping.off());
    ranges(
        TrainingSettings.class,
        epochs,
        batchSize,
        optimiser,
        schedule,
        regularisation,
        augmentation,
        earlyStopping);
    if (schedule.warmUpEpochs() > epochs) {
      throw new SettingException(
          "schedule.warmUpEpochs",
          "must be at most the number of epochs, %s, got %s"
              .formatted(epochs, schedule.warmUpEpochs()));
    }
  }

  /** Every default. */
  public static TrainingSettings defaults() {
    return new TrainingSettings(null, null, null, null, null, null, null);
  }

  /** The same with another number of epochs. */
  public TrainingSettings withEpochs(int changed) {
    return new TrainingSettings(
        changed, batchSize, optimiser, schedule, regularisation, augmentation, earlyStopping);
  }

  /** The same with another batch size. */
  public TrainingSettings withBatchSize(int changed) {
    return new TrainingSettings(
        epochs, changed, optimiser, schedule, regularisation, augmentation, earlyStopping);
  }

  /** The same with another optimiser. */
  public TrainingSettings withOptimiser(Optimiser changed) {
    return new TrainingSettings(
        epochs, batchSize, changed, schedule, regularisation, augmentation, earlyStopping);
  }

  /** The same with another schedule. */
  public TrainingSettings withSchedule(Schedule changed) {
    return new TrainingSettings(
        epochs, batchSize, optimiser, changed, regularisation, augmentation, earlyStopping);
  }

  /** The same with another regularisation. */
  public TrainingSettings withRegularisation(Regularisation changed) {
    return new TrainingSettings(
        epochs, batchSize, optimiser, schedule, changed, augmentation, earlyStopping);
  }

  /** The same with another augmentation. */
  public TrainingSettings withAugmentation(Augmentation changed) {
    return new TrainingSettings(
        epochs, batchSize, optimiser, schedule, regularisation, changed, earlyStopping);
  }

  /** The same with another early stopping. */
  public TrainingSettings withEarlyStopping(EarlyStopping changed) {
    return new TrainingSettings(
        epochs, batchSize, optimiser, schedule, regularisation, augmentation, changed);
  }

  /** The learning rate of one step, counted from 0 over the whole training. */
  public double learningRate(long step, int stepsPerEpoch) {
    return optimiser.learningRate() * schedule.factor(step, stepsPerEpoch, epochs);
  }
}
