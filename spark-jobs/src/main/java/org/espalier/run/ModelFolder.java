package org.espalier.run;

import java.io.IOException;
import java.util.Map;

/** The folder of a model, wherever it was copied: of a run, or exported. */
public final class ModelFolder {
  private static final String EXPECTED =
      "expected the folder of a model: RUN/model, or what 'espalier export' wrote";

  private ModelFolder() {}

  /**
   * Reads the files of a model.
   *
   * @param uri folder on any Hadoop file system, or a local path
   * @return contents by name
   * @throws RunRefusedException if it is not the folder of a model, or not as it was written
   */
  public static Map<String, byte[]> read(String uri) {
    RunFiles files = RunFiles.at(uri, "a model");
    try {
      if (files.stamp("").isEmpty()) {
        throw new RunRefusedException("there is no folder %s; %s".formatted(uri, EXPECTED));
      }
      if (!files.isFolder("")) {
        throw new RunRefusedException("%s is not a folder; %s".formatted(uri, EXPECTED));
      }
      if (Marker.isThere(files) || files.exists(RunDirectory.CONFIG)) {
        throw new RunRefusedException(
            "%s is a run; its model is %s/%s".formatted(uri, uri, RunDirectory.MODEL));
      }
      if (!files.exists(Manifest.NAME)) {
        throw new RunRefusedException(
            "%s is no model, or not a whole one: it has no %s; %s"
                .formatted(uri, Manifest.NAME, EXPECTED));
      }
      Manifest.Verdict model = Manifest.verify(files, "");
      return model
          .files()
          .orElseThrow(
              () ->
                  new RunRefusedException(
                      "the model in %s cannot be used: %s".formatted(uri, model.reason())));
    } catch (IOException e) {
      throw new RunRefusedException(
          "cannot read the model in %s: %s".formatted(uri, RunFiles.text(e)), e);
    }
  }
}
