package org.espalier.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.espalier.storage.Location;

/**
 * Reads and writes the files below one folder. Names are relative, with {@code /} between parts.
 */
final class RunFiles {
  private static final String UNFINISHED = ".unfinished";

  private final FileSystem fileSystem;
  private final Path root;

  RunFiles(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = fileSystem.makeQualified(root);
  }

  /**
   * The files of a folder named by a URI or a local path.
   *
   * @throws RunRefusedException if there is no such file system
   */
  static RunFiles at(String uri) {
    try {
      Path path = Location.path(uri);
      FileSystem found = path.getFileSystem(new Configuration());
      // Side files with checksums are two writes, not one; manifests do their work.
      return new RunFiles(found instanceof LocalFileSystem local ? local.getRaw() : found, path);
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      throw new RunRefusedException("cannot use '%s' as a run: %s".formatted(uri, text(e)), e);
    }
  }

  Path root() {
    return root;
  }

  boolean local() {
    return fileSystem instanceof RawLocalFileSystem;
  }

  /** Where a file is, if the files are {@link #local}. */
  java.nio.file.Path localPath(String name) {
    return java.nio.file.Path.of(path(name).toUri().getPath());
  }

  boolean exists(String name) throws IOException {
    return fileSystem.exists(path(name));
  }

  /** Names in a folder, sorted; empty if there is no such folder. */
  List<String> list(String folder) throws IOException {
    try {
      List<String> names = new ArrayList<>();
      for (FileStatus status : fileSystem.listStatus(path(folder))) {
        names.add(status.getPath().getName());
      }
      names.sort(Comparator.naturalOrder());
      return names;
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  Optional<byte[]> read(String name) throws IOException {
    try (InputStream in = fileSystem.open(path(name))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Writes a file, replacing an older one; on local disks a reader sees the old one or the new. */
  void write(String name, byte[] content) throws IOException {
    if (!local()) {
      put(fileSystem.create(path(name), true), content);
      return;
    }
    Path unfinished = path(name + UNFINISHED);
    put(fileSystem.create(unfinished, true), content);
    if (!fileSystem.rename(unfinished, path(name))) {
      throw new IOException("cannot rename " + unfinished + " to " + path(name));
    }
  }

  /**
   * Writes a file, replacing an older one: a reader sees the old one or the new, on every file
   * system. Slower than {@link #write} on HDFS, where that leaves a moment with half a file.
   */
  void replace(String name, byte[] content) throws IOException {
    if (!(fileSystem instanceof DistributedFileSystem hdfs)) {
      write(name, content); // Objects in stores are there when they are whole.
      return;
    }
    Path unfinished = path(name + UNFINISHED);
    put(hdfs.create(unfinished, true), content);
    hdfs.rename(unfinished, path(name), Options.Rename.OVERWRITE);
  }

  /** When a file was written, in milliseconds since 1970 by the file system's clock. */
  Optional<Long> modified(String name) throws IOException {
    try {
      return Optional.of(fileSystem.getFileStatus(path(name)).getModificationTime());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Whether there is a folder of this name. */
  boolean isFolder(String name) throws IOException {
    try {
      return fileSystem.getFileStatus(path(name)).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** The folders in this one. */
  List<RunFiles> folders() throws IOException {
    List<RunFiles> folders = new ArrayList<>();
    for (FileStatus status : fileSystem.listStatus(root)) {
      if (status.isDirectory()) {
        folders.add(new RunFiles(fileSystem, status.getPath()));
      }
    }
    return folders;
  }

  /** Writes a file only if there is none of this name; false if there was. */
  boolean create(String name, byte[] content) throws IOException {
    try {
      if (local()) {
        fileSystem.mkdirs(path(name).getParent());
        Files.write(
            localPath(name),
            content,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SYNC);
      } else {
        put(fileSystem.create(path(name), false), content);
      }
      return true;
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  void delete(String name) throws IOException {
    if (!fileSystem.delete(path(name), true) && fileSystem.exists(path(name))) {
      throw new IOException("cannot delete " + path(name));
    }
  }

  void makeRoot() throws IOException {
    if (!fileSystem.mkdirs(root)) {
      throw new IOException("cannot make folder " + root);
    }
  }

  /** What an error says, or what it is if it says nothing. */
  static String text(Throwable error) {
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }

  private static void put(OutputStream out, byte[] content) throws IOException {
    try (out) {
      out.write(content);
      if (out instanceof FSDataOutputStream stream) {
        stream.hsync();
      }
    } catch (FSError e) { // How Hadoop's local files report a full disk.
      throw new IOException(text(e.getCause()), e);
    }
  }

  private Path path(String name) {
    return name.isEmpty() ? root : new Path(root, name);
  }
}
