package org.espalier.meta;

import java.util.stream.IntStream;
import org.espalier.autograd.Losses;
import org.espalier.autograd.Matrices;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.network.ImageShape;
import org.espalier.network.Mode;
import org.espalier.network.Network;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.task.Examples;
import org.espalier.task.Task;
import org.espalier.tensor.Shape;

/** A network for images, with memory for its weights. */
final class ImageNetwork implements TaskNetwork {
  private final NetworkSpec spec;
  private final Binding binding;
  private final ParameterSet parameters;
  private final Network network;
  private final Tape tape;

  ImageNetwork(NetworkSpec spec, Binding binding, Tape tape) {
    this.spec = spec;
    this.binding = binding;
    this.tape = tape;
    this.parameters = ParameterSet.allocate(spec);
    this.network = new Network(spec, parameters);
  }

  @Override
  public Binding binding() {
    return binding;
  }

  @Override
  public Passed support(Task task, float[] weights, float[] gradient) {
    parameters.setValues(weights);
    tape.reset();
    Variable logits =
        network.forward(
            tape,
            images(task.support().count(), task.support().inputs()),
            new Mode.Episode(task.support().count()));
    return passed(logits, task.support(), gradient);
  }

  @Override
  public Passed query(Task task, float[] weights, float[] gradient) {
    parameters.setValues(weights);
    return passed(queryLogits(task), task.query(), gradient);
  }

  @Override
  public Passed judge(Task task, float[] weights) {
    return query(task, weights, new float[0]);
  }

  /**
   * Support and query images pass together, normalised by the statistics of the support images: a
   * query image is judged as if it were the only one.
   */
  private Variable queryLogits(Task task) {
    Examples support = task.support();
    Examples query = task.query();
    float[] both = new float[support.inputs().length + query.inputs().length];
    System.arraycopy(support.inputs(), 0, both, 0, support.inputs().length);
    System.arraycopy(query.inputs(), 0, both, support.inputs().length, query.inputs().length);
    tape.reset();
    int count = support.count() + query.count();
    Variable logits = network.forward(tape, images(count, both), new Mode.Episode(support.count()));
    return Matrices.gatherRows(logits, IntStream.range(support.count(), count).toArray());
  }

  private Variable images(int count, float[] values) {
    ImageShape shape = spec.input();
    return tape.constant(Shape.of(count, shape.height(), shape.width(), shape.channels()), values);
  }

  /** Without a gradient if that has no room. */
  private Passed passed(Variable logits, Examples examples, float[] gradient) {
    logits.retain();
    Variable loss = Losses.crossEntropy(logits, examples.labels(), 0);
    double value = loss.value().item();
    double score = score(logits.value().toFloats(), examples.labels());
    if (gradient.length > 0) {
      parameters.clearGradients();
      tape.backward(loss);
      float[] slopes = parameters.gradients();
      System.arraycopy(slopes, 0, gradient, 0, gradient.length);
    }
    return new Passed(value, score);
  }

  private static double score(float[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    int correct = 0;
    for (int row = 0; row < labels.length; row++) {
      int best = 0;
      for (int label = 1; label < classes; label++) {
        best = logits[row * classes + label] > logits[row * classes + best] ? label : best;
      }
      correct += best == labels[row] ? 1 : 0;
    }
    return (double) correct / labels.length;
  }

  @Override
  public void spoil() {
    parameters.flatValues().fill(Double.NaN);
    parameters.flatGradients().fill(Double.NaN);
    for (String name : parameters.bufferNames()) {
      parameters.buffer(name).fill(Double.NaN);
    }
  }

  @Override
  public void close() {
    parameters.close();
  }
}
