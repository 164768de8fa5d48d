package org.espalier.training;

import java.util.List;
import java.util.Optional;
import org.espalier.network.NetworkSpec;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;

/**
 * Carries the training of one network forward. Every result is a function of specification,
 * settings, data, seed and the state given: what was trained before, in what pieces, and in which
 * process does not matter. Holds native memory, none of it state; belongs to one thread.
 */
public final class Trainer implements AutoCloseable {
  private static final long INITIAL = 1;

  private final Plan plan;
  private final Workbench bench;
  private final WeightUpdate update;

  /**
   * A trainer.
   *
   * @param spec the network; its input must have the images' shape and its logits a place for each
   *     class
   * @param settings how to train
   * @param data what to learn from
   * @param seed of all randomness
   * @throws InputException if network, settings and data do not fit
   */
  public Trainer(NetworkSpec spec, TrainingSettings settings, TrainingData data, long seed) {
    plan = Plan.of(spec, settings, data, seed);
    bench = new Workbench(spec);
    update = new WeightUpdate(bench.parameters(), settings.optimiser(), settings.regularisation());
  }

  /** Images of each step. */
  public int batchSize() {
    return plan.batchSize();
  }

  /** Steps of each epoch. */
  public int stepsPerEpoch() {
    return plan.stepsPerEpoch();
  }

  /** Steps of the whole training, unless it ends early. */
  public long totalSteps() {
    return plan.totalSteps();
  }

  /** The state before the first step: fresh weights. */
  public TrainingState start() {
    bench.parameters().initialise(Seeds.generator(plan.seed(), INITIAL));
    return startFrom(bench.save(), 0);
  }

  /**
   * A state with given weights at a given place of the schedule and the data, without momentum and
   * with an average that begins here.
   *
   * @param weights of a network of this specification
   * @param step steps that count as done, at least 0
   * @throws InputException if the weights do not fit the network
   */
  public TrainingState startFrom(TrainedWeights weights, long step) {
    TrainingState state =
        new TrainingState(
            step,
            weights,
            new float[update.momentsSize()],
            averages() ? weights.values() : new float[0],
            EpochSums.start(plan.classes()),
            List.of(),
            Optional.empty());
    check(state);
    return state;
  }

  /**
   * Weights that were made elsewhere, such as for tasks like this one, with running statistics that
   * fit them and the training images.
   *
   * @param values of the parameters, in the order of the network's parameter set
   * @throws InputException if the weights do not fit the network
   */
  public TrainedWeights withStatistics(float[] values) {
    TrainingState state = startFrom(new TrainedWeights(values, bench.parameters().buffers()), 0);
    return new TrainingRun(plan, bench, update, state).withStatistics(state.weights());
  }

  /**
   * Does some steps. Evaluation on the validation part belongs to the last step of each epoch.
   *
   * @param from where to begin
   * @param steps how many at most, at least 0
   * @param listener is told, and may ask for a pause
   * @throws InputException if the state belongs to another network or other settings
   */
  public TrainingOutcome advance(TrainingState from, long steps, TrainingListener listener) {
    check(from);
    TrainingRun run = new TrainingRun(plan, bench, update, from);
    for (long done = 0; done < steps && !run.finished(); done++) {
      if (!run.advance(listener)) {
        return new TrainingOutcome.Diverged(run.divergence().orElseThrow());
      }
      if (listener.pause()) {
        break;
      }
    }
    return run.finished()
        ? new TrainingOutcome.Finished(run.state())
        : new TrainingOutcome.Paused(run.state());
  }

  /**
   * Does all steps that are left, unless the listener asks for a pause.
   *
   * @param from where to begin
   * @param listener is told, and may ask for a pause
   * @throws InputException if the state belongs to another network or other settings
   */
  public TrainingOutcome run(TrainingState from, TrainingListener listener) {
    return advance(from, Long.MAX_VALUE, listener);
  }

  /**
   * The weights worth keeping of a training as far as it is: those of the best epoch if it may stop
   * early, else the average with running statistics that fit it, else the last.
   *
   * @throws InputException if the state belongs to another network or other settings
   */
  public TrainedWeights result(TrainingState state) {
    check(state);
    return new TrainingRun(plan, bench, update, state).result();
  }

  private boolean averages() {
    return plan.settings().regularisation().averageDecay() > 0;
  }

  private void check(TrainingState state) {
    int size = bench.parameters().values().length;
    checkLength("values", size, state.weights().rawValues().length);
    int statistics = bench.parameters().buffers().length;
    checkLength("running statistics", statistics, state.weights().rawBuffers().length);
    checkLength("moments", update.momentsSize(), state.rawMoments().length);
    checkLength("averages", averages() ? size : 0, state.rawAverage().length);
  }

  private static void checkLength(String what, int expected, int length) {
    if (length != expected) {
      throw new InputException(
          "the state has %s %s, this training needs %s: it belongs to another network or settings"
              .formatted(length, what, expected));
    }
  }

  /**
   * Fills the native memory with what is not a number: a proof that no result depends on what was
   * done before.
   */
  public void spoil() {
    bench.spoil();
    update.spoil();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    update.close();
    bench.close();
  }
}
