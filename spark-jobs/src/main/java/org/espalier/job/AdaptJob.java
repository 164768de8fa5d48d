package org.espalier.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.cost.NetworkCost;
import org.espalier.data.ImageDataset;
import org.espalier.meta.Adapter;
import org.espalier.meta.DomainFacts;
import org.espalier.run.RunDirectory;
import org.espalier.run.RunResult;
import org.espalier.search.method.SearchData;
import org.espalier.task.Support;
import org.espalier.task.Task;
import org.espalier.tensor.NativeRuntime;
import org.espalier.tensor.Seeds;
import org.espalier.training.EpochFigures;
import org.espalier.training.EvaluationResult;
import org.espalier.training.PlannedWork;
import org.espalier.training.StepFigures;
import org.espalier.training.TrainedWeights;
import org.espalier.training.Trainer;
import org.espalier.training.TrainingData;
import org.espalier.training.TrainingListener;
import org.espalier.training.TrainingOutcome;
import org.espalier.training.TrainingSettings;
import org.espalier.training.TrainingState;

/**
 * Makes a network for a new task by what meta search has learned: picks, adapts, fine-tunes,
 * compares with the same network from scratch, exports with proof, reports.
 */
public final class AdaptJob implements Job {
  /** That makes such runs. */
  static final String COMMAND = "adapt";

  private static final long SUPPORT = 1;
  private static final long PICK = 2;
  private static final long TUNE = 3;
  private static final long SCRATCH = 4;

  private final AdaptSettings settings;
  private final StoredMetaModel model;
  private final NamedData named;
  private final JobData data;
  private final DomainFacts family;
  private final Budget budget;
  private final Adapter adapter;
  private final Task task;
  private final Adapter.Pick pick;
  private final NetworkCost cost;
  private final Trainer tuning;
  private final Trainer scratch;

  /**
   * Reads model and data and picks the network; writes nothing.
   *
   * @throws org.espalier.text.InputException if model, data and settings cannot be used together
   * @throws org.espalier.cost.InfeasibleBudgetException if no network of the model is within the
   *     budget
   * @throws org.espalier.spark.InsufficientMemoryException if there is no memory for it
   */
  public AdaptJob(AdaptSettings settings) {
    this.settings = settings;
    model = StoredMetaModel.open(settings.model());
    named = NamedData.open(Map.of(SearchData.ONLY, settings.data()), settings.split());
    data = named.named(SearchData.ONLY);
    ImageDataset images = data.data().images();
    family = model.model().family(settings.family(), images.shape());
    budget = settings.budget() == null ? model.model().budget(family) : settings.budget();
    adapter = new Adapter(model.model(), images.shape(), data.classes(), budget);
    Prerequisites.ofExport(settings.export(), images.shape());
    task =
        Support.draw(
            images,
            data.split().train(),
            data.normalization(),
            Math.min(settings.shots(), Math.max(1, AdaptSettings.MOST_SHOTS / data.classes())),
            Seeds.generator(settings.seed(), SUPPORT));
    pick = adapter.pick(task, Seeds.mix(settings.seed(), PICK));
    cost = NetworkCost.of(pick.spec());
    Prerequisites.ofTraining(cost, memory(), data.heapBytes());
    TrainingData learned = TrainingData.of(data.data(), data.split());
    TrainingSettings training = settings.training();
    int epochs = epochs(training.batchSize());
    tuning =
        new Trainer(
            pick.spec(), training.withEpochs(epochs), learned, Seeds.mix(settings.seed(), TUNE));
    int more = Math.toIntExact(-Math.floorDiv(-adapter.work(pick, task), work(tuning) / epochs));
    scratch =
        new Trainer(
            pick.spec(),
            training.withEpochs(epochs + more),
            learned,
            Seeds.mix(settings.seed(), SCRATCH));
  }

  /** As many as are wanted, or as the work allows. */
  private int epochs(int batchSize) {
    int wanted = settings.training().epochs();
    if (settings.mostWork() == 0) {
      return wanted;
    }
    int images = data.split().train().length;
    int batch = Math.min(batchSize, images);
    long epoch = PlannedWork.training((long) images / batch * batch, cost.macs());
    return (int) Math.max(1, Math.min(wanted, settings.mostWork() / epoch));
  }

  private long work(Trainer trainer) {
    long images = Math.multiplyExact(trainer.totalSteps(), (long) trainer.batchSize());
    return PlannedWork.training(images, cost.macs());
  }

  @Override
  public List<String> plan() {
    List<String> lines = new ArrayList<>();
    named.describe().forEach(line -> lines.add("data      " + line));
    Collections.addAll(
        lines,
        "model     %s: families %s".formatted(settings.model(), model.model().describe()),
        "family    %s, within %s".formatted(family.name(), budget.describe()),
        "network   %s: %s MACs an image, %s parameters, %s"
            .formatted(
                pick.description(),
                Amounts.count(cost.macs()),
                Amounts.count(cost.parameters()),
                Amounts.bytes(cost.bytes())),
        "adapting  to %s training images, then %s steps of %s images; from scratch %s steps; seed %s"
            .formatted(
                task.support().count(),
                tuning.totalSteps(),
                tuning.batchSize(),
                scratch.totalSteps(),
                settings.seed()),
        "work      %s, and %s from scratch"
            .formatted(
                Amounts.work(PlannedWork.sum(adapter.work(pick, task), work(tuning))),
                Amounts.work(work(scratch))),
        "memory    about %s beside the heap".formatted(Amounts.bytes(memory())));
    return lines;
  }

