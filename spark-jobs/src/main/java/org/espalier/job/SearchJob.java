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
import org.espalier.report.Report;
import org.espalier.run.Checkpoint;
import org.espalier.run.RunDirectory;
import org.espalier.run.RunResult;
import org.espalier.search.FoundNetwork;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.Search;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.WorkItem;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.Groups;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.Positions;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.spark.ExecutorSetup;
import org.espalier.spark.MemoryPlan;
import org.espalier.spark.SparkCluster;
import org.espalier.spark.SparkRounds;
import org.espalier.spark.SparkSettings;
import org.espalier.spark.SparkVersions;
import org.espalier.storage.Hashes;
import org.espalier.training.EvaluationResult;
import org.espalier.training.TrainedWeights;

/** Searches a network on Spark, then evaluates, exports, proves and reports what was found. */
public final class SearchJob implements Job {
  private static final String POSITION = "search.espalier";
  private static final int WARM_THINGS = 8;

  private final SearchSettings settings;
  private final String command;
  private final SparkCluster cluster;
  private final ChosenMethod<?> method;
  private final NamedData data;
  private final Search<?, ?, ?, ?> search;

  /**
   * Reads the data and sets up the search; writes nothing and starts no executor.
   *
   * @param settings of the search
   * @param command as the person called it, for the report
   * @param cluster where it runs
   * @throws org.espalier.text.InputException if data and settings cannot be used together
   */
  public SearchJob(SearchSettings settings, String command, SparkCluster cluster) {
    this.settings = settings;
    this.cluster = cluster;
    this.command = command;
    SparkRounds.check();
    method = settings.chosen();
    data = NamedData.open(settings.namedData(), method.settings().split());
    search = method.search(data.fingerprints());
    for (JobData each : data.sets()) {
      Prerequisites.ofExport(settings.export(), each.data().images().shape());
    }
  }

  @Override
  public List<String> plan() {
    return plan(search);
  }

  private <S> List<String> plan(Search<S, ?, ?, ?> plannable) {
    S start = plannable.start(context());
    Progress progress = plannable.progress(start);
    RoundBytes largest = plannable.largestRound(start);
    MemoryPlan memory = memory(largest);
    memory.check();
    List<String> lines = new ArrayList<>();
    data.describe().forEach(line -> lines.add("data      " + line));
    Collections.addAll(
        lines,
        "search    %s, seed %s".formatted(method.describe(), settings.seed()),
        "work      %s as far as it is known; %s in the first round"
            .formatted(
                Amounts.work(progress.workPlanned()),
                Amounts.count(plannable.plan(start).size()) + " items"),
        "traffic   at most %s to and %s from executors a round, %s groups"
            .formatted(
                Amounts.bytes(largest.view() + largest.items()),
                Amounts.bytes(
                    largest.results() + Groups.results(settings.groups()) * largest.sums()),
                settings.groups()));
    lines.addAll(memory.lines());
    return lines;
  }

  @Override
  public JobSummary perform(RunDirectory run, JobConsole console, InstantSource clock) {
    Instant started = clock.instant();
    Found found = search(search, run, console, clock);
    Discovery.check(found.result());
    List<SearchOutcome.Judged> judged = new ArrayList<>();
    for (FoundNetwork each : found.result().networks()) {
      judged.add(judge(each));
    }
    List<SearchOutcome.Exported> exported = new ArrayList<>();
    for (FoundNetwork best : found.result().best()) {
      exported.add(export(judged.get(found.result().networks().indexOf(best))));
    }
    found.result().artefacts().forEach(each -> run.artefact(each.name(), ArtefactFiles.of(each)));
    Duration wall = Duration.between(started, clock.instant());
    SearchOutcome outcome = new SearchOutcome(settings, command, data, found, judged, exported);
    outcome.first().ifPresent(each -> run.model(each.model().files()));
    outcome.others().forEach((name, each) -> run.artefact(name, each.model().files()));
    RoundTimes times = RoundTimes.of(run.events());
    RunResult result = outcome.toRunResult(wall, times);
    run.candidates(CandidateFiles.jsonLines(found.result().candidates()));
    SearchReport report =
        new SearchReport(outcome, times, circumstances(found.platform(), clock.instant()));
    run.finish(result, report.html(result.toJson()));
    return outcome.summary(times);
  }

  private SearchOutcome.Exported export(SearchOutcome.Judged best) {
    ModelFiles.Exported model =
        ModelFiles.export(best.network(), data.named(best.found().data()), settings.export());
    return new SearchOutcome.Exported(best, model);
  }

