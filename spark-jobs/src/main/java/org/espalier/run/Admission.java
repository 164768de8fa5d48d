package org.espalier.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whether a run may be in a folder. Touches nothing. */
final class Admission {
  private Admission() {}

  /**
   * Refuses a folder that is neither empty nor a run.
   *
   * @throws RunRefusedException with what is in the way
   */
  static void checkFolder(RunFiles files) throws IOException {
    if (Marker.isThere(files)) {
      return;
    }
    Optional<String> foreign = Optional.empty();
    for (String name : files.list("")) {
      boolean ours =
          DriverExit.isName(name) || (name.equals(Ledger.FOLDER) && Marker.isCutOff(files));
      if (!ours && foreign.isEmpty()) {
        foreign = Optional.of(name);
      }
    }
    if (foreign.isEmpty()) {
      return;
    }
    if (config(files).filter(RunIdentity::isRun).isPresent()) {
      throw new RunRefusedException(
          ("%s has a config.yaml of a run, but no %s, by which runs are known: an older version made"
                  + " it, or it is no whole copy of a run; nothing was touched, choose another"
                  + " --output")
              .formatted(files.root(), Marker.NAME));
    }
    throw new RunRefusedException(
        "%s is not empty and not a run (it holds %s); choose another --output"
            .formatted(files.root(), foreign.get()));
  }

  /**
   * Refuses a folder that is neither empty nor this run.
   *
   * @throws RunRefusedException with what is in the way
   */
  static void check(RunFiles files, RunIdentity identity) throws IOException {
    checkFolder(files);
    Optional<String> stored = config(files);
    Optional<FileMark> written = Ledger.read(files, damage -> {}).of(RunDirectory.CONFIG);
    if (written.isPresent()) {
      checkWritten(files, identity, stored, written.get());
    } else if (stored.isPresent() && !identity.matches(stored.get())) {
      throw other(files, identity, stored.get());
    } else if (stored.isEmpty() && isBegun(files)) {
      throw lost(files, "has no config.yaml any more");
    }
  }

  /** The text of {@code config.yaml}, if there is one. */
  static Optional<String> config(RunFiles files) throws IOException {
    return files.read(RunDirectory.CONFIG).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  // What was written counts: the file may have been changed since.
  private static void checkWritten(
      RunFiles files, RunIdentity identity, Optional<String> stored, FileMark written)
      throws IOException {
    if (identity.matches(written)) {
      return;
    }
    if (stored.map(text -> FileMark.of(Manifest.utf8(text))).filter(written::equals).isPresent()) {
      throw other(files, identity, stored.get());
    }
    if (stored.isPresent()) {
      throw lost(files, "has a config.yaml that was changed since the run began");
    }
    if (isBegun(files)) {
      throw lost(files, "has no config.yaml any more, and began with another configuration");
    }
  }

  /** Whether a run has come to anything. */
  static boolean isBegun(RunFiles files) throws IOException {
    return Checkpoints.begun(files)
        || files.exists(RunDirectory.MODEL)
        || files.exists(RunDirectory.RESULT);
  }

  private static RunRefusedException other(RunFiles files, RunIdentity identity, String stored) {
    return new RunRefusedException(
        ("%s holds a run with another configuration (%s); choose another --output, or give"
                + " --fresh to replace it")
            .formatted(files.root(), identity.difference(stored)));
  }

  private static RunRefusedException lost(RunFiles files, String what) {
    return new RunRefusedException(
        ("the run at %s %s; nothing was touched: restore config.yaml from a copy, choose another"
                + " --output, or give --fresh to replace the run")
            .formatted(files.root(), what));
  }

  /** What to throw where a folder cannot be looked at, or opened as a run. */
  static RuntimeException failed(RunFiles files, IOException e) {
    String text = RunFiles.text(e);
    if (RunFiles.isFull(e)) {
      return RunStorageException.full(files.root().toString(), e);
    }
    String reason = e instanceof FileNotFoundException && text.isEmpty() ? "not found" : text;
    return new RunRefusedException(
        "cannot use %s as a run: %s; choose another --output, or make it writable"
            .formatted(files.root(), reason),
        e);
  }
}
