package org.espalier.search.width;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How the candidates of one layer lie in its shared channels (Wang, Bai et al., NeurIPS 2020). A
 * component that is left out takes its default.
 */
public sealed interface Sharing
    permits Sharing.Ordinal,
        Sharing.Independent,
        Sharing.Overlap,
        Sharing.Transition,
        Sharing.Learned {

  /**
   * How many channels a layer shares.
   *
   * @param widths of the candidates, rising
   */
  int rows(List<Integer> widths);

  /**
   * The candidates' maps.
   *
   * @param widths of the candidates, rising
   * @param angle in [0, pi/2]; read by {@link Transition} only
   * @return one a candidate
   */
  List<AffineMap> maps(List<Integer> widths, double angle);

  /**
   * The angle at a moment of the search; 0 but for {@link Transition}.
   *
   * @param progress of a transition; 0 and less is its start, 1 and more its end
   */
  default double angle(double progress) {
    return 0;
  }

  /** The narrower is always the first part of the wider: the most that can be shared. */
  record Ordinal() implements Sharing {
    @Override
    public int rows(List<Integer> widths) {
      return Collections.max(widths);
    }

    @Override
    public List<AffineMap> maps(List<Integer> widths, double angle) {
      return slices(rows(widths), widths, Collections.nCopies(widths.size(), 0));
    }
  }

  /** Each candidate has channels of its own. */
  record Independent() implements Sharing {
    @Override
    public int rows(List<Integer> widths) {
      return sum(widths);
    }

    @Override
    public List<AffineMap> maps(List<Integer> widths, double angle) {
      return new Overlap(0.0).maps(widths, angle);
    }
  }

  /**
   * SampledPath {@code j} begins at row {@code sum over m < j of floor((1 - share) c_m)}.
   *
   * @param share in [0, 1]: 0 is {@link Independent}, 1 is {@link Ordinal}; default 0.5
   */
  record Overlap(@Range(min = 0, max = 1) Double share) implements Sharing {
    /** As much may be missing to a whole number because shares such as 0.9 are rounded. */
    private static final double ROUNDING = 1e-9;

    public Overlap {
      share = Checks.given(share, 0.5);
      Checks.ranges(Overlap.class, share);
    }

    private List<Integer> starts(List<Integer> widths) {
      List<Integer> starts = new ArrayList<>();
      int start = 0;
      for (int width : widths) {
        starts.add(start);
        start += (int) StrictMath.floor((1 - share) * width + ROUNDING);
      }
      return starts;
    }

    @Override
    public int rows(List<Integer> widths) {
      List<Integer> starts = starts(widths);
      int rows = 0;
      for (int j = 0; j < widths.size(); j++) {
        rows = Math.max(rows, starts.get(j) + widths.get(j));
      }
      return rows;
    }

    @Override
    public List<AffineMap> maps(List<Integer> widths, double angle) {
      return slices(rows(widths), widths, starts(widths));
    }
  }

  /**
   * From {@link Ordinal} at angle 0 to {@link Independent} at pi/2 in closed form: {@code
   * P_j(angle) = cos(angle) E_j + sin(angle) V_j}, with the ordinal slice {@code E_j} in the first
   * rows and a private slice {@code V_j} in rows of its own. The columns stay orthonormal on the
   * way, and the normalised {@link SharingLevel} is {@code cos(angle)^4}. The paper gets there by
   * gradient descent: {@link Learned}.
   *
   * @param endLevel normalised sharing level at which it stops, in [0, 1]: 0 is no sharing, 1 stays
   *     with complete sharing; default 0
   */
  record Transition(@Range(min = 0, max = 1) Double endLevel) implements Sharing {
    /** Below this a factor is an exact zero that rounding has missed. */
    private static final double ROUNDING = 1e-15;

    public Transition {
      endLevel = Checks.given(endLevel, 0.0);
      Checks.ranges(Transition.class, endLevel);
    }

    /** The transition to no sharing. */
    public static Transition complete() {
      return new Transition(null);
    }

    /** Half a cosine from 0 to the angle of the last level. */
    @Override
    public double angle(double progress) {
      double share = Math.max(0, Math.min(1, progress));
      double last = StrictMath.acos(StrictMath.sqrt(StrictMath.sqrt(endLevel)));
      return last / 2 * (1 - StrictMath.cos(Math.PI * share));
    }

    @Override
    public int rows(List<Integer> widths) {
      return Collections.max(widths) + sum(widths);
    }

    @Override
    public List<AffineMap> maps(List<Integer> widths, double angle) {
      if (!(angle >= 0 && angle <= Math.PI / 2)) {
        throw new IllegalArgumentException("angle must be in [0, pi/2], got " + angle);
      }
      List<AffineMap> maps = new ArrayList<>();
      int own = Collections.max(widths);
      for (int width : widths) {
        List<AffineMap.Band> bands = new ArrayList<>();
        addBand(bands, 0, StrictMath.cos(angle));
        addBand(bands, own, StrictMath.sin(angle));
        maps.add(new AffineMap.Banded(rows(widths), width, bands));
        own += width;
      }
      return List.copyOf(maps);
    }

    private static void addBand(List<AffineMap.Band> bands, int start, double factor) {
      if (factor > ROUNDING) {
        bands.add(new AffineMap.Band(start, factor));
      }
    }
  }

  /**
   * From {@link Ordinal} on by gradient descent on the overlap of all columns, as published; the
   * maps are state of the search: {@link LearnedMaps}. {@link #maps} gives the start without noise.
   *
   * @param rate of one step, above 0; default 0.2. The paper's 1e-3 is for some 1e5 steps
   * @param weight of the loss, above 0; default 5e-3
   * @param norm of the loss; default l1
   * @param rows shared channels as a share of {@code sum c}, such that {@code max c} fit; default
   *     1. Below 1 the sharing level has a floor above 0
   */
  record Learned(
      @Range(above = 0) Double rate,
      @Range(above = 0) Double weight,
      Norm norm,
      @Range(above = 0, max = 1000) Double rows)
      implements Sharing {
    /** Which norm of the off-diagonal Gram entries is made small. */
    public enum Norm {
      L1,
      L2
    }

    public Learned {
      rate = Checks.given(rate, 0.2);
      weight = Checks.given(weight, 5e-3);
      norm = Checks.given(norm, Norm.L1);
      rows = Checks.given(rows, 1.0);
      Checks.ranges(Learned.class, rate, weight, norm, rows);
    }

    @Override
    public int rows(List<Integer> widths) {
      return Math.max(Collections.max(widths), (int) StrictMath.ceil(rows * sum(widths)));
    }

    @Override
    public List<AffineMap> maps(List<Integer> widths, double angle) {
      return slices(rows(widths), widths, Collections.nCopies(widths.size(), 0));
    }
  }

  private static int sum(List<Integer> widths) {
    return widths.stream().mapToInt(Integer::intValue).sum();
  }

  private static List<AffineMap> slices(int rows, List<Integer> widths, List<Integer> starts) {
    List<AffineMap> maps = new ArrayList<>();
    for (int j = 0; j < widths.size(); j++) {
      maps.add(AffineMap.Banded.slice(rows, widths.get(j), starts.get(j)));
    }
    return List.copyOf(maps);
  }
}
