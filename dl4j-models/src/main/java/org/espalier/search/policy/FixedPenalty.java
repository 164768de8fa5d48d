package org.espalier.search.policy;

import java.util.Objects;

/**
 * A penalty whose weight stays as it is, and has to be found by trying.
 *
 * @param shape of the penalty
 * @param weight of the penalty, above 0
 */
public record FixedPenalty(Shape shape, double weight) implements LimitPenalty {
  /** How a penalty depends on {@code h = expected cost / limit - 1}. */
  public enum Shape {
    /** {@code h}: cheaper is better everywhere (Cai et al., "ProxylessNAS", ICLR 2019, eq. 9). */
    LINEAR {
      @Override
      double value(double h) {
        return h;
      }

      @Override
      double slope(double h) {
        return 1;
      }
    },
    /** {@code log(1 + h)} (Wu et al., "FBNet", CVPR 2019, equation 2, as a sum). */
    LOGARITHMIC {
      @Override
      double value(double h) {
        return StrictMath.log(Math.max(LEAST, 1 + h));
      }

      @Override
      double slope(double h) {
        return 1 / Math.max(LEAST, 1 + h);
      }
    },
    /** {@code max(0, h)^2}: nothing within the limit. */
    HINGE {
      @Override
      double value(double h) {
        return Math.max(0, h) * Math.max(0, h);
      }

      @Override
      double slope(double h) {
        return 2 * Math.max(0, h);
      }
    },
    /** {@code |h|}: towards the limit from both sides (Hu et al., "TF-NAS", ECCV 2020, eq. 7). */
    ABSOLUTE {
      @Override
      double value(double h) {
        return Math.abs(h);
      }

      @Override
      double slope(double h) {
        return Math.signum(h);
      }
    };

    /** A network costs something; this keeps the logarithm finite where none does. */
    private static final double LEAST = 1e-6;

    abstract double value(double h);

    abstract double slope(double h);
  }

  public FixedPenalty {
    Objects.requireNonNull(shape, "shape");
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weight must be above 0, got " + weight);
    }
  }

  /** What the loss grows by. */
  double value(double h) {
    return weight * shape.value(h);
  }

  @Override
  public double slope(double h) {
    return weight * shape.slope(h);
  }

  @Override
  public FixedPenalty updated(double h) {
    return this;
  }
}
