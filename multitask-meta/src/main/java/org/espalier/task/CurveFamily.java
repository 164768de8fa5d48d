package org.espalier.task;

import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.espalier.tensor.Seeds;

/**
 * Curves of one shape with two random numbers, to be learned from a few points of each: tasks whose
 * answers are known (the sinusoids of Finn, Abbeel and Levine, ICML 2017, section 5.1, and others
 * beside them). All parts draw from the same curves.
 *
 * @param shape of the curves
 * @param reach points lie between minus this and this, above 0
 * @param shots points to learn from, at least 1
 * @param queries points to be judged by, at least 1
 */
public record CurveFamily(Shape shape, double reach, int shots, int queries) implements TaskFamily {
  /** A form of {@code y(x)} with two random numbers. */
  public enum Shape {
    /** {@code a sin(x - b)}, a in [0.1, 5], b in [0, pi]. */
    SINUSOID(0.1, 5, 0, StrictMath.PI) {
      @Override
      double at(double x, double a, double b) {
        return a * StrictMath.sin(x - b);
      }
    },
    /** {@code a x + b}, a in [-1.5, 1.5], b in [-2, 2]. */
    LINE(-1.5, 1.5, -2, 2) {
      @Override
      double at(double x, double a, double b) {
        return a * x + b;
      }
    },
    /**
     * {@code a x^2 + b x}, a in [-0.3, -0.1] or [0.1, 0.3], so that none is a line, b in [-0.5,
     * 0.5].
     */
    QUADRATIC(-0.2, 0.2, -0.5, 0.5) {
      @Override
      double at(double x, double a, double b) {
        return (a + Math.copySign(0.1, a)) * x * x + b * x;
      }
    };

    private final double leastA;
    private final double mostA;
    private final double leastB;
    private final double mostB;

    Shape(double leastA, double mostA, double leastB, double mostB) {
      this.leastA = leastA;
      this.mostA = mostA;
      this.leastB = leastB;
      this.mostB = mostB;
    }

    abstract double at(double x, double a, double b);
  }

  public CurveFamily {
    Objects.requireNonNull(shape, "shape");
    if (!(reach > 0) || shots < 1 || queries < 1) {
      throw new IllegalArgumentException(
          "need reach > 0, shots and queries at least 1, got %s, %s, %s"
              .formatted(reach, shots, queries));
    }
  }

  @Override
  public String name() {
    return shape.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Task draw(MetaPart part, long seed) {
    RandomGenerator random = Seeds.generator(seed, part.key());
    double a = random.nextDouble(shape.leastA, shape.mostA);
    double b = random.nextDouble(shape.leastB, shape.mostB);
    return new Task(points(shots, a, b, random), points(queries, a, b, random), 0);
  }

  private Examples points(int count, double a, double b, RandomGenerator random) {
    float[] inputs = new float[count];
    float[] targets = new float[count];
    for (int i = 0; i < count; i++) {
      inputs[i] = (float) random.nextDouble(-reach, reach);
      targets[i] = (float) shape.at(inputs[i], a, b);
    }
    return Examples.points(inputs, targets);
  }
}
