package org.espalier.search.cell.space;

import java.util.List;
import org.espalier.network.ImageShape;

/** Spaces small enough for tests. */
final class TestSpaces {
  static final ImageShape DIGITS = new ImageShape(8, 8, 1);

  private TestSpaces() {}

  static DenseCellSpace smallCells() {
    return new DenseCellSpace(DenseCellSpace.Cell.SMALL, new Skeleton(1, 4, DIGITS, 10));
  }

  static DenseCellSpace nasBench() {
    return new DenseCellSpace(
        DenseCellSpace.Cell.NAS_BENCH_201, new Skeleton(1, 3, new ImageShape(10, 9, 3), 4));
  }

  static DartsSpace darts() {
    return new DartsSpace(
        DartsSpace.OperationSet.ALL, new Skeleton(3, 2, new ImageShape(9, 8, 1), 4));
  }

  static MobileChainSpace chain() {
    return new MobileChainSpace(
        4, List.of(3, 5, 7), List.of(3, 6), new Skeleton(1, 4, new ImageShape(15, 14, 1), 4));
  }

  /**
   * The last block has one place to compute on and nothing left to pool. The images have more
   * channels than blocks: of equally many, all layers of a block are peaks together, where the
   * expected one has a kink.
   */
  static ConvolutionBlockSpace blocks() {
    return new ConvolutionBlockSpace(3, new Skeleton(1, 2, new ImageShape(6, 5, 3), 4));
  }

  /** One of each. */
  static List<GatedSpace> small() {
    return List.of(smallCells(), nasBench(), darts(), chain(), blocks());
  }
}
