package org.espalier.search.finals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Reusable;
import org.espalier.storage.Archive;
import org.espalier.storage.Bytes;
import org.espalier.storage.Floats;
import org.espalier.training.EpochFigures;
import org.espalier.training.Score;
import org.espalier.training.TrainedWeights;
import org.espalier.training.Trainer;
import org.espalier.training.TrainingListener;
import org.espalier.training.TrainingOutcome;
import org.espalier.training.TrainingState;
import org.espalier.training.TrainingStates;

/** Carries one training from stretch to stretch; its memory is kept between them. */
final class WarmTrainer implements Reusable {
  private final Trainer trainer;

  WarmTrainer(Trainer trainer) {
    this.trainer = trainer;
  }

  /** Trains from where the training stands to the end of the stretch. */
  Contribution<Training.Standing> train(Stretch stretch, ItemContext context) {
    Training training = stretch.training();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public boolean pause() {
            context.checkCancelled();
            return false;
          }
        };
    TrainingOutcome outcome =
        trainer.advance(state(training), stretch.end() - training.step(), listener);
    if (outcome instanceof TrainingOutcome.Diverged diverged) {
      return Contribution.failure(diverged.divergence().message());
    }
    boolean finished = outcome instanceof TrainingOutcome.Finished;
    return Contribution.of(stretched(training, outcome.state(), finished));
  }

  private TrainingState state(Training training) {
    if (training.step() == 0) {
      return trainer.start();
    }
    byte[] bytes = training.at().state().toArray();
    try {
      return TrainingStates.read(
          Archive.read(new ByteArrayInputStream(bytes), "state of " + training.label()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Training.Standing stretched(Training training, TrainingState state, boolean finished) {
    List<Double> accuracies =
        state.history().stream().map(figures -> validation(figures).accuracy()).toList();
    if (!finished) {
      Bytes bytes = Bytes.of(TrainingStates.archive(state).toBytes());
      return new Training.Standing(
          state.step(), false, bytes, accuracies, Training.Trained.NOTHING);
    }
    Optional<Integer> best = state.bestEpoch();
    Score score = validation(state.history().get(best.orElse(state.history().size()) - 1));
    Floats values = Floats.EMPTY;
    Floats buffers = Floats.EMPTY;
    if (training.role().keepsWeights()) {
      TrainedWeights weights = trainer.result(state);
      values = Floats.of(weights.values());
      buffers = Floats.of(weights.buffers());
    }
    Training.Trained trained =
        new Training.Trained(score.accuracy(), score.loss(), values, buffers);
    return new Training.Standing(state.step(), true, Bytes.EMPTY, accuracies, trained);
  }

  private static Score validation(EpochFigures figures) {
    return figures
        .validation()
        .orElseThrow(() -> new IllegalStateException("the data have no validation part"));
  }

  @Override
  public void spoil() {
    trainer.spoil();
  }

  @Override
  public void close() {
    trainer.close();
  }
}
