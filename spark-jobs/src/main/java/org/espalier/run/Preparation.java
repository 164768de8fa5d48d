package org.espalier.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a folder that may hold a run ready for it. */
final class Preparation {
  /** Files that would be taken for parts of a new run. */
  private static final List<String> FILES =
      List.of(
          RunDirectory.CONFIG,
          RunDirectory.RESULT,
          RunDirectory.REPORT,
          RunDirectory.CANDIDATES,
          Completion.NAME);

  private Preparation() {}

  /**
   * Removes the run that is there, if it is to be begun anew, and writes {@code config.yaml} unless
   * it stands there as it should.
   *
   * @param note told what was found and done, for people
   */
  static void of(OwnFiles own, RunIdentity identity, boolean fresh, Consumer<String> note)
      throws IOException {
    RunFiles files = own.files();
    if (fresh) {
      if (files.exists(RunDirectory.CONFIG) || Admission.isBegun(files)) {
        note.accept("removed the run that was there, as --fresh asks");
      }
      removeRun(own);
    }
    Optional<String> stored = Admission.config(files);
    if (stored.equals(Optional.of(identity.text()))) {
      if (!Checkpoints.begun(files)) {
        note.accept("found a run that had no checkpoint yet; beginning it again");
      }
      return;
    }
    if (stored.isPresent() && identity.text().startsWith(stored.get())) {
      note.accept("config.yaml was cut off; wrote it again");
    } else if (stored.isPresent() && own.isOwn(RunDirectory.CONFIG)) {
      note.accept(identity.difference(stored.get()) + "; config.yaml says so from now on");
    } else if (stored.isEmpty() && own.mark(RunDirectory.CONFIG).isPresent()) {
      note.accept("config.yaml was missing; wrote it again");
    }
    own.write(Map.of(RunDirectory.CONFIG, Manifest.utf8(identity.text())), () -> {});
  }

  // Whatever would be taken for a part of the new run must go, own or not.
  private static void removeRun(OwnFiles own) throws IOException {
    own.delete("");
    for (String name : FILES) {
      own.clear(name);
    }
    own.clear(RunDirectory.MODEL + "/" + Manifest.NAME);
    for (String folder : List.of(Checkpoints.FOLDER, RunDirectory.ARTEFACTS)) {
      for (String name : own.files().list(folder)) {
        own.clear(folder + "/" + name + "/" + Manifest.NAME);
      }
    }
  }
}
