package org.espalier.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.config.SettingsWriter;
import org.espalier.cost.NetworkCost;
import org.espalier.network.NetworkSpec;
import org.espalier.report.Report;
import org.espalier.run.RunDirectory;
import org.espalier.run.RunResult;
import org.espalier.search.Progress;
import org.espalier.search.method.SearchData;
import org.espalier.tensor.NativeRuntime;
import org.espalier.training.EvaluationResult;
import org.espalier.training.PlannedWork;
import org.espalier.training.Trainer;
import org.espalier.training.TrainingData;
import org.espalier.training.TrainingOutcome;
import org.espalier.training.TrainingState;
import org.espalier.training.TrainingStates;

/** Trains one network: data, training, evaluation, export with proof, report. */
public final class TrainJob implements Job {
  private static final String STATE = "training.espalier";

  private final TrainSettings settings;
  private final NamedData named;
  private final JobData data;
  private final NetworkSpec spec;
  private final NetworkCost cost;
  private final Trainer trainer;

  /**
   * Reads the data and builds network and trainer; writes nothing.
   *
   * @throws org.espalier.text.InputException if data, network and settings cannot be used together
   * @throws org.espalier.spark.InsufficientMemoryException if there is no memory for it
   */
  public TrainJob(TrainSettings settings) {
    this.settings = settings;
    named = NamedData.open(Map.of(SearchData.ONLY, settings.data()), settings.split());
    data = named.named(SearchData.ONLY);
    spec = settings.network().build(data.data().images().shape(), data.classes());
    cost = NetworkCost.of(spec);
    Prerequisites.ofTraining(cost, memory(), data.heapBytes());
    Prerequisites.ofExport(settings.export(), data.data().images().shape());
    trainer =
        new Trainer(
            spec, settings.training(), TrainingData.of(data.data(), data.split()), settings.seed());
  }

  @Override
  public List<String> plan() {
    List<String> lines = new ArrayList<>();
    named.describe().forEach(line -> lines.add("data      " + line));
    Collections.addAll(
        lines,
        "network   %s: %s MACs an image, %s parameters, %s"
            .formatted(
                spec.name(),
                Amounts.count(cost.macs()),
                Amounts.count(cost.parameters()),
                Amounts.bytes(cost.bytes())),
        "training  at most %s epochs of %s steps of %s images, seed %s"
            .formatted(
                settings.training().epochs(),
                trainer.stepsPerEpoch(),
                trainer.batchSize(),
                settings.seed()),
        "work      " + Amounts.work(work()),
        "memory    about %s beside the heap".formatted(Amounts.bytes(memory())));
    return lines;
  }

  @Override
  public JobSummary perform(RunDirectory run, JobConsole console, InstantSource clock) {
    Instant started = clock.instant();
    TrainingState state = resume(run).orElseGet(trainer::start);
    TrainProgress progress = new TrainProgress(run, console, trainer.totalSteps(), clock);
    boolean finished = false;
    while (!finished) {
      progress.pauseAfter(Duration.ofSeconds(settings.checkpointSeconds()));
      TrainingOutcome outcome = trainer.run(state, progress);
      state = outcome.state();
      finished = outcome instanceof TrainingOutcome.Finished;
      run.checkpoint(checkpoint(state));
      run.page(page(state, clock.instant()));
      if (!finished && console.stopRequested()) {
        throw new StoppedException(
            "stopped after step %s of %s".formatted(state.step(), trainer.totalSteps()));
      }
    }
    console.progress(1, "trained");
    FinalNetwork network =
        new FinalNetwork(
            spec, trainer.result(state), data.normalization(), data.data().images().maxValue());
    EvaluationResult test =
        settings
            .evaluation()
            .evaluate(
                spec,
                network.weights(),
                data.data().images(),
                data.split().test(),
                data.normalization());
    ModelFiles.Exported exported = ModelFiles.export(network, data, settings.export());
    run.model(exported.files());
    Duration wall = Duration.between(started, clock.instant());
    TrainResult result = new TrainResult(settings, data, network, state.history(), test, exported);
    RunResult told = result.toRunResult(work(), wall);
    run.finish(told, result.report(work(), told.toJson(), circumstances(clock.instant())));
    return result.summary();
  }

  /** The report of a run that goes on. */
  private String page(TrainingState state, Instant now) {
    long done = Math.round((double) work() * state.step() / trainer.totalSteps());
    Progress progress =
        new Progress(
            "epoch %s of at most %s"
                .formatted(
                    Math.min(state.history().size() + 1, settings.training().epochs()),
                    settings.training().epochs()),
            done,
            work(),
            List.of());
    return new LivePage(TrainResult.title(settings, spec), progress, circumstances(now))
        .html(
            List.of(
                new Report.Chapter("Training", new TrainCurves(state.history()).sections()),
                ReportParts.origin(
                    NamedData.of(data),
                    "train",
                    SettingsWriter.toYaml(settings),
                    circumstances(now))));
  }

  private static Circumstances circumstances(Instant now) {
    return Circumstances.here(NativeRuntime.describe().line(), now);
  }

  private Optional<TrainingState> resume(RunDirectory run) {
    return run.resumed()
        .map(
            checkpoint -> {
              origin().check(checkpoint);
              return TrainingStates.read(checkpoint.archive(STATE));
            });
  }

  private Map<String, byte[]> checkpoint(TrainingState state) {
    byte[] bytes = TrainingStates.archive(state).toBytes();
    return Map.of(STATE, bytes, Origin.FILE, origin().toJson());
  }

  private Origin origin() {
    return Origin.of(named, settings.reproducible() ? NativeRuntime.describe().line() : "");
  }

  private long work() {
    long images = Math.multiplyExact(trainer.totalSteps(), (long) trainer.batchSize());
    return PlannedWork.training(images, cost.macs());
  }

  // Values, gradients, moments and average; features of a batch, kept for the backward pass.
  private long memory() {
    long activations = cost.layers().stream().mapToLong(layer -> layer.activationBytes()).sum();
    int batch = Math.min(settings.training().batchSize(), data.split().train().length);
    int judged = Math.min(settings.evaluation().batchSize(), data.split().test().length);
    return 5 * cost.bytes()
        + Math.max(2L * batch * activations, judged * cost.peakActivationBytes());
  }

  @Override
  public void close() {
    trainer.close();
  }
}
