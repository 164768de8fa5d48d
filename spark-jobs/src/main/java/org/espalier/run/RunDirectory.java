package org.espalier.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A run on disk, held by this process: {@code config.yaml}, {@code events/}, {@code checkpoints/},
 * {@code model/}, {@code artefacts/}, {@code candidates.jsonl}, {@code result.json}, {@code
 * report.html}, which before the end says how far the run is, and {@code _SUCCESS} at the very end.
 *
 * <p>Opening a folder that holds the same run, unfinished, goes on from its newest complete
 * checkpoint. Another run in the folder is refused unless it is to be replaced.
 */
public final class RunDirectory implements AutoCloseable {
  static final String CONFIG = "config.yaml";
  static final String MODEL = "model";
  static final String ARTEFACTS = "artefacts";
  static final String RESULT = "result.json";
  private static final String REPORT = "report.html";
  private static final String CANDIDATES = "candidates.jsonl";
  static final String SUCCESS = "_SUCCESS";
  private static final String DATA = "data";
  private static final Set<String> OWN =
      Set.of(
          CONFIG,
          DriverExit.PREFIX,
          EventLog.FOLDER,
          Checkpoints.FOLDER,
          Lease.FOLDER,
          MODEL,
          ARTEFACTS,
          RESULT,
          REPORT,
          CANDIDATES,
          SUCCESS,
          DATA);

  private final RunFiles files;
  private final Lease lease;
  private final Checkpoints checkpoints;
  private final EventLog events;
  private final List<String> notes;
  private final Optional<Checkpoint> found;
  private int newest;

  private RunDirectory(RunFiles files, Lease lease, List<String> notes) throws IOException {
    this.files = files;
    this.lease = lease;
    this.notes = notes;
    this.checkpoints = new Checkpoints(files);
    this.events = new EventLog(files);
    this.found = checkpoints.newest(notes::add);
    this.newest = found.map(Checkpoint::number).orElse(0);
    events.forgetAfter(newest);
    found.ifPresent(
        checkpoint -> notes.add("going on from checkpoint %06d".formatted(checkpoint.number())));
  }

  /**
   * The {@code config.yaml} of a run, empty if there is none.
   *
   * @param uri folder on any Hadoop file system, or a local path
   * @throws RunRefusedException if the folder cannot be read
   */
  public static Optional<String> config(String uri) {
    RunFiles files = RunFiles.at(uri);
    try {
      return config(files).filter(RunIdentity::isRun);
    } catch (IOException e) {
      throw failedToOpen(files, e);
    }
  }

  /**
   * The result of a run that is complete, without touching anything.
   *
   * @param uri folder on any Hadoop file system, or a local path
   * @param identity what would be run there
   * @return the text of {@code result.json}, or empty if there is something left to do
   * @throws RunRefusedException if the folder holds something else
   */
  public static Optional<String> finished(String uri, RunIdentity identity) {
    RunFiles files = RunFiles.at(uri);
    try {
      refuseOther(files, identity);
      if (!files.exists(SUCCESS)) {
        return Optional.empty();
      }
      return files.read(RESULT).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failedToOpen(files, e);
    }
  }

  /**
   * Opens a run for writing.
   *
   * @param uri folder on any Hadoop file system, or a local path
   * @param identity what is run
   * @param fresh whether to begin anew if there is a run already, removing it
   * @param say told in a line if it is not clear at once whether the run's last process lives
   * @throws RunRefusedException if the folder cannot be written, holds something else, or is being
   *     written by another process
   */
  public static RunDirectory open(
      String uri, RunIdentity identity, boolean fresh, Consumer<String> say) {
    return open(RunFiles.at(uri), identity, fresh, say);
  }

  static RunDirectory open(
      RunFiles files, RunIdentity identity, boolean fresh, Consumer<String> say) {
    return open(files, identity, fresh, () -> Lease.take(files, Lease.Pace.STANDARD, say));
  }

  static RunDirectory open(
      RunFiles files, RunIdentity identity, boolean fresh, Attempt<Lease> taking) {
    try {
      if (fresh) {
        refuseForeign(files);
      } else {
        refuseOther(files, identity);
      }
      files.makeRoot();
      Lease lease = taking.run();
      try {
        List<String> notes = new ArrayList<>();
        prepare(files, identity, fresh, notes);
        return new RunDirectory(files, lease, notes);
      } catch (IOException | RuntimeException e) {
        lease.close();
        throw e;
      }
    } catch (IOException e) {
      throw failedToOpen(files, e);
    }
  }

  /** What was found when the run was opened, for people. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The checkpoint to go on from, if there is one. */
  public Optional<Checkpoint> resumed() {
    return found;
  }

  /** Where the run is, as a URI. */
  public String location() {
    return files.root().toString();
  }

  /** A folder, as a URI, for data that executors read; removed when the run is finished. */
  public String dataFolder() {
    return location() + "/" + DATA;
  }

  /**
   * Notes an event; it is written with the next checkpoint.
   *
   * @throws RunRefusedException if another process was seen to have taken over the run
   */
  public void event(Map<String, ?> event) {
    attempt(
        "look at the lease",
        () -> {
          lease.checkIfLost();
          return true;
        });
    events.add(event);
  }

  /** All events up to the newest checkpoint. */
  public List<JsonNode> events() {
    return attempt("read the events", events::read);
  }

  /** Writes a checkpoint; from now on the run goes on from here. */
  public void checkpoint(Map<String, byte[]> contents) {
    Checkpoint checkpoint = new Checkpoint(newest + 1, contents);
    attempt(
        "write checkpoint %06d".formatted(checkpoint.number()),
        () -> {
          lease.check();
          try {
            events.write(checkpoint.number());
            checkpoints.write(checkpoint, this::stillMine);
          } catch (IOException e) {
            // A new holder clears away what is unfinished: the lease may be lost, not the storage.
            lease.check();
            throw e;
          }
          return true;
        });
    newest = checkpoint.number();
  }

