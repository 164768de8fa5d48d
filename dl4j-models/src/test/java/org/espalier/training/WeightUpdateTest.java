package org.espalier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.espalier.autograd.Losses;
import org.espalier.autograd.Parameter;
import org.espalier.autograd.Tape;
import org.espalier.network.Mode;
import org.espalier.network.Network;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class WeightUpdateTest {
  private static final float[] IMAGES = images();

  private static float[] images() {
    float[] images = new float[4 * 25];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) Math.sin(i * 0.7);
    }
    return images;
  }

  /**
   * TrainedWeights before, gradient and weights after some steps of an update, all in one layout.
   */
  private static void withSteps(
      Optimiser optimiser, Regularisation regularisation, Consumer<Steps> body) {
    NetworkSpec spec = Toys.convolutions();
    try (ParameterSet parameters = ParameterSet.allocate(spec);
        Tape tape = new Tape(Arena.create(Precision.FLOAT32));
        WeightUpdate update = new WeightUpdate(parameters, optimiser, regularisation)) {
      parameters.initialise(Seeds.generator(3));
      body.accept(new Steps(new Network(spec, parameters), parameters, tape, update));
    }
  }

  private record Steps(Network network, ParameterSet parameters, Tape tape, WeightUpdate update) {
    float[] gradients() {
      parameters.clearGradients();
      tape.reset();
      var images = tape.constant(Shape.of(4, 5, 5, 1), IMAGES);
      var logits = network.forward(tape, images, new Mode.Training(Seeds.generator(1), 0));
      tape.backward(Losses.crossEntropy(logits, new int[] {0, 1, 2, 1}, 0));
      return parameters.gradients();
    }

    float[] values() {
      return parameters.values();
    }

    /** For each value whether weight decay applies. */
    boolean[] decays() {
      boolean[] decays = new boolean[parameters.size()];
      int at = 0;
      for (Parameter parameter : parameters.parameters()) {
        for (int i = 0; i < parameter.value().size(); i++) {
          decays[at++] = parameter.name().endsWith("/weight");
        }
      }
      return decays;
    }
  }

  @Test
  void sgdIsNesterovMomentumWithDecayOnWeightsOnly() {
    Regularisation decaying = new Regularisation(0.01, 0.0, 0.0, 0.0, 0.0);

    withSteps(
        new Optimiser.Sgd(0.1, 0.9),
        decaying,
        steps -> {
          double[] expected = doubles(steps.values());
          double[] velocity = new double[expected.length];
          for (int step = 0; step < 3; step++) {
            float[] gradients = steps.gradients();
            steps.update().apply(step, 0.1, steps.update().gradientNorm());
            for (int i = 0; i < expected.length; i++) {
              double gradient = gradients[i] + (steps.decays()[i] ? 0.01 * expected[i] : 0);
              velocity[i] = 0.9 * velocity[i] + gradient;
              expected[i] -= 0.1 * (gradient + 0.9 * velocity[i]);
            }
          }

          assertThat(largestDifference(steps.values(), expected)).isLessThan(1e-6);
          assertThat(steps.decays()).contains(true).contains(false);
        });
  }

  @Test
  void adamFollowsItsAlgorithm() {
    withSteps(
        new Optimiser.Adam(0.01, 0.9, 0.99, 1e-8),
        Regularisation.none(),
        steps -> {
          double[] expected = doubles(steps.values());
          double[] first = new double[expected.length];
          double[] second = new double[expected.length];
          for (int step = 0; step < 3; step++) {
            float[] gradients = steps.gradients();
            steps.update().apply(step, 0.01, steps.update().gradientNorm());
            for (int i = 0; i < expected.length; i++) {
              first[i] = 0.9 * first[i] + 0.1 * gradients[i];
              second[i] = 0.99 * second[i] + 0.01 * gradients[i] * gradients[i];
              double mean = first[i] / (1 - Math.pow(0.9, step + 1));
              double deviation = Math.sqrt(second[i] / (1 - Math.pow(0.99, step + 1)));
              // Beside a gradient near zero epsilon counts, which ND4J adds at another place.
              expected[i] =
                  Math.abs(gradients[i]) < 1e-4
                      ? steps.values()[i]
                      : expected[i] - 0.01 * mean / (deviation + 1e-8);
            }
          }

          assertThat(largestDifference(steps.values(), expected)).isLessThan(2e-5);
        });
  }

  @Test
  void clippingScalesTheWholeGradientToTheNorm() {
    Regularisation clipped = new Regularisation(0.0, 0.0, 0.0, 0.01, 0.0);

    withSteps(
        new Optimiser.Sgd(1.0, 0.0),
        clipped,
        steps -> {
          float[] before = steps.values();
          float[] gradients = steps.gradients();
          double norm = steps.update().gradientNorm();
          steps.update().apply(0, 1, norm);

          double squares = 0;
          for (float gradient : gradients) {
            squares += (double) gradient * gradient;
          }
          assertThat(norm).isEqualTo(Math.sqrt(squares), within(1e-9)).isGreaterThan(0.1);
          double moved = 0;
          for (int i = 0; i < before.length; i++) {
            moved += Math.pow(before[i] - steps.values()[i], 2);
          }
          assertThat(Math.sqrt(moved)).isEqualTo(0.01, within(1e-5));
        });
  }

  @Test
  void momentsComeBackAsTheyWereSet() {
    withSteps(
        new Optimiser.Adam(null, null, null, null),
        Regularisation.none(),
        steps -> {
          float[] moments = new float[steps.update().momentsSize()];
          for (int i = 0; i < moments.length; i++) {
            moments[i] = i;
          }

          steps.update().setMoments(moments);

          assertThat(steps.update().moments()).isEqualTo(moments);
        });
  }

  private static double largestDifference(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    return IntStream.range(0, actual.length)
        .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
        .max()
        .orElseThrow();
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
