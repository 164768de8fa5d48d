package org.espalier.job;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.espalier.report.Chart;
import org.espalier.report.Section;
import org.espalier.training.EpochFigures;
import org.espalier.training.Score;

/**
 * The curves of one training, epoch by epoch.
 *
 * @param history its epochs so far
 */
record TrainCurves(List<EpochFigures> history) {
  TrainCurves {
    history = List.copyOf(history);
  }

  List<Section> sections() {
    return List.of(
        new Chart(
            "Loss",
            "epoch",
            "nats an image",
            List.of(
                line("training", figures -> figures.training().loss()),
                line("validation", validation(Score::loss)))),
        new Chart(
            "Accuracy",
            "epoch",
            "percent",
            List.of(
                line("training", figures -> 100 * figures.training().accuracy()),
                line("validation", validation(score -> 100 * score.accuracy())))),
        new Chart(
            "Learning rate",
            "epoch",
            "at the epoch's end",
            List.of(line("learning rate", EpochFigures::learningRate))));
  }

  private Chart.Line line(String name, ToDoubleFunction<EpochFigures> value) {
    return new Chart.Line(
        name,
        history.stream()
            .map(figures -> new Chart.Point(figures.epoch(), value.applyAsDouble(figures)))
            .toList(),
        Chart.Style.CURVE);
  }

  // Without a validation part there is no number, and a point without one is not drawn.
  private static ToDoubleFunction<EpochFigures> validation(ToDoubleFunction<Score> value) {
    return figures -> figures.validation().map(value::applyAsDouble).orElse(Double.NaN);
  }
}
