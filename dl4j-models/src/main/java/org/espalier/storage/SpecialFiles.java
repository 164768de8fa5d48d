package org.espalier.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileSystem;

/** Pipes, devices and sockets: reading one may never end, or never begin. */
public final class SpecialFiles {
  /** What to say of one. */
  public static final String PROBLEM = "is a pipe or a device; expected a plain file";

  private SpecialFiles() {}

  /** Whether a local path leads to one. */
  public static boolean contains(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  /** Whether a path leads to one; only local file systems have any. */
  public static boolean contains(FileSystem fileSystem, org.apache.hadoop.fs.Path file) {
    return fileSystem.getUri().getScheme().equals("file")
        && contains(Path.of(file.toUri().getPath()));
  }
}
