package org.espalier.search.finals;

import org.espalier.data.Split;
import org.espalier.training.PlannedWork;
import org.espalier.training.TrainingSettings;

/**
 * How long trainings take: counts steps and their planned work without touching data.
 *
 * @param trainingSize examples learned from, at least 1
 * @param validationSize examples on which each epoch is evaluated
 */
public record Course(int trainingSize, int validationSize) {
  /** The course on the parts of a split. */
  public static Course of(Split split) {
    return new Course(split.train().length, split.validation().length);
  }

  /** Planned work of a whole training of a network of so many MACs. */
  public long work(TrainingSettings settings, long macs) {
    return work(settings, macs, 0, totalSteps(settings));
  }

  /** Planned work of one epoch of a training of a network of so many MACs. */
  long epochWork(TrainingSettings settings, long macs) {
    return work(settings, macs, 0, stepsPerEpoch(settings));
  }

  private int batchSize(TrainingSettings settings) {
    return Math.min(settings.batchSize(), trainingSize);
  }

  private int stepsPerEpoch(TrainingSettings settings) {
    return trainingSize / batchSize(settings);
  }

  /** Steps of a whole training. */
  public long totalSteps(TrainingSettings settings) {
    return (long) stepsPerEpoch(settings) * settings.epochs();
  }

  /** Planned work of the steps from one, inclusive, to another, exclusive. */
  public long work(TrainingSettings settings, long macs, long from, long to) {
    long images = (to - from) * batchSize(settings);
    long epochs = to / stepsPerEpoch(settings) - from / stepsPerEpoch(settings);
    return PlannedWork.sum(
        PlannedWork.training(images, macs), PlannedWork.evaluation(epochs * validationSize, macs));
  }

  /** The last step, exclusive, that still fits into an item; at least one step does. */
  public long stretchEnd(TrainingSettings settings, long macs, long from, long itemWork) {
    long end = totalSteps(settings);
    if (work(settings, macs, from, end) <= itemWork) {
      return end;
    }
    long fits = from + 1;
    long fitsNot = end;
    while (fits + 1 < fitsNot) {
      long middle = (fits + fitsNot) / 2;
      if (work(settings, macs, from, middle) <= itemWork) {
        fits = middle;
      } else {
        fitsNot = middle;
      }
    }
    return fits;
  }
}
