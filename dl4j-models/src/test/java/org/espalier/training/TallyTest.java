package org.espalier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.espalier.training.ConfusionMatrix.ClassFigures;
import org.espalier.training.EvaluationResult.Mistake;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final float LN2 = (float) Math.log(2);
  private static final float LN6 = (float) Math.log(6);

  /** Softmax of a row: (1, 2, 6) / 9, (6, 2, 1) / 9, (1, 2, 6) / 9, (2, 6, 1) / 9. */
  private static final float[] LOGITS = {0, LN2, LN6, LN6, LN2, 0, 0, LN2, LN6, LN2, LN6, 0};

  private static final int[] LABELS = {2, 0, 1, 2};

  private static EvaluationResult counted(int k, int keep) {
    Tally tally = new Tally(3, k, keep);
    for (int i = 0; i < LABELS.length; i++) {
      tally.add(100 + i, LABELS[i], LOGITS, i);
    }
    return tally.result();
  }

  @Test
  void accuracyAndTopKCountByHand() {
    EvaluationResult result = counted(2, 10);

    assertThat(result.examples()).isEqualTo(4);
    assertThat(result.accuracy()).isEqualTo(0.5);
    assertThat(result.topK()).isEqualTo(0.75);
    assertThat(counted(3, 10).topK()).isEqualTo(1);
  }

  @Test
  void lossIsTheMeanCrossEntropy() {
    double expected =
        -(Math.log(6 / 9.0) + Math.log(6 / 9.0) + Math.log(2 / 9.0) + Math.log(1 / 9.0)) / 4;

    assertThat(counted(1, 0).loss()).isEqualTo(expected, within(1e-6));
  }

  @Test
  void confusionHasActualClassesInRows() {
    assertThat(counted(1, 0).confusion().counts())
        .containsExactly(List.of(1, 0, 0), List.of(0, 0, 1), List.of(0, 1, 1));
  }

  @Test
  void perClassFiguresFollowFromTheConfusion() {
    assertThat(counted(1, 0).perClass())
        .containsExactly(
            new ClassFigures(1, 1, 1, 1),
            new ClassFigures(0, 0, 0, 1),
            new ClassFigures(0.5, 0.5, 0.5, 2));
  }

  @Test
  void aClassThatNeverOccursHasZeros() {
    ConfusionMatrix matrix = new ConfusionMatrix(List.of(List.of(3, 0), List.of(0, 0)));

    assertThat(matrix.perClass().get(1)).isEqualTo(new ClassFigures(0, 0, 0, 0));
  }

  @Test
  void mistakesComeMostConfidentFirstThenByExample() {
    List<Mistake> mistakes = counted(1, 10).mistakes();

    assertThat(mistakes).extracting(Mistake::example).containsExactly(102, 103);
    assertThat(mistakes.get(0).actual()).isEqualTo(1);
    assertThat(mistakes.get(0).predicted()).isEqualTo(2);
    assertThat(mistakes.get(0).confidence()).isEqualTo(6 / 9.0, within(1e-6));
    assertThat(counted(1, 1).mistakes()).hasSize(1);
  }

  @Test
  void ofEqualLogitsTheFirstCounts() {
    Tally tally = new Tally(2, 1, 5);

    tally.add(0, 0, new float[] {1, 1}, 0);
    tally.add(1, 1, new float[] {1, 1}, 0);

    assertThat(tally.result().accuracy()).isEqualTo(0.5);
    assertThat(tally.result().topK()).isEqualTo(0.5);
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    Tally tally = new Tally(2, 1, 5);

    tally.add(0, 1, new float[] {3e38f, -3e38f}, 0);

    assertThat(tally.result().loss()).isEqualTo(6e38, within(1e33));
  }

  @Test
  void logitsThatAreNotFiniteAreAnErrorNamingTheExample() {
    Tally tally = new Tally(2, 1, 5);

    assertThatThrownBy(() -> tally.add(7, 0, new float[] {Float.NaN, 0}, 0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("the network's logits for example 7 are not finite");
    assertThatThrownBy(() -> tally.add(8, 0, new float[] {0, Float.POSITIVE_INFINITY}, 0))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> tally.add(9, 0, new float[] {Float.NEGATIVE_INFINITY, 0}, 0))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void aMatrixThatIsNotSquareIsRefused() {
    assertThatThrownBy(() -> new ConfusionMatrix(List.of(List.of(1, 2))))
        .hasMessage("a confusion matrix is square, got 1 rows and a row of 2");
  }
}
