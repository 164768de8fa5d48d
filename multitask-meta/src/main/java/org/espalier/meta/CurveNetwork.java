package org.espalier.meta;

import java.util.List;
import java.util.Map;
import org.espalier.autograd.Activations;
import org.espalier.autograd.Elementwise;
import org.espalier.autograd.Losses;
import org.espalier.autograd.Recurrences;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.task.Examples;
import org.espalier.task.Task;
import org.espalier.tensor.Shape;

/**
 * A number in, a number out: hidden layers, each with the function that was picked for it. Weights
 * of a layer are {@code [inputs and 1, outputs]}, its biases as last row.
 */
final class CurveNetwork implements TaskNetwork {
  private final List<CurveBackbone.Function> functions;
  private final Map<String, Shape> parameters;
  private final Binding binding;
  private final Tape tape;

  CurveNetwork(
      MetaLayout layout,
      Map<String, Shape> parameters,
      List<CurveBackbone.Function> functions,
      Tape tape) {
    this.parameters = parameters;
    this.tape = tape;
    this.functions = List.copyOf(functions);
    this.binding = new Binding(layout, this.parameters);
  }

  @Override
  public Binding binding() {
    return binding;
  }

  @Override
  public Passed support(Task task, float[] weights, float[] gradient) {
    return pass(task.support(), weights, gradient);
  }

  @Override
  public Passed query(Task task, float[] weights, float[] gradient) {
    return pass(task.query(), weights, gradient);
  }

  @Override
  public Passed judge(Task task, float[] weights) {
    return pass(task.query(), weights, new float[0]);
  }

  /** Without a gradient if that has no room. */
  private Passed pass(Examples examples, float[] weights, float[] gradient) {
    tape.reset();
    Variable[] layers = new Variable[parameters.size()];
    int at = 0;
    int next = 0;
    for (Shape shape : parameters.values()) {
      float[] values = new float[Math.toIntExact(shape.size())];
      System.arraycopy(weights, at, values, 0, values.length);
      layers[next++] =
          gradient.length > 0 ? tape.input(shape, values) : tape.constant(shape, values);
      at += values.length;
    }
    Variable value = tape.constant(Shape.of(examples.count(), 1), examples.inputs());
    for (int layer = 0; layer < functions.size(); layer++) {
      value = apply(functions.get(layer), Recurrences.linear(List.of(value), layers[layer]));
    }
    Variable predicted = Recurrences.linear(List.of(value), layers[functions.size()]);
    predicted.retain();
    Variable wanted = tape.constant(predicted.shape(), examples.targets());
    Variable loss = Losses.meanSquaredError(predicted, wanted);
    double squares = loss.value().item();
    if (gradient.length > 0) {
      tape.backward(loss);
      int to = 0;
      for (Variable layer : layers) {
        float[] slopes = layer.gradient().toFloats();
        System.arraycopy(slopes, 0, gradient, to, slopes.length);
        to += slopes.length;
      }
    }
    return new Passed(squares, explained(squares, examples.targets()));
  }

  private static Variable apply(CurveBackbone.Function function, Variable x) {
    return switch (function) {
      case SINE -> Elementwise.sine(x);
      case IDENTITY -> x;
      case SQUARE -> Elementwise.square(x);
      case RELU -> Activations.relu(x);
    };
  }

  private static double explained(double squares, float[] targets) {
    double mean = 0;
    for (float target : targets) {
      mean += target / (double) targets.length;
    }
    double variance = 0;
    for (float target : targets) {
      variance += (target - mean) * (target - mean) / targets.length;
    }
    double explained = 1 - squares / Math.max(variance, 1e-6);
    return Double.isNaN(explained) ? -1 : Math.max(-1, explained);
  }

  /** Holds nothing between passes. */
  @Override
  public void spoil() {}

  @Override
  public void close() {}
}
