package org.espalier.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.espalier.config.ConfigSource;
import org.espalier.config.PathBase;
import org.espalier.config.SettingsReader;
import org.espalier.config.SettingsWriter;
import org.espalier.export.ExportProofException;
import org.espalier.job.AdaptSettings;
import org.espalier.job.ClusterSettings;
import org.espalier.job.Job;
import org.espalier.job.JobSummary;
import org.espalier.job.RunSummary;
import org.espalier.job.SharedFiles;
import org.espalier.job.TrainSettings;
import org.espalier.run.DisjointFolders;
import org.espalier.run.FinishedRun;
import org.espalier.run.OutputPlace;
import org.espalier.run.RunDirectory;
import org.espalier.run.RunIdentity;
import org.espalier.run.StoredRun;
import org.espalier.text.InputException;

/** Starts runs, goes on with them, or says that they are done. */
final class RunStarter {
  private final Surroundings surroundings;
  private final Surroundings people;
  private final RunOptions options;
  private final String command;

  RunStarter(Surroundings surroundings, RunOptions options, String command) {
    this.surroundings = surroundings;
    this.people = options.json().forPeople(surroundings);
    this.options = options;
    this.command = command;
  }

  /**
   * Runs.
   *
   * @param type of the settings
   * @param standard configuration if none is given
   * @param job from settings; reads data, writes nothing
   */
  <T extends Record> int start(
      Class<T> type, Optional<ConfigSource> standard, Function<T, Job> job) {
    ConfigSource source =
        options
            .config()
            .or(() -> standard)
            .orElseThrow(
                () ->
                    new InputException(
                        "--config FILE is missing; see conf/ for commented examples"));
    Map<String, String> overrides = new HashMap<>();
    options.seed().ifPresent(seed -> overrides.put("seed", seed.toString()));
    T given = Configurations.read(source, type, overrides);
    String output = options.output().orElseGet(() -> defaultOutput(source));
    if (output.isBlank()) {
      throw new InputException("--output names no folder");
    }
    if (!options.printCommand()) {
      OutputPlace.check(output);
    }
    // A run that is there is gone on with from any folder.
    PathBase base =
        (options.fresh() || options.printCommand()
                ? Optional.<String>empty()
                : StoredRun.config(output))
            .map(PathBase::of)
            .orElseGet(PathBase::here);
    T settings = SettingsReader.read(source, type, overrides, base);
    String line = settings.equals(given) ? "" : base.line();
    RunIdentity identity = new RunIdentity(command, line + SettingsWriter.toYaml(given));
    checkPlace(given, output);
    dataPaths(settings).forEach((key, path) -> DisjointFolders.check(output, key, path));
    if (!options.fresh() && !options.printCommand()) {
      Optional<FinishedRun> finished = FinishedRun.at(output, identity);
      if (finished.isPresent()) {
        return done(output, RunSummary.of(finished.get()));
      }
    }
    Submitter submitter = new Submitter(surroundings, options);
    if (settings instanceof ClusterSettings && submitter.wanted()) {
      return submitter.submit(options.arguments(), options.config(), output);
    }
    try (Job made = job.apply(settings)) {
      return perform(made, output, identity);
    }
  }

  private void checkPlace(Object settings, String output) {
    if (settings instanceof ClusterSettings onCluster) {
      SharedFiles.check(options.cluster(), onCluster, output);
    }
  }

  private static Map<String, String> dataPaths(Record settings) {
    if (settings instanceof TrainSettings training) {
      return Map.of("data.path", training.data().path());
    }
    if (settings instanceof AdaptSettings adapting) {
      return Map.of("data.path", adapting.data().path(), "model", adapting.model());
    }
    Map<String, String> paths = new TreeMap<>();
    if (settings instanceof ClusterSettings onCluster) {
      onCluster
          .namedData()
          .forEach((name, data) -> paths.put(onCluster.keyOf(name) + ".path", data.path()));
    }
    return paths;
  }

  private int perform(Job job, String output, RunIdentity identity) {
    PrintWriter out = people.out();
    List<String> plan = job.plan();
    plan.forEach(out::println);
    if (options.dryRun()) {
      out.println("output    " + output + " (nothing was written)");
      options.json().print(surroundings, () -> planned(output, plan));
      return ExitCode.DONE;
    }
    JobSummary summary;
    String location;
    try (RunDirectory run = RunDirectory.open(output, identity, options.fresh(), this::wait);
        Terminal terminal = new Terminal(people)) {
      out.println("output    " + run.location().replaceFirst("^file:", ""));
      List<String> notes = run.notes();
      notes.forEach(note -> out.println("          " + note));
      out.flush();
      summary = job.perform(run, terminal, surroundings.clock());
      run.notes().stream().skip(notes.size()).forEach(terminal::say);
      summary.lines().forEach(terminal::say);
      terminal.say("report: " + report(run.location()));
      location = run.location();
    }
    options
        .json()
        .print(
            surroundings,
            () -> RunSummary.of(FinishedRun.at(output, identity).orElseThrow()).json());
    if (!summary.problems().isEmpty()) {
      throw unproved(location, summary.problems());
    }
    return ExitCode.DONE;
  }

  private Map<String, Object> planned(String output, List<String> plan) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("command", command);
    summary.put("run", output);
    summary.put("plan", plan);
    return summary;
  }

  private void wait(String why) {
    people.out().println("wait      " + why);
    people.out().flush();
  }

  private int done(String output, RunSummary summary) {
    if (summary.problems().isEmpty()) {
      people.out().printf("done: %s is complete, fingerprint %s%n", output, summary.fingerprint());
      people.out().println("report: " + report(output) + "; --fresh would begin anew");
    }
    options.json().print(surroundings, summary::json);
    if (!summary.problems().isEmpty()) {
      throw unproved(output, summary.problems());
    }
    return ExitCode.DONE;
  }

  private static ExportProofException unproved(String location, List<String> problems) {
    return new ExportProofException(
        "%s; everything else is done: the trained network is in %s/model, and 'espalier export' tries again"
            .formatted(String.join("; ", problems), location.replaceFirst("^file:", "")));
  }

  private String defaultOutput(ConfigSource source) {
    Path file = Path.of(source.name()).getFileName();
    String name = String.valueOf(file).replaceFirst("\\.ya?ml$", "");
    return "runs/" + name + options.seed().map(seed -> "-seed" + seed).orElse("");
  }

  private static String report(String location) {
    return location.replaceFirst("^file:", "") + "/report.html";
  }
}
