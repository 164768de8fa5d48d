package org.espalier.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.run.RunDirectory;
import org.espalier.training.EpochFigures;
import org.espalier.training.StepFigures;
import org.espalier.training.TrainingListener;

/** Shows a training to the person, writes its epochs down, and pauses it for checkpoints. */
final class TrainProgress implements TrainingListener {
  private final RunDirectory run;
  private final JobConsole console;
  private final long totalSteps;
  private final InstantSource clock;
  private Instant pause = Instant.MAX;
  private String latest = "";
  private long step;

  TrainProgress(RunDirectory run, JobConsole console, long totalSteps, InstantSource clock) {
    this.run = run;
    this.console = console;
    this.totalSteps = totalSteps;
    this.clock = clock;
  }

  void pauseAfter(Duration duration) {
    pause = clock.instant().plus(duration);
  }

  @Override
  public void step(StepFigures figures) {
    step = figures.step();
    console.progress((double) figures.step() / totalSteps, "epoch " + figures.epoch() + latest);
  }

  @Override
  public void epoch(EpochFigures figures) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "epoch");
    event.put("epoch", figures.epoch());
    event.put("nextPhase", "epoch %s done".formatted(figures.epoch()));
    event.put("shareDone", (double) step / totalSteps);
    event.put("learningRate", figures.learningRate());
    event.put("trainingLoss", figures.training().loss());
    event.put("trainingAccuracy", figures.training().accuracy());
    figures
        .validation()
        .ifPresent(
            score -> {
              event.put("validationLoss", score.loss());
              event.put("validationAccuracy", score.accuracy());
              latest = ", validation " + Amounts.percent(score.accuracy());
            });
    run.event(event);
  }

  @Override
  public boolean pause() {
    return console.stopRequested() || !clock.instant().isBefore(pause);
  }
}
