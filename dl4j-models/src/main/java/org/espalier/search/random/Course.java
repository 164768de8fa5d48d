package org.espalier.search.random;

import org.espalier.training.PlannedWork;
import org.espalier.training.TrainingSettings;

/**
 * How long trainings take: counts steps and their planned work without touching data.
 *
 * @param trainingSize examples learned from, at least 1
 * @param validationSize examples on which each epoch is evaluated
 */
record Course(int trainingSize, int validationSize) {

  private int batchSize(TrainingSettings settings) {
    return Math.min(settings.batchSize(), trainingSize);
  }

  private int stepsPerEpoch(TrainingSettings settings) {
    return trainingSize / batchSize(settings);
  }

  long totalSteps(TrainingSettings settings) {
    return (long) stepsPerEpoch(settings) * settings.epochs();
  }

  /** Planned work of the steps from one, inclusive, to another, exclusive. */
  long work(TrainingSettings settings, long macs, long from, long to) {
    long images = Math.multiplyExact(to - from, batchSize(settings));
    long epochs = to / stepsPerEpoch(settings) - from / stepsPerEpoch(settings);
    return Math.addExact(
        PlannedWork.training(images, macs),
        PlannedWork.evaluation(Math.multiplyExact(epochs, validationSize), macs));
  }

  /** The last step, exclusive, that still fits into an item; at least one step does. */
  long stretchEnd(TrainingSettings settings, long macs, long from, long itemWork) {
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
