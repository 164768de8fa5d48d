package org.espalier.job;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.run.RunDirectory;
import org.espalier.search.Progress;
import org.espalier.search.Search;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.RoundReport;
import org.espalier.search.rounds.SearchListener;

/** Shows a search to the person, writes its rounds down, and has checkpoints made of them. */
final class SearchProgress<S> implements SearchListener<S> {
  private final Search<S, ?, ?, ?> search;
  private final RunDirectory run;
  private final JobConsole console;
  private final CheckpointPace<S> checkpoints;
  private volatile Progress before;

  SearchProgress(
      Search<S, ?, ?, ?> search,
      RunDirectory run,
      JobConsole console,
      CheckpointPace<S> checkpoints) {
    this.search = search;
    this.run = run;
    this.console = console;
    this.checkpoints = checkpoints;
  }

  @Override
  public void roundPlanned(Position<S> position, int items, long plannedCost) {
    before = search.progress(position.state());
    show(before.workDone());
  }

  @Override
  public void groupFinished(int round, long costDone, long plannedCost) {
    show(before.workDone() + costDone);
  }

  @Override
  public void roundFinished(Position<S> after, RoundReport report) {
    Progress progress = search.progress(after.state());
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "round");
    event.put("round", report.round());
    event.put("items", report.items());
    event.put("failures", report.failures());
    event.put("plannedWorkMacs", report.plannedCost());
    event.put("cpuSeconds", report.times().cpuSeconds());
    event.put("itemSeconds", report.times().performSeconds());
    event.put("wallSeconds", report.times().wallSeconds());
    event.put("slots", report.times().slots());
    event.put("bytesOut", report.bytesOut());
    event.put("bytesBack", report.bytesBack());
    event.put("nextPhase", progress.phase());
    event.put("shareDone", progress.share());
    progress.measures().forEach(measure -> event.put(measure.name(), measure.value()));
    run.event(event);
    report.failures().forEach(failure -> console.say("failed: " + failure));
    checkpoints.reached(after, ends(after, progress));
    before = progress;
    show(progress.workDone());
  }

  private boolean ends(Position<S> after, Progress progress) {
    return search.finished(after.state())
        || !progress.phase().equals(before.phase())
        || console.stopRequested();
  }

  private void show(long workDone) {
    double share = before.workPlanned() == 0 ? 0 : (double) workDone / before.workPlanned();
    console.progress(Math.min(1, share), detail(before));
  }

  private static String detail(Progress progress) {
    String measures =
        progress.measures().stream().map(SearchProgress::text).collect(Collectors.joining(", "));
    return measures.isEmpty() ? progress.phase() : progress.phase() + ", " + measures;
  }

  private static String text(Progress.Measure measure) {
    return String.format(Locale.ROOT, "%s %.2f", measure.name(), measure.value());
  }
}
