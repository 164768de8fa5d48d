package org.espalier.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run read by somebody who does not write it.
 *
 * @param command that made it
 * @param config its resolved configuration as YAML
 * @param files of its model, or of one of its artefacts, by name
 * @param location where it is, as a URI
 */
public record StoredRun(String command, String config, Map<String, byte[]> files, String location) {
  public StoredRun {
    files = Map.copyOf(files);
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
      return Admission.config(files).filter(RunIdentity::isRun);
    } catch (IOException e) {
      throw Admission.failed(files, e);
    }
  }

  /**
   * Reads a run that has a model.
   *
   * @param uri folder on any Hadoop file system, or a local path
   * @throws RunRefusedException if there is no such run, or its model is not complete
   */
  public static StoredRun open(String uri) {
    return open(
        uri,
        RunDirectory.MODEL,
        files -> {
          List<String> artefacts = files.list(RunDirectory.ARTEFACTS);
          if (files.list(RunDirectory.MODEL).isEmpty() && !artefacts.isEmpty()) {
            throw new RunRefusedException(
                "the run at %s has no model; what it made is in artefacts: %s"
                    .formatted(files.root(), String.join(", ", artefacts)));
          }
        });
  }

  /**
   * Reads one of several models of a run.
   *
   * @param uri folder on any Hadoop file system, or a local path
   * @param name of its folder in {@code artefacts/}
   * @throws RunRefusedException if there is no such run, or it has no such model, or that is not
   *     complete
   */
  public static StoredRun model(String uri, String name) {
    String folder = RunDirectory.ARTEFACTS + "/" + name;
    return open(
        uri,
        folder,
        files -> {
          List<String> artefacts = files.list(RunDirectory.ARTEFACTS);
          if (!artefacts.contains(name)) {
            throw new RunRefusedException(
                "the run at %s has no model %s%s"
                    .formatted(
                        files.root(),
                        name,
                        artefacts.isEmpty()
                            ? " beside the one in model/"
                            : "; beside the one in model/ there are: "
                                + String.join(", ", artefacts)));
          }
        });
  }

  /**
   * Reads an artefact of a run.
   *
   * @param uri folder on any Hadoop file system, or a local path
   * @param name of the artefact
   * @param maker command that makes such artefacts, for messages
   * @throws RunRefusedException if there is no such run, or its artefact is not complete
   */
  public static StoredRun artefact(String uri, String name, String maker) {
    String folder = RunDirectory.ARTEFACTS + "/" + name;
    return open(
        uri,
        folder,
        files -> {
          if (files.list(folder).isEmpty()) {
            throw new RunRefusedException(
                "the run at %s has no %s: expected a finished run of 'espalier %s'"
                    .formatted(files.root(), name, maker));
          }
        });
  }

  /** Says that a run has nothing of a kind. */
  private interface Check {
    void of(RunFiles files) throws IOException;
  }

  private static StoredRun open(String uri, String folder, Check check) {
    RunFiles files = RunFiles.at(uri);
    try {
      Optional<String> config = Admission.config(files);
      if (config.isEmpty()) {
        throw new RunRefusedException(files.root() + " is not a run: it has no config.yaml");
      }
      if (!RunIdentity.isRun(config.get())) {
        throw new RunRefusedException(
            files.root() + " is not a run: its config.yaml was not written by this program");
      }
      check.of(files);
      Manifest.Verdict verdict = Manifest.verify(files, folder);
      if (verdict.files().isEmpty()) {
        throw new RunRefusedException(
            "the %s of the run at %s cannot be used: %s"
                .formatted(
                    folder.substring(folder.indexOf('/') + 1), files.root(), verdict.reason()));
      }
      String first = config.get().lines().findFirst().orElseThrow();
      return new StoredRun(
          first.substring(first.lastIndexOf(' ') + 1),
          config.get(),
          verdict.files().get(),
          files.root().toString());
    } catch (IOException e) {
      throw new RunRefusedException(
          "cannot read the run at %s: %s".formatted(files.root(), RunFiles.text(e)), e);
    }
  }
}