  @Override
  public JobSummary perform(RunDirectory run, JobConsole console, InstantSource clock) {
    Instant started = clock.instant();
    List<AdaptResult.Candidate> made = new ArrayList<>(adapted(console));
    AdaptResult.Candidate kept = AdaptResult.better(made);
    fromScratch(console).ifPresent(made::add);
    console.progress(1, "trained");
    ModelFiles.Exported exported = ModelFiles.export(kept.network(), data, settings.export());
    run.model(exported.files());
    AdaptResult result =
        new AdaptResult(
            settings,
            data,
            new AdaptResult.Chosen(
                model.model(), model.fingerprint(), family, budget, pick, task.support().count()),
            made,
            kept,
            exported);
    RunResult told = result.toRunResult(Duration.between(started, clock.instant()));
    Circumstances here = Circumstances.here(NativeRuntime.describe().line(), clock.instant());
    run.finish(told, result.report(told.toJson(), here));
    return result.summary();
  }

  /** After adaptation alone and, unless that ran away, after fine-tuning. */
  private List<AdaptResult.Candidate> adapted(JobConsole console) {
    console.progress(0, "adapting");
    TrainedWeights adapted = tuning.withStatistics(adapter.adapt(pick, task).toArray());
    long work = adapter.work(pick, task);
    List<AdaptResult.Candidate> made = new ArrayList<>();
    made.add(candidate(AdaptResult.ADAPTED, adapted, work, List.of()));
    train(tuning, tuning.startFrom(adapted, 0), new Watching(console, "fine-tuning", 0, steps()))
        .ifPresent(
            state ->
                made.add(
                    candidate(
                        AdaptResult.TUNED,
                        tuning.result(state),
                        PlannedWork.sum(work, work(tuning)),
                        state.history())));
    return made;
  }

  private Optional<AdaptResult.Candidate> fromScratch(JobConsole console) {
    Watching watching = new Watching(console, "from scratch", tuning.totalSteps(), steps());
    return train(scratch, scratch.start(), watching)
        .map(
            state ->
                candidate(
                    AdaptResult.SCRATCH, scratch.result(state), work(scratch), state.history()));
  }

  private double steps() {
    return tuning.totalSteps() + scratch.totalSteps();
  }

  /** Empty if the training ran away: there is another network to hand over, or to compare with. */
  private static Optional<TrainingState> train(
      Trainer trainer, TrainingState from, Watching watching) {
    TrainingOutcome outcome = trainer.run(from, watching);
    if (outcome instanceof TrainingOutcome.Paused) {
      throw new StoppedException("stopped while " + watching.what);
    }
    return outcome instanceof TrainingOutcome.Finished finished
        ? Optional.of(finished.state())
        : Optional.empty();
  }

  private AdaptResult.Candidate candidate(
      String role, TrainedWeights weights, long work, List<EpochFigures> history) {
    FinalNetwork network =
        new FinalNetwork(
            pick.spec(), weights, data.normalization(), data.data().images().maxValue());
    int[] validation = data.split().validation();
    return new AdaptResult.Candidate(
        role,
        network,
        validation.length == 0
            ? Optional.empty()
            : Optional.of(evaluate(network, validation).accuracy()),
        evaluate(network, data.split().test()),
        work,
        history);
  }

  private EvaluationResult evaluate(FinalNetwork network, int... examples) {
    return settings
        .evaluation()
        .evaluate(
            network.spec(),
            network.weights(),
            data.data().images(),
            examples,
            data.normalization());
  }

  /** Shows one of two trainings, and pauses it when the person wants an end. */
  private static final class Watching implements TrainingListener {
    private final JobConsole console;
    private final String what;
    private final double before;
    private final double all;
    private String latest = "";

    Watching(JobConsole console, String what, double before, double all) {
      this.console = console;
      this.what = what;
      this.before = before;
      this.all = all;
    }

    @Override
    public void step(StepFigures figures) {
      console.progress((before + figures.step()) / all, what + latest);
    }

    @Override
    public void epoch(EpochFigures figures) {
      figures
          .validation()
          .ifPresent(score -> latest = ", validation " + Amounts.percent(score.accuracy()));
    }

    @Override
    public boolean pause() {
      return console.stopRequested();
    }
  }

  // Values, gradients, moments and average, twice; features of a batch, kept for the backward pass.
  private long memory() {
    long activations = cost.layers().stream().mapToLong(layer -> layer.activationBytes()).sum();
    int batch = Math.min(settings.training().batchSize(), data.split().train().length);
    int judged = Math.min(settings.evaluation().batchSize(), data.split().test().length);
    long learned = 2L * Math.max(2 * batch, task.support().count()) * activations;
    return 10 * cost.bytes() + Math.max(learned, judged * cost.peakActivationBytes());
  }

  @Override
  public void close() {
    tuning.close();
    scratch.close();
  }
}
