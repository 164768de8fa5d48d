package org.espalier.training;

import java.util.List;
import java.util.Optional;
import org.espalier.network.FeatureShape;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ShapeInference;
import org.espalier.text.InputException;

/**
 * What a training is to do, checked and counted out.
 *
 * @param classes of the data and logits of the network
 * @param batchSize images of each step
 */
record Plan(TrainingSettings settings, TrainingData data, long seed, int classes, int batchSize) {

  /**
   * A plan.
   *
   * @throws InputException if network, settings and data do not fit
   */
  static Plan of(NetworkSpec spec, TrainingSettings settings, TrainingData data, long seed) {
    int classes = data.images().classes().size();
    checkFit(spec, data.images().shape(), classes);
    settings.augmentation().checkMeantFor(data.images().shape());
    if (settings.earlyStopping().on() && data.validationSize() == 0) {
      throw new InputException(
          "early stopping needs a validation part; give one or set patience: 0");
    }
    int batchSize = Math.min(settings.batchSize(), data.trainingSize());
    return new Plan(settings, data, seed, classes, batchSize);
  }

  /** Refuses a network that does not fit the data. */
  static void checkFit(NetworkSpec spec, ImageShape images, int classes) {
    if (!spec.input().equals(images)) {
      throw new InputException(
          "network '%s' takes images %s, the data have %s"
              .formatted(spec.name(), spec.input(), images));
    }
    String last = spec.nodes().get(spec.nodes().size() - 1).name();
    FeatureShape logits = ShapeInference.infer(spec).get(last);
    if (logits.channels() != classes) {
      throw new InputException(
          "network '%s' has %s outputs, the data have %s classes"
              .formatted(spec.name(), logits.channels(), classes));
    }
  }

  int stepsPerEpoch() {
    return data.trainingSize() / batchSize;
  }

  long totalSteps() {
    return (long) stepsPerEpoch() * settings.epochs();
  }

  /** The epoch, from 0, that a step, from 0, belongs to. */
  int epoch(long step) {
    return Math.toIntExact(step / stepsPerEpoch());
  }

  /** Which batch of its epoch a step is. */
  int batch(long step) {
    return Math.toIntExact(step % stepsPerEpoch());
  }

  double learningRate(long step) {
    return settings.learningRate(step, stepsPerEpoch());
  }

  /** Whether the last epoch is done or early stopping ends the training. */
  boolean finished(long step, List<EpochFigures> history, Optional<BestEpoch> best) {
    if (step >= totalSteps()) {
      return true;
    }
    if (best.isEmpty() || history.isEmpty()) {
      return false;
    }
    int last = history.get(history.size() - 1).epoch();
    return settings.earlyStopping().ends(last - best.get().epoch());
  }
}
