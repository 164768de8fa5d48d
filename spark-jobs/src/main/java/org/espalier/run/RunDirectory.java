package org.espalier.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A run on disk, held by this process: {@code config.yaml}, {@code events/}, {@code checkpoints/},
 * {@code model/}, {@code artefacts/}, {@code candidates.jsonl}, {@code result.json}, {@code
 * report.html}, which before the end says how far the run is, and {@code _SUCCESS} at the very end.
 *
 * <p>Opening a folder that holds the same run, unfinished, goes on from its newest complete
 * checkpoint; so does a complete one of which something was damaged since. Another run in the
 * folder is refused unless it is to be replaced, and a folder of something else always. Files that
 * the program did not write, or that were changed since, are never removed or replaced.
 */
public final class RunDirectory implements AutoCloseable {
  static final String CONFIG = "config.yaml";
  static final String MODEL = "model";
  static final String ARTEFACTS = "artefacts";
  static final String RESULT = "result.json";
  static final String REPORT = "report.html";
  static final String CANDIDATES = "candidates.jsonl";
  static final String DATA = "data";

  private final OwnFiles own;
  private final Lease lease;
  private final Checkpoints checkpoints;
  private final EventLog events;
  private final List<String> notes;
  private final Optional<Checkpoint> found;
  private int newest;

  private RunDirectory(OwnFiles own, Lease lease, List<String> notes) throws IOException {
    this.own = own;
    this.lease = lease;
    this.notes = notes;
    this.checkpoints = new Checkpoints(own);
    this.events = new EventLog(own);
    Optional<String> damage =
        own.files().exists(Completion.NAME) ? Completion.damage(own.files()) : Optional.empty();
    damage.ifPresent(what -> notes.add("the run was complete, but %s".formatted(what)));
    this.found = checkpoints.newest(notes::add);
    if (damage.isPresent() && found.isEmpty()) {
      throw new RunRefusedException(
          ("the run at %s was complete, but %s, and no checkpoint is left to make it again from;"
                  + " nothing was removed: restore it from a copy, or give --fresh to begin anew")
              .formatted(own.files().root(), damage.get()));
    }
    own.clear(Completion.NAME);
    this.newest = found.map(Checkpoint::number).orElse(0);
    events.forgetAfter(newest);
    var unused = events.read(newest, notes::add);
    found.ifPresent(
        checkpoint ->
            notes.add(
                String.format(Locale.ROOT, "going on from checkpoint %06d", checkpoint.number())));
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
        Admission.checkFolder(files);
      } else {
        Admission.check(files, identity);
      }
      files.makeRoot();
      Marker.write(files);
      Lease lease = taking.run();
      try {
        List<String> notes = new ArrayList<>();
        OwnFiles own = OwnFiles.open(files, notes::add);
        Preparation.of(own, identity, fresh, notes::add);
        return new RunDirectory(own, lease, notes);
      } catch (IOException | RuntimeException e) {
        lease.close();
        throw e;
      }
    } catch (IOException e) {
      throw Admission.failed(files, e);
    }
  }

  /** What was found when the run was opened, and what was kept since, for people. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The checkpoint to go on from, if there is one. */
  public Optional<Checkpoint> resumed() {
    return found;
  }

  /** Where the run is, as a URI. */
  public String location() {
    return own.files().root().toString();
  }

  /** The folder, as a URI, of data that executors read; removed when the run is finished. */
  public String dataFolder() {
    return location() + "/" + DATA;
  }

  /**
   * Writes a file into the folder of data, unless it is there, whole.
   *
   * @param name of the file
   * @param content for which the name stands
   */
  public void data(String name, FileContent content) {
    attempt(
        "write the packed data %s/%s".formatted(DATA, name),
        () -> {
          lease.check();
          own.write(DATA + "/" + name, content);
          return true;
        });
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

  /** All events up to the newest checkpoint, without what is damaged. */
  public List<JsonNode> events() {
    return attempt("read the events", () -> events.read(newest, damage -> {}));
  }

  /** Writes a checkpoint; from now on the run goes on from here. */
  public void checkpoint(Map<String, byte[]> contents) {
    Checkpoint checkpoint = new Checkpoint(newest + 1, contents);
    attempt(
        String.format(Locale.ROOT, "write checkpoint %06d", checkpoint.number()),
        () -> {
          lease.check();
          try {
            checkpoints.write(checkpoint, events.file(checkpoint.number()), lease::check);
            events.written();
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
          own.delete(folder);
          own.write(Manifest.folder(folder, contents), lease::check);
          return true;
        });
  }

  /** Shows how far the run is, in the place of the report; a reader sees a whole page always. */
  public void page(String page) {
    attempt(
        "write " + REPORT,
        () -> {
          lease.check();
          own.replace(REPORT, Manifest.utf8(page));
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
          own.write(Map.of(CANDIDATES, Manifest.utf8(lines)), lease::check);
          return true;
        });
  }

  /** Writes result and report and marks the run as complete. */
  public void finish(RunResult result, String report) {
    attempt(
        "finish the run",
        () -> {
          lease.check();
          Map<String, byte[]> contents = new LinkedHashMap<>();
          contents.put(REPORT, Manifest.utf8(report));
          contents.put(RESULT, Manifest.utf8(result.toJson()));
          Map<String, FileMark> outcome = new TreeMap<>(own.marks(MODEL));
          outcome.putAll(own.marks(ARTEFACTS));
          outcome.putAll(own.marks(CANDIDATES));
          outcome.putAll(own.marks(CONFIG));
          contents.forEach((name, content) -> outcome.put(name, FileMark.of(content)));
          contents.put(Completion.NAME, Completion.of(result.fingerprint(), outcome));
          own.write(contents, lease::check);
          own.delete(DATA);
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

  private <T> T attempt(String what, Attempt<T> attempt) {
    try {
      return attempt.run();
    } catch (IOException e) {
      String kept =
          newest == 0
              ? "nothing was complete yet"
              : String.format(
                  Locale.ROOT,
                  "checkpoint %06d is complete; run the same command again to go on from it",
                  newest);
      throw new RunStorageException(
          "cannot %s in %s: %s; %s%s"
              .formatted(
                  what,
                  location(),
                  RunFiles.text(e),
                  RunFiles.isFull(e) ? "free some space; " : "",
                  kept),
          e);
    }
  }

  /** Something that storage may prevent. */
  interface Attempt<T> {
    T run() throws IOException;
  }
}
