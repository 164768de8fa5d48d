package org.espalier.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Says before the work that a folder cannot be made where it is wanted. */
public final class OutputPlace {
  private OutputPlace() {}

  /**
   * Refuses a place where there is a file, or where no folder can be made, without touching
   * anything. Of file systems that are not local only the place itself is looked at.
   *
   * @param output folder on any Hadoop file system, or a local path
   * @throws RunRefusedException with what is in the way
   */
  public static void check(String output) {
    RunFiles files = RunFiles.at(output);
    try {
      if (files.local()) {
        check(output, files.localPath(""));
      } else if (files.stamp("").filter(there -> !there.isFolder()).isPresent()) {
        throw refused(output, "is not a folder");
      }
    } catch (AccessDeniedException e) {
      throw refused(output, "cannot be reached: permission denied");
    } catch (FileSystemException e) {
      throw refused(output, "cannot be made: " + e.getReason());
    } catch (IOException e) {
      throw refused(output, "cannot be made: " + RunFiles.text(e));
    }
  }

  private static void check(String output, Path folder) throws IOException {
    Path there = folder;
    while (!exists(there)) {
      there = there.getParent();
    }
    boolean itself = there.equals(folder);
    if (!Files.isDirectory(there)) {
      throw refused(
          output, itself ? "is not a folder" : "cannot be made: " + there + " is not a folder");
    }
    if (!itself && !Files.isWritable(there)) {
      throw refused(output, "cannot be made: nothing may be written in " + there);
    }
  }

  /** What lies below a file is not there; systems have an error of their own for it. */
  private static boolean exists(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (FileSystemException e) {
      if (Files.isRegularFile(path.getParent())) {
        return false;
      }
      throw e;
    }
  }

  private static RunRefusedException refused(String output, String why) {
    return new RunRefusedException(
        "--output '%s' %s; choose another --output".formatted(output, why));
  }
}
