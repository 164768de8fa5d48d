package org.espalier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.data.ImageDataset;
import org.espalier.data.Normalization;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.training.Predictor.Guess;
import org.junit.jupiter.api.Test;

class PredictorTest {
  private static final Normalization PLAIN = Normalization.constant(2, 0, 1);

  @Test
  void probabilitiesAreTheSoftmaxOfTheLogits() {
    // Logits of a point (x, y): x - y and 2 y, each plus its bias.
    var weights = new TrainedWeights(new float[] {1, 0, -1, 2, 0.5f, -0.5f}, new float[0]);

    List<Guess> guesses = predict(weights, (byte) 51, (byte) 204, 2);

    // Values 0.2 and 0.8: logits -0.1 and 1.1.
    double second = 1 / (1 + Math.exp(1.2));
    assertThat(guesses.get(0).label()).isEqualTo(1);
    assertThat(guesses.get(0).probability()).isEqualTo(1 - second, within(1e-6));
    assertThat(guesses.get(1).label()).isZero();
    assertThat(guesses.get(1).probability()).isEqualTo(second, within(1e-6));
  }

  @Test
  void ofEqualLogitsTheFirstIsGivenAndNoMoreThanAsked() {
    var weights = new TrainedWeights(new float[6], new float[0]);

    assertThat(predict(weights, (byte) 0, (byte) 0, 1)).containsExactly(new Guess(0, 0.5));
    assertThat(predict(weights, (byte) 0, (byte) 0, 9))
        .containsExactly(new Guess(0, 0.5), new Guess(1, 0.5));
  }

  @Test
  void logitsThatAreNotFiniteAreRefused() {
    var weights = new TrainedWeights(new float[] {1, 0, -1, 2, Float.NaN, 0}, new float[0]);

    assertThatThrownBy(() -> predict(weights, (byte) 0, (byte) 0, 1))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void guessesAreThoseOfAnEvaluation() {
    TrainingData data = Toys.rows(100, 20);
    NetworkSpec spec = Toys.convolutions();
    ImageDataset images = data.images();
    int[] all = IntStream.range(0, images.size()).toArray();
    TrainedWeights weights = someWeights(spec);
    EvaluationResult expected =
        Evaluation.standard().evaluate(spec, weights, images, all, data.normalization());

    List<List<Guess>> guesses;
    try (Predictor predictor = new Predictor(spec, weights, data.normalization(), 255)) {
      guesses = predictor.predict(IntStream.of(all).mapToObj(images::image).toList(), 3);
    }

    List<EvaluationResult.Mistake> mistakes = new ArrayList<>();
    for (int i : all) {
      Guess first = guesses.get(i).get(0);
      if (first.label() != images.label(i)) {
        mistakes.add(
            new EvaluationResult.Mistake(i, images.label(i), first.label(), first.probability()));
      }
      assertThat(guesses.get(i).stream().mapToDouble(Guess::probability).sum())
          .isEqualTo(1, within(1e-12));
    }
    assertThat(1 - mistakes.size() / 120.0).isEqualTo(expected.accuracy(), within(1e-12));
    assertThat(expected.mistakes()).isNotEmpty().allMatch(mistakes::contains);
  }

  private static TrainedWeights someWeights(NetworkSpec spec) {
    try (ParameterSet set = ParameterSet.allocate(spec)) {
      float[] values = new float[set.values().length];
      float[] buffers = new float[set.buffers().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) StrictMath.sin(1.7 * i);
      }
      Arrays.fill(buffers, 0.5f);
      return new TrainedWeights(values, buffers);
    }
  }

  private static List<Guess> predict(TrainedWeights weights, byte x, byte y, int top) {
    try (Predictor predictor = new Predictor(Toys.regression(), weights, PLAIN, 255)) {
      return predictor.predict(List.of(new byte[] {x, y}), top).get(0);
    }
  }
}
