package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void theIntervalIsThatOfWelch() {
    Sample one =
        Sample.of(
            27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7,
            21.4);
    Sample other =
        Sample.of(
            27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5,
            24.1);

    Comparison comparison = Comparison.of(one, other);

    // scipy.stats.ttest_ind(one, other, equal_var=False).confidence_interval()
    assertThat(comparison.difference()).isCloseTo(-2.8133333, within(1e-6));
    assertThat(comparison.halfWidth().orElseThrow()).isCloseTo(2.0329228, within(1e-5));
    assertThat(comparison.beyondNoise()).contains(true);
  }

  @Test
  void threeSeedsTellAndTwoDoNot() {
    Comparison three = Comparison.of(Sample.of(98, 97, 99), Sample.of(96, 97, 98));
    Comparison two = Comparison.of(Sample.of(98, 97.9), Sample.of(50, 51, 52));

    // Means differ by 1, each error is 1 / 3; 4 degrees of freedom: 2.776445 * sqrt(2 / 3).
    assertThat(three.halfWidth().orElseThrow()).isCloseTo(2.266958, within(1e-5));
    assertThat(three.beyondNoise()).contains(false);
    assertThat(two.difference()).isCloseTo(46.95, within(1e-9));
    assertThat(two.beyondNoise()).isEmpty();
  }

  @Test
  void seedsThatDoNotDifferTellNothingOfNoise() {
    assertThat(Comparison.of(Sample.of(98, 98, 98), Sample.of(97, 97, 97)).beyondNoise()).isEmpty();
  }
}
