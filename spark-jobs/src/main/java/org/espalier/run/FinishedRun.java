package org.espalier.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A run that is complete and as it was written.
 *
 * @param location of its folder: a path of this machine, or a URI
 * @param result the text of {@code result.json}
 * @param files names of what came out of it, below the folder
 */
public record FinishedRun(String location, String result, List<String> files) {
  public FinishedRun {
    files = List.copyOf(files);
  }

  /**
   * The run in a folder, which is not touched.
   *
   * @param uri folder on any Hadoop file system, or a local path
   * @param identity what would be run there
   * @return empty if there is something left to do
   * @throws RunRefusedException if the folder holds something else, or cannot be read
   */
  public static Optional<FinishedRun> at(String uri, RunIdentity identity) {
    RunFiles files = RunFiles.at(uri);
    try {
      Admission.check(files, identity);
      return of(files);
    } catch (IOException e) {
      throw Admission.failed(files, e);
    }
  }

  private static Optional<FinishedRun> of(RunFiles folder) throws IOException {
    if (!folder.exists(Completion.NAME) || Completion.damage(folder).isPresent()) {
      return Optional.empty();
    }
    List<String> files = Completion.files(folder);
    return folder
        .read(RunDirectory.RESULT)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .map(result -> new FinishedRun(place(folder), result, files));
  }

  private static String place(RunFiles folder) {
    return folder.local() ? folder.localPath("").toString() : folder.root().toString();
  }
}
