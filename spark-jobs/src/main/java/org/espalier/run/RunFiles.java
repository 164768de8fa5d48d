package org.espalier.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.espalier.storage.HadoopFileSystems;
import org.espalier.storage.Location;
import org.espalier.storage.SpecialFiles;

/**
 * Reads and writes the files below one folder. Names are relative, with {@code /} between parts.
 */
final class RunFiles {
  /** File systems of Hadoop that only read. */
  private static final Set<String> READ_ONLY = Set.of("http", "https", "har", "data");

  static final String UNFINISHED = ".unfinished";

  private static final String RUN = "a run";

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
      if (READ_ONLY.contains(String.valueOf(path.toUri().getScheme()))) {
        throw new RunRefusedException(
            "cannot use '%s' as a run: nothing can be written there; give a local path, or a URI such as hdfs://..."
                .formatted(uri));
      }
      return at(path);
    } catch (RunRefusedException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw unusable(uri, RUN, e);
    }
  }

  /** The same for a folder that is something else than a run, and is only read. */
  static RunFiles at(String uri, String use) {
    try {
      return at(Location.path(uri), use);
    } catch (RunRefusedException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw unusable(uri, use, e);
    }
  }

  /** The same. */
  static RunFiles at(Path path) {
    return at(path, RUN);
  }

  private static RunFiles at(Path path, String use) {
    try {
      FileSystem found = HadoopFileSystems.of(path, HadoopFileSystems.configuration());
      // Side files with checksums are two writes, not one; manifests do their work.
      return new RunFiles(found instanceof LocalFileSystem local ? local.getRaw() : found, path);
    } catch (IllegalArgumentException e) {
      throw unusable(path.toString(), use, e);
    }
  }

  private static RunRefusedException unusable(String uri, String use, Exception e) {
    return new RunRefusedException("cannot use '%s' as %s: %s".formatted(uri, use, text(e)), e);
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
    return io(() -> fileSystem.exists(path(name)));
  }

  /** Names in a folder, sorted; empty if there is no such folder. */
  List<String> list(String folder) throws IOException {
    try {
      List<String> names = new ArrayList<>();
      for (FileStatus status : io(() -> fileSystem.listStatus(path(folder)))) {
        names.add(status.getPath().getName());
      }
      names.sort(Comparator.naturalOrder());
      return names;
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  Optional<byte[]> read(String name) throws IOException {
    return io(
        () -> {
          if (SpecialFiles.contains(fileSystem, path(name))) {
            throw new IOException(path(name) + " " + SpecialFiles.PROBLEM);
          }
          try (InputStream in = fileSystem.open(path(name))) {
            return Optional.of(in.readAllBytes());
          } catch (FileNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /** The mark of a file that is there. */
  FileMark mark(String name) throws IOException {
    return io(
        () -> {
          try (InputStream in = fileSystem.open(path(name))) {
            return FileMark.of(in::transferTo);
          }
        });
  }

  /** What tells cheaply that a file was changed; empty if there is none. */
  Optional<Stamp> stamp(String name) throws IOException {
    try {
      FileStatus status = io(() -> fileSystem.getFileStatus(path(name)));
      return Optional.of(
          new Stamp(status.getLen(), status.getModificationTime(), status.isDirectory()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Size and time of a file.
   *
   * @param bytes its size
   * @param modified in milliseconds since 1970
   * @param isFolder whether it is a folder instead
   */
  record Stamp(long bytes, long modified, boolean isFolder) {}

  /** Writes a file, replacing an older one; on local disks a reader sees the old one or the new. */
  void write(String name, byte[] content) throws IOException {
    write(name, out -> out.write(content));
  }

  /** The same for a file that need not fit into memory. */
  void write(String name, FileContent content) throws IOException {
    if (!local()) {
      put(path(name), true, content);
      return;
    }
    String unfinished = name + UNFINISHED;
    try {
      put(path(unfinished), true, content);
      move(unfinished, name);
    } catch (IOException e) {
      abandon(unfinished, e); // On a full disk the space is needed.
      throw e;
    }
  }

  /**
   * Writes a file only if there is none of this name; on local disks it is never seen half written.
   *
   * @return false if there was one
   */
  boolean writeOnce(String name, byte[] content) throws IOException {
    if (!local()) {
      return create(name, content);
    }
    String unfinished = name + UNFINISHED;
    put(path(unfinished), true, out -> out.write(content));
    try {
      var unused = Files.createLink(localPath(name), localPath(unfinished));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | IOException e) {
      return create(name, content); // a file system without links
    } finally {
      delete(unfinished);
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
    put(unfinished, true, out -> out.write(content));
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
        put(path(name), false, out -> out.write(content));
      }
      return true;
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Gives a file or folder another name, which nothing has. */
  void rename(String name, String other) throws IOException {
    if (exists(other)) {
      throw new IOException("cannot rename " + path(name) + ": there is " + path(other));
    }
    move(name, other);
  }

  /** Deletes a file or an empty folder, if it is there. */
  void delete(String name) throws IOException {
    if (!io(() -> fileSystem.delete(path(name), false)) && exists(name)) {
      throw new IOException("cannot delete " + path(name));
    }
  }

  void makeRoot() throws IOException {
    if (!io(() -> fileSystem.mkdirs(root))) {
      throw new IOException("cannot make folder " + root);
    }
  }

  /** Where the folder is, after links of the local file system. */
  Path resolved() {
    return local()
        ? new Path("file", null, resolved(localPath("").toAbsolutePath().normalize()).toString())
        : root;
  }

  private static java.nio.file.Path resolved(java.nio.file.Path path) {
    try {
      return path.toRealPath();
    } catch (IOException notThere) {
      java.nio.file.Path parent = path.getParent();
      return parent == null ? path : resolved(parent).resolve(path.getFileName());
    }
  }

  /** What an error says, or what it is if it says nothing. */
  static String text(Throwable error) {
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }

  /** Whether an error says that there is no space. */
  static boolean isFull(IOException error) {
    String text = text(error);
    return text.contains("No space left") || text.contains("quota");
  }

  private void put(Path path, boolean replace, FileContent content) throws IOException {
    try (FSDataOutputStream out = io(() -> fileSystem.create(path, replace))) {
      content.writeTo(out);
      out.hsync();
    } catch (FSError e) {
      throw failed(e);
    }
  }

  private void abandon(String name, IOException reason) {
    try {
      delete(name);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private void move(String name, String other) throws IOException {
    if (!io(() -> fileSystem.rename(path(name), path(other)))) {
      throw new IOException("cannot rename " + path(name) + " to " + path(other));
    }
  }

  // Hadoop's local files report a full disk, or one that cannot be read, by an Error.
  private static <T> T io(Access<T> access) throws IOException {
    try {
      return access.run();
    } catch (FSError e) {
      throw failed(e);
    }
  }

  private static IOException failed(FSError error) {
    return new IOException(text(error.getCause() == null ? error : error.getCause()), error);
  }

  private interface Access<T> {
    T run() throws IOException;
  }

  private Path path(String name) {
    return name.isEmpty() ? root : new Path(root, name);
  }
}
