package org.espalier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.espalier.data.BatchSource;
import org.espalier.data.Normalization;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final TrainingListener NONE = TrainingListener.NONE;

  private static TrainingState trained(TrainingSettings settings, TrainingData data, long seed) {
    try (Trainer trainer = new Trainer(Toys.convolutions(), settings, data, seed)) {
      return trainer.run(trainer.start(), NONE).state();
    }
  }

  private static byte[] bits(TrainingState state) {
    return TrainingStates.archive(state).toBytes();
  }

  @Test
  void aConvexProblemEndsAtTheMinimumThatPlainLoopsFind() {
    TrainingData data = Toys.points(64);

    double[] expected = PlainRegression.minimise(data, 4000, 1.0);
    List<StepFigures> steps = new ArrayList<>();
    TrainingState state;
    try (Trainer trainer =
        new Trainer(Toys.regression(), Toys.descent(400, 64, 1.0, 0.9), data, 1)) {
      TrainedWeights zero = new TrainedWeights(new float[6], new float[0]);
      state = trainer.run(trainer.startFrom(zero, 0), recorder(steps)).state();
    }

    assertThat(steps.get(0).loss()).isEqualTo(Math.log(2), within(1e-6));
    assertThat(steps.get(399).gradientNorm()).isLessThan(1e-4);
    assertThat(steps.get(399).loss())
        .isEqualTo(PlainRegression.loss(data, expected, 0), within(1e-6));
    float[] values = state.weights().values();
    for (int i = 0; i < 6; i++) {
      assertThat((double) values[i]).isEqualTo(expected[i], within(2e-2));
    }
  }

  @Test
  void labelSmoothingSpreadsTheLabel() {
    TrainingData data = Toys.points(16);
    float[] weights = {1, -1, 0.5f, 0.25f, 0.1f, -0.1f};
    Regularisation smoothed = new Regularisation(0.0, 0.3, 0.0, 0.0, 0.0);
    List<StepFigures> steps = new ArrayList<>();

    try (Trainer trainer =
        new Trainer(
            Toys.regression(), Toys.descent(1, 16, 1.0, 0).withRegularisation(smoothed), data, 1)) {
      trainer.run(trainer.startFrom(new TrainedWeights(weights, new float[0]), 0), recorder(steps));
    }

    double[] same = {1, -1, 0.5, 0.25, 0.1, -0.1};
    assertThat(steps.get(0).loss()).isEqualTo(PlainRegression.loss(data, same, 0.3), within(1e-5));
  }

  @Test
  void theAverageFollowsItsFormulaStepByStep() {
    Regularisation averaged = new Regularisation(0.0, 0.0, 0.0, 0.0, 0.5);
    TrainingSettings settings = Toys.descent(2, 8, 0.1, 0.9).withRegularisation(averaged);

    try (Trainer trainer = new Trainer(Toys.convolutions(), settings, Toys.rows(40, 0), 5)) {
      TrainingState state = trainer.start();
      float[] expected = state.weights().values();
      for (int step = 0; step < 10; step++) {
        state = trainer.advance(state, 1, NONE).state();
        double decay = Math.min(0.5, (1.0 + step) / (10.0 + step));
        float[] values = state.weights().values();
        for (int i = 0; i < expected.length; i++) {
          expected[i] = (float) (decay * expected[i] + (1 - decay) * values[i]);
        }
      }

      assertThat(trainer.result(state).values()).containsExactly(expected, within(1e-6f));
    }
  }

  @Test
  void weightsFromElsewhereGetTheStatisticsOfTheseImages() {
    TrainingSettings settings = Toys.descent(20, 8, 0.05, 0.9);
    TrainingData data = Toys.rows(64, 64);
    TrainingState trained = trained(settings, data, 3);
    float[] values = trained.weights().values();

    TrainedWeights fitted;
    try (Trainer trainer = new Trainer(Toys.convolutions(), settings, data, 3)) {
      fitted = trainer.withStatistics(values);
      assertThat(trainer.withStatistics(values).buffers()).containsExactly(fitted.buffers());
      assertThatThrownBy(() -> trainer.withStatistics(new float[3]))
          .hasMessageContaining("has 3 values");
    }

    double own = accuracy(data, trained.weights());
    assertThat(fitted.values()).containsExactly(values);
    assertThat(own).isGreaterThan(0.6);
    assertThat(accuracy(data, fitted)).isGreaterThan(own - 0.1);
  }

  private static double accuracy(TrainingData data, TrainedWeights weights) {
    return Evaluation.standard()
        .evaluate(
            Toys.convolutions(), weights, data.images(), Toys.range(64, 128), data.normalization())
        .accuracy();
  }

  @Test
  void theResultOfAnAverageHasStatisticsThatFitIt() {
    Regularisation averaged = new Regularisation(0.0, 0.0, 0.0, 0.0, 0.99);
    TrainingSettings settings = Toys.descent(3, 8, 0.1, 0.9).withRegularisation(averaged);
    TrainingData data = Toys.rows(40, 16);

    try (Trainer trainer = new Trainer(Toys.convolutions(), settings, data, 5)) {
      TrainingState state = trainer.run(trainer.start(), NONE).state();
      TrainedWeights result = trainer.result(state);

      assertThat(result.buffers()).isNotEqualTo(state.weights().buffers());
      EvaluationResult evaluated =
          Evaluation.standard()
              .evaluate(
                  Toys.convolutions(),
                  result,
                  data.images(),
                  Toys.range(40, 56),
                  data.normalization());
      assertThat(evaluated.score()).isEqualTo(state.history().get(2).validation().orElseThrow());
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
    TrainingSettings settings = TrainingSettings.defaults().withEpochs(2).withBatchSize(8);
    TrainingData data = Toys.rows(40, 10);

    byte[] first = bits(trained(settings, data, 7));

    assertThat(bits(trained(settings, data, 7))).isEqualTo(first);
    assertThat(bits(trained(settings, data, 8))).isNotEqualTo(first);
  }

  @Test
  void pauseStopsAfterTheStepAndLosesNothing() {
    TrainingSettings settings = TrainingSettings.defaults().withEpochs(2).withBatchSize(8);
    TrainingData data = Toys.rows(40, 10);
    byte[] straight = bits(trained(settings, data, 7));

    try (Trainer trainer = new Trainer(Toys.convolutions(), settings, data, 7)) {
      TrainingOutcome outcome = new TrainingOutcome.Paused(trainer.start());
      int pieces = 0;
      while (outcome instanceof TrainingOutcome.Paused paused) {
        outcome = trainer.run(paused.state(), PAUSING);
        pieces++;
      }

      assertThat(pieces).isEqualTo(10);
      assertThat(bits(outcome.state())).isEqualTo(straight);
    }
  }

  private static final TrainingListener PAUSING =
      new TrainingListener() {
        @Override
        public boolean pause() {
          return true;
        }
      };

  @Test
  void earlyStoppingEndsAndKeepsTheBestEpoch() {
    TrainingSettings settings =
        Toys.descent(50, 8, 0.05, 0.9).withEarlyStopping(new EarlyStopping(2, 0.0));
    TrainingData data = Toys.rows(40, 16);

    try (Trainer trainer = new Trainer(Toys.convolutions(), settings, data, 5)) {
      TrainingOutcome outcome = trainer.run(trainer.start(), NONE);

      assertThat(outcome).isInstanceOf(TrainingOutcome.Finished.class);
      List<EpochFigures> history = outcome.state().history();
      int best = outcome.state().bestEpoch().orElseThrow();
      assertThat(history).hasSize(best + 2).hasSizeLessThan(50);
      double record = history.get(best - 1).validation().orElseThrow().accuracy();
      assertThat(history)
          .allMatch(figures -> figures.validation().orElseThrow().accuracy() <= record);
      EvaluationResult result =
          Evaluation.standard()
              .evaluate(
                  Toys.convolutions(),
                  trainer.result(outcome.state()),
                  data.images(),
                  Toys.range(40, 56),
                  data.normalization());
      assertThat(result.accuracy()).isEqualTo(record);
    }
  }

  @Test
  void aRateFarTooLargeDivergesWithAdvice() {
    TrainingSettings settings = Toys.descent(5, 8, 1e30, 0.9);
    TrainingData data = Toys.rows(40, 0);

    try (Trainer trainer = new Trainer(Toys.convolutions(), settings, data, 5)) {
      TrainingOutcome outcome = trainer.run(trainer.start(), NONE);

      assertThat(outcome).isInstanceOf(TrainingOutcome.Diverged.class);
      assertThatThrownBy(outcome::state)
          .isInstanceOf(DivergenceException.class)
          .hasMessageContaining("diverged in epoch 1, step ")
          .hasMessageContaining("learning rate 1.0E30")
          .hasMessageContaining("clipNorm");
    }
  }

  @Test
  void weightsThatTheLastStepBreaksAreADivergence() {
    TrainingSettings settings = Toys.descent(1, 40, 1e300, 0.9);

    try (Trainer trainer = new Trainer(Toys.convolutions(), settings, Toys.rows(40, 0), 5)) {
      TrainingOutcome outcome = trainer.run(trainer.start(), NONE);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              TrainingOutcome.Diverged.class,
              diverged -> {
                assertThat(diverged.divergence().reason())
                    .isEqualTo(Divergence.Reason.WEIGHTS_NOT_FINITE);
                assertThat(diverged.divergence().step()).isEqualTo(1);
              });
    }
  }

  @Test
  void aLossThatStaysFarAboveGuessingIsAnExplosion() {
    TrainingSettings settings = Toys.descent(40, 16, 2000, 0.99);

    try (Trainer trainer = new Trainer(Toys.regression(), settings, Toys.points(64), 5)) {
      TrainingOutcome outcome = trainer.run(trainer.start(), NONE);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              TrainingOutcome.Diverged.class,
              diverged -> {
                assertThat(diverged.divergence().reason())
                    .isEqualTo(Divergence.Reason.LOSS_EXPLODED);
                assertThat(diverged.divergence().loss()).isGreaterThan(10 * Math.log(2));
              });
    }
  }

  @Test
  void aSmallTrainingPartIsOneBatch() {
    try (Trainer trainer =
        new Trainer(Toys.convolutions(), TrainingSettings.defaults(), Toys.rows(20, 0), 1)) {
      assertThat(trainer.batchSize()).isEqualTo(20);
      assertThat(trainer.stepsPerEpoch()).isEqualTo(1);
      assertThat(trainer.totalSteps()).isEqualTo(30);
    }
  }

  @Test
  void figuresOfTheHistorySumUpTheSteps() {
    List<StepFigures> steps = new ArrayList<>();
    try (Trainer trainer =
        new Trainer(Toys.convolutions(), Toys.descent(2, 8, 0.1, 0.9), Toys.rows(40, 0), 1)) {
      List<EpochFigures> history = trainer.run(trainer.start(), recorder(steps)).state().history();

      assertThat(history).extracting(EpochFigures::epoch).containsExactly(1, 2);
      double second =
          steps.subList(5, 10).stream().mapToDouble(StepFigures::loss).average().orElseThrow();
      assertThat(history.get(1).training().loss()).isEqualTo(second, within(1e-12));
      assertThat(history.get(1).validation()).isEmpty();
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    TrainingData data = Toys.rows(40, 0);
    TrainingSettings settings = TrainingSettings.defaults();

    assertThatThrownBy(() -> new Trainer(Toys.regression(), settings, data, 1))
        .hasMessage("network 'regression' takes images [1, 1, 2], the data have [5, 5, 1]");
    assertThatThrownBy(
            () ->
                new Trainer(
                    Toys.convolutions(),
                    settings.withEarlyStopping(new EarlyStopping(1, null)),
                    data,
                    1))
        .hasMessage("early stopping needs a validation part; give one or set patience: 0");
    try (Trainer trainer = new Trainer(Toys.convolutions(), settings, data, 1)) {
      assertThatThrownBy(() -> trainer.startFrom(new TrainedWeights(new float[3], new float[0]), 0))
          .hasMessageStartingWith("the state has 3 values, this training needs ")
          .hasMessageEndingWith("it belongs to another network or settings");
    }
  }

  private static TrainingListener recorder(List<StepFigures> steps) {
    return new TrainingListener() {
      @Override
      public void step(StepFigures figures) {
        steps.add(figures);
      }
    };
  }

  /** Softmax regression by loops in double precision. Values: weights [2, 2], then 2 biases. */
  private static final class PlainRegression {
    static double[] minimise(TrainingData data, int steps, double rate) {
      double[] values = new double[6];
      for (int step = 0; step < steps; step++) {
        double[] gradient = new double[6];
        visit(
            data,
            (x, label) -> {
              double[] p = probabilities(values, x);
              for (int c = 0; c < 2; c++) {
                double error = (p[c] - (c == label ? 1 : 0)) / data.trainingSize();
                gradient[c] += error * x[0];
                gradient[2 + c] += error * x[1];
                gradient[4 + c] += error;
              }
            });
        for (int i = 0; i < 6; i++) {
          values[i] -= rate * gradient[i];
        }
      }
      return values;
    }

    static double loss(TrainingData data, double[] values, double smoothing) {
      double[] sum = new double[1];
      visit(
          data,
          (x, label) -> {
            double[] p = probabilities(values, x);
            for (int c = 0; c < 2; c++) {
              double target = smoothing / 2 + (c == label ? 1 - smoothing : 0);
              sum[0] -= target * Math.log(p[c]);
            }
          });
      return sum[0] / data.trainingSize();
    }

    private static double[] probabilities(double[] values, float[] x) {
      double a = values[0] * x[0] + values[2] * x[1] + values[4];
      double b = values[1] * x[0] + values[3] * x[1] + values[5];
      double p = 1 / (1 + Math.exp(b - a));
      return new double[] {p, 1 - p};
    }

    private static void visit(TrainingData data, Visitor visitor) {
      Normalization normalization = data.normalization();
      int[] all = Toys.range(0, data.trainingSize());
      BatchSource source = new BatchSource(data.images(), all, normalization, all.length);
      var batch = source.inOrder().get(0);
      for (int i = 0; i < batch.size(); i++) {
        float[] x = {batch.images()[2 * i], batch.images()[2 * i + 1]};
        visitor.visit(x, batch.labels()[i]);
      }
    }

    private interface Visitor {
      void visit(float[] x, int label);
    }
  }
}
