package org.espalier.data.format;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file or folder on any file system but the local one. */
final class HadoopPath extends DataPath {
  private final Optional<FileStatus> listed;

  /**
   * A place.
   *
   * @param listed what the listing of its folder said, if it comes from one: a question less to a
   *     store far away
   */
  HadoopPath(FileSystem fileSystem, Path path, Optional<FileStatus> listed) {
    super(fileSystem, path);
    this.listed = listed;
  }

  @Override
  Kind kind() {
    return ask(
        () -> {
          try {
            FileStatus status = status();
            return status.isDirectory() ? Kind.FOLDER : status.isFile() ? Kind.FILE : Kind.OTHER;
          } catch (FileNotFoundException missing) {
            return Kind.NOTHING;
          }
        });
  }

  @Override
  Optional<java.nio.file.Path> local() {
    return Optional.empty();
  }

  @Override
  long length() {
    return ask(this::status).getLen();
  }

  @Override
  List<DataPath> entries() {
    FileStatus[] found = ask(() -> fileSystem().listStatus(path()));
    return Arrays.stream(found)
        .map(status -> new HadoopPath(fileSystem(), status.getPath(), Optional.of(status)))
        .sorted(Comparator.comparing(DataPath::name))
        .map(DataPath.class::cast)
        .toList();
  }

  @Override
  InputStream openFile() throws IOException {
    return fileSystem().open(path());
  }

  @Override
  DataPath child(String name) {
    return new HadoopPath(fileSystem(), below(name), Optional.empty());
  }

  private FileStatus status() throws IOException {
    return listed.isPresent() ? listed.get() : fileSystem().getFileStatus(path());
  }
}
