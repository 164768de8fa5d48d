package org.espalier.bench;

import java.util.ArrayList;
import java.util.List;
import org.espalier.autograd.Parameter;
import org.espalier.autograd.RunningStatistics;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Sgd;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** The parameters of a benchmark network, in the order in which its layers ask for them. */
final class BenchParameters implements AutoCloseable {
  private static final double LEARNING_RATE = 0.01;
  private static final double WEIGHT_DECAY = 3e-4;

  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Tensor> owned = new ArrayList<>();
  private final List<Shape> planned = new ArrayList<>();
  private final List<Double> starts = new ArrayList<>();
  private final Sgd sgd = new Sgd(0.9, false);
  private Tensor values;
  private Tensor gradients;
  private Tensor velocities;

  /** One trained tensor, there after {@link #allocate}. */
  final class Weight {
    private final int index;

    private Weight(int index) {
      this.index = index;
    }

    Variable on(Tape tape) {
      return tape.use(parameters.get(index));
    }
  }

  /** A weight that starts with random numbers. */
  Weight weight(int... dimensions) {
    return plan(Shape.of(dimensions), Double.NaN);
  }

  /** A vector that starts with one number. */
  Weight vector(int size, double start) {
    return plan(Shape.of(size), start);
  }

  private Weight plan(Shape shape, double start) {
    planned.add(shape);
    starts.add(start);
    return new Weight(planned.size() - 1);
  }

  RunningStatistics statistics(int channels) {
    Tensor mean = Tensor.persistent(Precision.FLOAT32, Shape.of(channels));
    Tensor variance = Tensor.persistent(Precision.FLOAT32, Shape.of(channels));
    variance.fill(1);
    owned.add(mean);
    owned.add(variance);
    return new RunningStatistics(mean, variance, 0.1);
  }

  /** Lays all weights out in one range and starts them with small random numbers. */
  void allocate() {
    Shape all = Shape.of(Math.toIntExact(count()));
    values = persistent(all);
    gradients = persistent(all);
    velocities = persistent(all);
    var random = Seeds.generator(1);
    float[] numbers = new float[Math.toIntExact(count())];
    int from = 0;
    for (int p = 0; p < planned.size(); p++) {
      Shape shape = planned.get(p);
      double start = starts.get(p);
      double deviation = Math.sqrt(2.0 * shape.channels() / shape.size());
      for (int i = 0; i < shape.size(); i++) {
        numbers[from + i] =
            (float) (Double.isNaN(start) ? deviation * random.nextGaussian() : start);
      }
      parameters.add(
          new Parameter(
              "p" + parameters.size(),
              values.slice(from, shape),
              gradients.slice(from, shape),
              true));
      from += (int) shape.size();
    }
    values.set(numbers);
  }

  private Tensor persistent(Shape shape) {
    Tensor tensor = Tensor.persistent(Precision.FLOAT32, shape);
    owned.add(tensor);
    return tensor;
  }

  long count() {
    return planned.stream().mapToLong(Shape::size).sum();
  }

  void clearGradients() {
    parameters.forEach(Parameter::clearGradient);
  }

  /** One step of stochastic gradient descent on everything. */
  void step() {
    sgd.step(values, gradients, velocities, LEARNING_RATE, WEIGHT_DECAY);
  }

  @Override
  public void close() {
    owned.forEach(Tensor::close);
  }
}
