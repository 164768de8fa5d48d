package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {
  /**
   * Chen et al., ICCV 2019, as their code has it: 25 epochs, 10 of them for weights alone; {@code d
   * * (25 - e - 1) / 25} before, {@code d * exp(-0.2 * (e - 10))} from then on.
   */
  @ParameterizedTest
  @CsvSource({
    "0.4, 0, 0.384",
    "0.4, 9, 0.24",
    "0.4, 10, 0.4",
    "0.4, 11, 0.3274923012311928",
    "0.7, 5, 0.532",
    "0.7, 15, 0.2575156088200096",
    "0.7, 24, 0.04256704383765258",
    "0, 12, 0",
  })
  void dropoutFallsAsPublished(double start, int epoch, double expected) {
    assertThat(Stage.skipDropout(start, epoch, 10, 25)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void theFallIsTheSameInStagesOfAnyLength() {
    assertThat(Stage.skipDropout(0.6, 30, 20, 50))
        .isCloseTo(Stage.skipDropout(0.6, 15, 10, 25), within(1e-15));
  }
}
