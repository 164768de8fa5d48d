package org.espalier.search.cell.space;

import java.util.List;
import org.espalier.network.ImageShape;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.PairwiseTerms;

/**
 * The networks whose trainings on CIFAR-10 are published as NAS-Bench-201 (Dong and Yang, 2020).
 */
public final class NasBench201 {
  private NasBench201() {}

  /** All 15,625 networks. */
  public static DenseCellSpace space() {
    return new DenseCellSpace(
        DenseCellSpace.Cell.NAS_BENCH_201, new Skeleton(5, 16, new ImageShape(32, 32, 3), 10));
  }

  /**
   * What is published as their FLOPs: multiply-accumulates and small terms. An operation takes its
   * multiply-accumulates, 3 for each value of its batch norm and 9 for each mean over 3x3; what all
   * networks have in common takes a number that was fitted. Exact for the whole published table.
   */
  public static CostModel publishedFlops() {
    DenseCellSpace space = space();
    List<Operation> operations = space.cell().operations();
    PairwiseTerms terms = new PairwiseTerms(space.sizes());
    terms.add(7_943_872);
    for (int edge = 0; edge < space.sizes().size(); edge++) {
      for (int option = 0; option < operations.size(); option++) {
        terms.add(edge, option, publishedFlops(operations.get(option)));
      }
    }
    return terms.sum();
  }

  private static long publishedFlops(Operation operation) {
    return switch (operation) {
      case NOR_CONV_3X3 -> 35_819_520;
      case NOR_CONV_1X1 -> 4_362_240;
      case AVG_POOL_3X3 -> 1_290_240;
      default -> 0;
    };
  }
}
