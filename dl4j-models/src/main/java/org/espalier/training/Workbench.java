package org.espalier.training;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.autograd.Losses;
import org.espalier.autograd.Parameter;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.data.Batch;
import org.espalier.data.BatchSource;
import org.espalier.network.Mode;
import org.espalier.network.Network;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.network.StatisticsEstimator;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;

/**
 * A network in native memory and the tape it runs on. What its parameters hold is unspecified until
 * {@link #load}. Belongs to one thread.
 */
final class Workbench implements AutoCloseable {
  private final ParameterSet parameters;
  private final Network network;
  private final Tape tape;

  Workbench(NetworkSpec spec) {
    parameters = ParameterSet.allocate(spec);
    network = new Network(spec, parameters);
    tape = new Tape(Arena.create(Precision.FLOAT32));
  }

  /**
   * What a forward pass gave.
   *
   * @param loss mean over the batch
   * @param correct how many were recognised
   */
  record Passed(double loss, int correct) {}

  ParameterSet parameters() {
    return parameters;
  }

  void load(TrainedWeights weights) {
    parameters.setValues(weights.rawValues());
    parameters.setBuffers(weights.rawBuffers());
  }

  TrainedWeights save() {
    return TrainedWeights.owning(parameters.values(), parameters.buffers());
  }

  /**
   * Forward and, if the loss is finite, backward: gradients are in the parameters afterwards.
   *
   * @param batch images and labels
   * @param smoothing label smoothing, in [0, 1)
   * @param dropPath factor on drop-path rates, in [0, 1]
   * @param random for dropout and drop-path
   */
  Passed pass(Batch batch, double smoothing, double dropPath, RandomGenerator random) {
    parameters.clearGradients();
    tape.reset();
    Variable logits = forward(batch, new Mode.Training(random, dropPath));
    Variable loss = Losses.crossEntropy(logits, batch.labels(), smoothing);
    Passed passed =
        new Passed(loss.value().item(), correct(logits.value().toFloats(), batch.labels()));
    if (Double.isFinite(passed.loss())) {
      tape.backward(loss);
    }
    return passed;
  }

  private Variable forward(Batch batch, Mode mode) {
    Shape shape =
        Shape.of(
            batch.size(), batch.shape().height(), batch.shape().width(), batch.shape().channels());
    return network.forward(tape, tape.constant(shape, batch.images()), mode);
  }

  private static int correct(float[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    int correct = 0;
    for (int row = 0; row < labels.length; row++) {
      correct += Tally.largest(logits, row * classes, classes) == labels[row] ? 1 : 0;
    }
    return correct;
  }

  /**
   * Replaces the running statistics by the average over some batches, under the weights as they
   * are.
   *
   * @param batches from which the first are taken
   * @param most how many at most
   */
  void estimateStatistics(BatchSource.Batches batches, int most) {
    int count = Math.min(most, batches.size());
    StatisticsEstimator.estimate(
        network,
        tape,
        () -> IntStream.range(0, count).mapToObj(i -> batches.get(i).images()).iterator());
  }

  /**
   * Evaluates the network as it is.
   *
   * @param batches every one is used
   * @param classes logits of the network
   * @param k what counts as right for top-k
   * @param mistakes how many to keep
   * @throws ArithmeticException if a logit is not finite
   */
  EvaluationResult evaluate(BatchSource.Batches batches, int classes, int k, int mistakes) {
    Tally tally = new Tally(classes, k, mistakes);
    for (int i = 0; i < batches.size(); i++) {
      Batch batch = batches.get(i);
      float[] logits = logits(batch);
      for (int row = 0; row < batch.size(); row++) {
        tally.add(batch.examples()[row], batch.labels()[row], logits, row);
      }
    }
    return tally.result();
  }

  /** What the network as it is says of images, {@code [batch, classes]}. */
  float[] logits(Batch batch) {
    tape.reset();
    return forward(batch, new Mode.Evaluation()).value().toFloats();
  }

  /**
   * Fills parameters, gradients, running statistics and the memory of steps with what is not a
   * number.
   */
  void spoil() {
    for (Parameter parameter : parameters.parameters()) {
      parameter.value().fill(Double.NaN);
      parameter.gradient().fill(Double.NaN);
    }
    for (String name : parameters.bufferNames()) {
      parameters.buffer(name).fill(Double.NaN);
    }
    tape.reset();
    tape.arena().spoil();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    tape.close();
    parameters.close();
  }
}
