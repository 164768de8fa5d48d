package org.espalier.run;

import org.apache.hadoop.fs.Path;

/** Refuses to write into data, or around them: what is written would become a part of them. */
public final class DisjointFolders {
  private DisjointFolders() {}

  /**
   * Refuses a run in its data, and data in the folder of a run, links followed.
   *
   * @param output folder of the run, a local path or a URI
   * @param key under which the data stand in the configuration
   * @param data file or folder, a local path or a URI; empty if there is none
   * @throws RunRefusedException naming both
   */
  public static void check(String output, String key, String data) {
    refuseInside(output, key, data);
    if (!data.isEmpty() && isInside(RunFiles.at(data).resolved(), RunFiles.at(output).resolved())) {
      throw new RunRefusedException(
          ("%s '%s' is inside of --output '%s', where the run writes its own files; choose another"
                  + " --output, outside of the data")
              .formatted(key, data, output));
    }
  }

  /**
   * Refuses to write into data, links followed.
   *
   * @param output folder to write to, a local path or a URI
   * @param key under which the data stand in the configuration
   * @param data file or folder, a local path or a URI; empty if there is none
   * @throws RunRefusedException naming both
   */
  public static void refuseInside(String output, String key, String data) {
    if (!data.isEmpty() && isInside(RunFiles.at(output).resolved(), RunFiles.at(data).resolved())) {
      throw new RunRefusedException(
          ("--output '%s' is inside of the data, %s '%s', and would become a part of them; choose"
                  + " another --output, outside of the data")
              .formatted(output, key, data));
    }
  }

  /** Whether a place is in a folder, or is it. */
  static boolean isInside(Path place, Path folder) {
    for (Path each = place; each != null; each = each.getParent()) {
      if (each.equals(folder)) {
        return true;
      }
    }
    return false;
  }
}
