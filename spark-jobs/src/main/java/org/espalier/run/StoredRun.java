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
 * @param model the files of its model by name
 * @param location where it is, as a URI
 */
public record StoredRun(String command, String config, Map<String, byte[]> model, String location) {
  public StoredRun {
    model = Map.copyOf(model);
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
      List<String> artefacts = files.list(RunDirectory.ARTEFACTS);
      if (files.list(RunDirectory.MODEL).isEmpty() && !artefacts.isEmpty()) {
        throw new RunRefusedException(
            "the run at %s has no model; what it made is in artefacts: %s"
                .formatted(files.root(), String.join(", ", artefacts)));
      }
      Manifest.Verdict model = Manifest.verify(files, RunDirectory.MODEL);
      if (model.files().isEmpty()) {
        throw new RunRefusedException(
            "the model of the run at %s cannot be used: %s"
                .formatted(files.root(), model.reason()));
      }
      String first = config.get().lines().findFirst().orElseThrow();
      return new StoredRun(
          first.substring(first.lastIndexOf(' ') + 1),
          config.get(),
          model.files().get(),
          files.root().toString());
    } catch (IOException e) {
      throw new RunRefusedException(
          "cannot read the run at %s: %s".formatted(files.root(), RunFiles.text(e)), e);
    }
  }
}
