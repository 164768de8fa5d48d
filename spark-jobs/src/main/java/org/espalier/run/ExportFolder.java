package org.espalier.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * A folder that a model is exported to. It has a manifest of what an export wrote there; that is
 * replaced by the next, and nothing else is.
 */
public final class ExportFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> OF_RUNS =
      Set.of(
          RunDirectory.MODEL,
          RunDirectory.ARTEFACTS,
          RunDirectory.DATA,
          Checkpoints.FOLDER,
          EventLog.FOLDER,
          Lease.FOLDER,
          Ledger.FOLDER);

  private final RunFiles files;

  private ExportFolder(RunFiles files) {
    this.files = files;
  }

  /**
   * The folder of a name, which need not be there.
   *
   * @param uri folder on any Hadoop file system, or a local path
   * @throws RunRefusedException if it is a file or cannot be made, or is a run or one of the
   *     folders of a run
   */
  public static ExportFolder at(String uri) {
    OutputPlace.check(uri);
    RunFiles files = RunFiles.at(uri);
    try {
      refuseRuns(files);
      return new ExportFolder(files);
    } catch (IOException e) {
      throw failed(uri, e);
    }
  }

  /**
   * Writes an export.
   *
   * @param contents by name of the file
   * @throws RunRefusedException if a file of somebody else has one of the names, or nothing can be
   *     written
   * @throws RunStorageException if the disk is full
   */
  public void write(Map<String, byte[]> contents) {
    try {
      JsonNode earlier = earlier();
      for (Map.Entry<String, byte[]> file : contents.entrySet()) {
        refuseForeign(file.getKey(), FileMark.of(file.getValue()), earlier);
      }
      for (Map.Entry<String, byte[]> file : contents.entrySet()) {
        files.write(file.getKey(), file.getValue());
      }
      files.write(Manifest.NAME, Manifest.of(contents));
    } catch (IOException e) {
      throw failed(files.root().toString(), e);
    }
  }

  private JsonNode earlier() throws IOException {
    Optional<byte[]> manifest = files.read(Manifest.NAME);
    if (manifest.isEmpty()) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode entries = JSON.readTree(manifest.get());
      if (entries.isObject() && entries.valueStream().allMatch(each -> each.has("sha256"))) {
        return entries;
      }
    } catch (IOException e) {
      throw new RunRefusedException(foreign(Manifest.NAME), e);
    }
    throw new RunRefusedException(foreign(Manifest.NAME));
  }

  private void refuseForeign(String name, FileMark wanted, JsonNode earlier) throws IOException {
    if (files.stamp(name).isEmpty()) {
      return;
    }
    FileMark there = files.mark(name);
    String written = earlier.path(name).path("sha256").asText();
    if (!there.equals(wanted) && !there.sha256().equals(written)) {
      throw new RunRefusedException(foreign(name));
    }
  }

  private String foreign(String name) {
    return "--output %s has a file %s that no export wrote, or that was changed since; choose"
            .formatted(files.root(), name)
        + " another --output";
  }

  private static void refuseRuns(RunFiles files) throws IOException {
    String below = "";
    for (Path each = files.resolved(); each != null; each = each.getParent()) {
      RunFiles folder = RunFiles.at(each);
      boolean own = below.isEmpty() || OF_RUNS.contains(below);
      if (own && isRun(folder)) {
        throw new RunRefusedException(
            ("--output %s is where the run at %s has its own files; choose another --output, such as"
                    + " %s/exported")
                .formatted(files.root(), each, each));
      }
      below = each.getName();
    }
  }

  private static boolean isRun(RunFiles files) throws IOException {
    return Marker.isThere(files) || Admission.config(files).filter(RunIdentity::isRun).isPresent();
  }

  private static RuntimeException failed(String where, IOException e) {
    if (RunFiles.isFull(e)) {
      return RunStorageException.full(where, e);
    }
    return new RunRefusedException(
        "cannot write to --output %s: %s".formatted(where, RunFiles.text(e)), e);
  }
}
