package org.espalier.autograd;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations must not disturb each other's values and gradients, however they are composed. */
class RandomGraphTest {
  // Single precision loses a digit or two over a dozen operations.
  private static final double SINGLE_TOLERANCE = 1e-3;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void gradientsOfRandomGraphsAreRight(int seed) {
    var graph = new RandomGraph(seed, 4 + seed % 10);

    RandomGraph.inputs().passes(graph::build);
    RandomGraph.inputs().agreesInSinglePrecision(graph::build, SINGLE_TOLERANCE);
    RandomGraph.inputs().repeatsBits(graph::build);
    RandomGraph.inputs().sparesWhatIsNotWanted(graph::build);
    RandomGraph.inputs().fillsParameters(graph::build);
  }
}