  /** Writes the model: a folder that counts once its manifest is there. */
  public void model(Map<String, byte[]> contents) {
    folder("the model", MODEL, contents);
  }

  /** Writes an artefact: a folder that counts once its manifest is there. */
  public void artefact(String name, Map<String, byte[]> contents) {
    folder("the artefact '%s'".formatted(name), ARTEFACTS + "/" + name, contents);
  }

  private void folder(String what, String folder, Map<String, byte[]> contents) {
    attempt(
        "write " + what,
        () -> {
          lease.check();
          files.delete(folder);
          for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            files.write(folder + "/" + file.getKey(), file.getValue());
          }
          lease.check();
          return files.create(folder + "/" + Manifest.NAME, Manifest.of(contents));
        });
  }

  /** Shows how far the run is, in the place of the report; a reader sees a whole page always. */
  public void page(String page) {
    attempt(
        "write " + REPORT,
        () -> {
          lease.check();
          files.replace(REPORT, Manifest.utf8(page));
          return true;
        });
  }

  /** Writes what candidates were looked at, one JSON object a line; nothing if there are none. */
  public void candidates(String lines) {
    if (lines.isEmpty()) {
      return;
    }
    attempt(
        "write " + CANDIDATES,
        () -> {
          lease.check();
          files.write(CANDIDATES, Manifest.utf8(lines));
          return true;
        });
  }

  /** Writes result and report and marks the run as complete. */
  public void finish(RunResult result, String report) {
    attempt(
        "finish the run",
        () -> {
          lease.check();
          files.replace(REPORT, Manifest.utf8(report));
          lease.check();
          files.write(RESULT, Manifest.utf8(result.toJson()));
          lease.check();
          files.write(SUCCESS, Manifest.utf8(result.fingerprint() + "\n"));
          files.delete(DATA);
          return true;
        });
  }

  @Override
  public void close() {
    attempt(
        "give the run back",
        () -> {
          lease.close();
          return true;
        });
  }

  private void stillMine() {
    attempt(
        "look at the lease",
        () -> {
          lease.check();
          return true;
        });
  }

  private static void refuseOther(RunFiles files, RunIdentity identity) throws IOException {
    refuseForeign(files);
    Optional<String> stored = config(files);
    if (stored.isPresent() && !identity.matches(stored.get())) {
      throw new RunRefusedException(
          ("%s holds a run with another configuration (%s); choose another --output, or give"
                  + " --fresh to replace it")
              .formatted(files.root(), identity.difference(stored.get())));
    }
  }

  private static void refuseForeign(RunFiles files) throws IOException {
    List<String> names = files.list("");
    boolean run = config(files).filter(RunIdentity::isRun).isPresent();
    boolean begun =
        names.stream()
            .allMatch(
                name ->
                    name.equals(Lease.FOLDER)
                        || name.startsWith(CONFIG + ".")
                        || name.startsWith(DriverExit.PREFIX + "."));
    if (!run && !begun) {
      String example = names.stream().filter(name -> !own(name)).findFirst().orElse(CONFIG);
      throw new RunRefusedException(
          "%s is not empty and not a run (it holds %s); choose another --output"
              .formatted(files.root(), example));
    }
  }

  private static boolean own(String name) {
    return OWN.contains(name) || OWN.stream().anyMatch(each -> name.startsWith(each + "."));
  }

  private static Optional<String> config(RunFiles files) throws IOException {
    return files.read(CONFIG).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static void prepare(
      RunFiles files, RunIdentity identity, boolean fresh, List<String> notes) throws IOException {
    Optional<String> stored = config(files);
    if (fresh && stored.isPresent()) {
      for (String name : files.list("")) {
        if (own(name) && !name.equals(Lease.FOLDER)) {
          files.delete(name);
        }
      }
      notes.add("removed the run that was there, as --fresh asks");
      stored = Optional.empty();
    }
    if (stored.isPresent() && !stored.get().equals(identity.text())) {
      notes.add(
          identity.text().startsWith(stored.get())
              ? "config.yaml was cut off; wrote it again"
              : identity.difference(stored.get()) + "; config.yaml says so from now on");
    }
    if (stored.isPresent() && files.list(Checkpoints.FOLDER).isEmpty()) {
      notes.add("found a run that had no checkpoint yet; beginning it again");
    }
    if (!stored.equals(Optional.of(identity.text()))) {
      files.write(CONFIG, Manifest.utf8(identity.text()));
    }
  }

  private static RuntimeException failedToOpen(RunFiles files, IOException e) {
    String text = RunFiles.text(e);
    if (text.contains("No space left") || text.contains("quota")) {
      return new RunStorageException(
          "cannot write to %s: %s; free some space and run the same command again"
              .formatted(files.root(), text),
          e);
    }
    String reason = e instanceof FileNotFoundException && text.isEmpty() ? "not found" : text;
    return new RunRefusedException(
        "cannot use %s as a run: %s; choose another --output, or make it writable"
            .formatted(files.root(), reason),
        e);
  }

  private <T> T attempt(String what, Attempt<T> attempt) {
    try {
      return attempt.run();
    } catch (IOException e) {
      String kept =
          newest == 0
              ? "nothing was complete yet"
              : "checkpoint %06d is complete; run the same command again to go on from it"
                  .formatted(newest);
      throw new RunStorageException(
          "cannot %s in %s: %s; %s".formatted(what, files.root(), RunFiles.text(e), kept), e);
    }
  }

  /** Something that storage may prevent. */
  interface Attempt<T> {
    T run() throws IOException;
  }
}
