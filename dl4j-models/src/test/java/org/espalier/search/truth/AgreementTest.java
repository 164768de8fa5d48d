package org.espalier.search.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final List<Double> TRUTH = List.of(1.0, 2.0, 3.0, 4.0);

  @Test
  void equalOrdersAgreeFully() {
    List<Double> predicted = List.of(10.0, 11.0, 50.0, 51.0);

    assertThat(Agreement.kendall(predicted, TRUTH)).isEqualTo(1);
    assertThat(Agreement.spearman(predicted, TRUTH)).isEqualTo(1);
    assertThat(Agreement.regret(predicted, TRUTH)).isZero();
    assertThat(Agreement.topHit(predicted, TRUTH, 2)).isEqualTo(1);
  }

  @Test
  void agreementOverTheBestLeavesOutTheOthers() {
    List<Double> predicted = List.of(1.0, 2.0, 4.0, 3.0);

    assertThat(Agreement.kendallOfBest(predicted, TRUTH, 0.5)).isEqualTo(-1);
    assertThat(Agreement.kendallOfBest(predicted, TRUTH, 1))
        .isEqualTo(Agreement.kendall(predicted, TRUTH));
  }

  @Test
  void reversedOrdersDisagreeFully() {
    List<Double> predicted = List.of(4.0, 3.0, 2.0, 1.0);

    assertThat(Agreement.kendall(predicted, TRUTH)).isEqualTo(-1);
    assertThat(Agreement.spearman(predicted, TRUTH)).isEqualTo(-1);
    assertThat(Agreement.regret(predicted, TRUTH)).isEqualTo(3);
    assertThat(Agreement.topHit(predicted, TRUTH, 2)).isZero();
  }

  @Test
  void tiesAreCountedAsSuch() {
    // Pairs: 4 concordant, none discordant, (1, 2) tied in the prediction, (3, 4) in the truth.
    List<Double> predicted = List.of(1.0, 1.0, 2.0, 3.0);
    List<Double> truth = List.of(1.0, 2.0, 3.0, 3.0);

    assertThat(Agreement.kendall(predicted, truth)).isCloseTo(4.0 / 5, within(1e-15));
  }

  @Test
  void spearmanOfTiesIsTheCorrelationOfMeanRanks() {
    // Ranks 1.5, 1.5, 3, 4 and 1, 2, 3.5, 3.5: covariance 4, variances 4.5 and 4.5.
    List<Double> predicted = List.of(1.0, 1.0, 2.0, 3.0);
    List<Double> truth = List.of(1.0, 2.0, 3.0, 3.0);

    assertThat(Agreement.spearman(predicted, truth)).isCloseTo(4 / 4.5, within(1e-15));
  }

  @Test
  void constantPredictionsSayNothing() {
    List<Double> predicted = List.of(1.0, 1.0, 1.0, 1.0);

    assertThat(Agreement.kendall(predicted, TRUTH)).isZero();
    assertThat(Agreement.spearman(predicted, TRUTH)).isZero();
  }

  @Test
  void scoresOfDifferentNumbersOfNetworksAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Agreement.kendall(List.of(1.0), TRUTH))
        .withMessageContaining("got 1 and 4");
  }

  @Test
  void theIntervalOfEqualFiguresIsAPoint() {
    Interval interval = Interval.of(List.of(0.5, 0.5, 0.5), new SplittableRandom(1));

    assertThat(interval).isEqualTo(new Interval(0.5, 0.5, 0.5));
  }

  @Test
  void theIntervalOfManyFiguresIsTwoStandardErrorsWide() {
    SplittableRandom random = new SplittableRandom(2);
    List<Double> figures = random.doubles(400).boxed().toList();

    Interval interval = Interval.of(figures, random);

    // Uniform figures deviate by sqrt(1/12); the mean of 400 by 0.0144.
    assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * 0.0144, within(0.006));
    assertThat(interval.mean()).isBetween(interval.low(), interval.high());
  }
}