  private <S, V, W extends WorkItem, R> Found search(
      Search<S, V, W, R> searched, RunDirectory run, JobConsole console, InstantSource clock) {
    CheckpointPace<S> checkpoints =
        new CheckpointPace<>(
            position -> {
              run.checkpoint(checkpoint(searched, position));
              run.page(page(searched, position, clock.instant()));
            },
            Duration.ofSeconds(settings.checkpointSeconds()),
            clock);
    S start = searched.start(context());
    Position<S> from =
        run.resumed()
            .map(checkpoint -> position(searched, checkpoint))
            .orElseGet(() -> Position.start(start));
    if (searched.finished(from.state())) {
      return found(searched, from);
    }
    String folder = run.dataFolder();
    data.pack(run);
    ExecutorSetup setup = method.setup(data.fingerprints(), folder);
    try (SparkRounds rounds =
        SparkRounds.open(spark(searched.largestRound(start)), setup, console::say)) {
      SearchDriver<S, V, W, R> driver =
          new SearchDriver<>(
              searched,
              rounds,
              new DriverSettings(settings.groups(), settings.reproducible()),
              new SearchProgress<>(searched, run, console, checkpoints));
      console.onStop(driver::stop);
      Position<S> end = checkpoints.during(() -> driver.run(from));
      if (!searched.finished(end.state())) {
        throw new StoppedException("stopped after round " + end.round());
      }
      return found(searched, end);
    }
  }

  /** The report of a run that goes on. */
  private <S> String page(Search<S, ?, ?, ?> searched, Position<S> position, Instant now) {
    return new LivePage(
            SearchReport.title(settings, data),
            searched.progress(position.state()),
            circumstances(position.platform(), now))
        .html(
            List.of(
                new Report.Chapter("Search so far", searched.soFar(position.state())),
                ReportParts.origin(
                    data,
                    command,
                    SettingsWriter.toYaml(settings),
                    circumstances(position.platform(), now))));
  }

  private Circumstances circumstances(String platform, Instant now) {
    String spark = "%s, master %s".formatted(SparkVersions.own(), cluster.master());
    return new Circumstances(Build.here(), Optional.of(spark), platform, now);
  }

  @Override
  public void close() {}

  private SparkSettings spark(RoundBytes largest) {
    return new SparkSettings(
        "espalier " + command,
        memory(largest),
        settings.startSeconds(),
        SparkSettings.resultBytes(largest, settings.groups()),
        WARM_THINGS);
  }

  private MemoryPlan memory(RoundBytes largest) {
    return MemoryPlan.of(
        cluster, largest, settings.groups(), data.heapBytes(), Runtime.getRuntime().maxMemory());
  }

  private SearchOutcome.Judged judge(FoundNetwork found) {
    JobData own = data.named(found.data());
    FinalNetwork network =
        new FinalNetwork(
            found.spec(),
            new TrainedWeights(found.values().toArray(), found.buffers().toArray()),
            own.normalization(),
            own.data().images().maxValue());
    EvaluationResult test =
        settings
            .evaluation()
            .evaluate(
                network.spec(),
                network.weights(),
                own.data().images(),
                own.split().test(),
                own.normalization());
    return new SearchOutcome.Judged(found, network, test);
  }

  private SearchContext context() {
    return new SearchContext(settings.seed(), data.loader());
  }

  /**
   * What a search came back with.
   *
   * @param result of it
   * @param platform numeric platform of its executors
   * @param state SHA-256 of its final state
   */
  record Found(SearchResult result, String platform, String state) {}

  private static <S> Found found(Search<S, ?, ?, ?> searched, Position<S> end) {
    String state = Hashes.hex(searched.codecs().state().encode(end.state()));
    return new Found(searched.result(end.state()), end.platform(), state);
  }

  private <S> Map<String, byte[]> checkpoint(Search<S, ?, ?, ?> searched, Position<S> position) {
    byte[] bytes = Positions.archive(position, searched.codecs().state()).toBytes();
    return Map.of(POSITION, bytes, Origin.FILE, Origin.of(data, "").toJson());
  }

  private <S> Position<S> position(Search<S, ?, ?, ?> searched, Checkpoint checkpoint) {
    Origin.of(data, "").check(checkpoint);
    return Positions.read(checkpoint.archive(POSITION), searched.codecs().state());
  }
}
