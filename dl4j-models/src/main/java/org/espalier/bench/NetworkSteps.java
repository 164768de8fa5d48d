package org.espalier.bench;

import org.espalier.autograd.Losses;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;

/** Steps of a network of {@link LayerBlocks}. */
final class NetworkSteps implements Steps {
  private final RandomImages batch;
  private final BenchParameters parameters = new BenchParameters();
  private final Tape tape = new Tape(Arena.create(Precision.FLOAT32));
  private final LayerBlock network;

  NetworkSteps(Workload workload, RandomImages batch) {
    this.batch = batch;
    this.network = workload.build(parameters);
    parameters.allocate();
  }

  @Override
  public long parameterCount() {
    return parameters.count();
  }

  @Override
  public void step(int number) {
    tape.reset();
    parameters.clearGradients();
    Variable logits = network.forward(tape, tape.constant(batch.shape, batch.images));
    tape.backward(Losses.crossEntropy(logits, batch.labels, 0));
    parameters.step();
  }

  @Override
  public long spilledBytes() {
    return tape.arena().spilledBytes();
  }

  @Override
  public void close() {
    tape.close();
    parameters.close();
  }
}
