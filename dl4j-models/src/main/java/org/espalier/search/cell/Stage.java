package org.espalier.search.cell;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * One stage of a progressive search: a supernet of so many cells, in which so many operations
 * compete on each edge.
 *
 * @param cells of the supernet, at least 1; default 5
 * @param operations of each edge that compete, at most; those with the largest probability at the
 *     end of the stage before are kept. At least 1; default 100, which is all
 * @param skipDropout rate of the dropout behind skip connections at the start of the stage, in [0,
 *     1); it falls to 0 along the stage; default 0
 * @param rounds of training, at least 0; default 0, which means those of {@code supernet}
 */
public record Stage(
    @Range(min = 1, max = 100) Integer cells,
    @Range(min = 1, max = 100) Integer operations,
    @Range(min = 0, below = 1) Double skipDropout,
    @Range(min = 0, max = Range.MANY) Integer rounds) {
  private static final int ALL = 100;

  /** How much it falls by, exponentially, in the 25 epochs of a stage of the paper. */
  private static final double FALL = 0.2 * 25;

  public Stage {
    cells = Checks.given(cells, 5);
    operations = Checks.given(operations, ALL);
    skipDropout = Checks.given(skipDropout, 0.0);
    rounds = Checks.given(rounds, 0);
    Checks.ranges(Stage.class, cells, operations, skipDropout, rounds);
  }

  static Stage of(int cells, int operations, double skipDropout) {
    return new Stage(cells, operations, skipDropout, 0);
  }

  /** Rounds of training. */
  int rounds(int usual) {
    return rounds == 0 ? usual : rounds;
  }

  /**
   * The dropout rate behind skip connections in a round: it falls linearly while weights alone are
   * trained, then from its beginning again, exponentially (Chen et al., "Progressive Differentiable
   * Architecture Search", ICCV 2019, section 3.3, in the form of its code).
   *
   * @param start the rate at the beginning, in [0, 1)
   * @param round of the stage
   * @param warmUp rounds in which weights alone are trained
   * @param rounds of the stage
   */
  static double skipDropout(double start, int round, int warmUp, int rounds) {
    return round < warmUp
        ? start * (rounds - round - 1) / rounds
        : start * StrictMath.exp(-FALL * (round - warmUp) / rounds);
  }
}
