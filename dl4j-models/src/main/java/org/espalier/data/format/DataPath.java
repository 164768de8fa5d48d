package org.espalier.data.format;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.espalier.data.DataException;
import org.espalier.storage.Location;

/** A file or folder on any Hadoop file system, whose errors say where and what. */
final class DataPath {
  private final FileSystem fileSystem;
  private final Path path;

  private DataPath(FileSystem fileSystem, Path path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  /**
   * The place a person named.
   *
   * @param location URI with a scheme, or a path of the local file system
   * @param configuration of the file systems
   * @throws DataException if the scheme is unknown or the text is no URI
   */
  static DataPath of(String location, Configuration configuration) {
    try {
      Path path = Location.path(location);
      return new DataPath(path.getFileSystem(configuration), path);
    } catch (UnsupportedFileSystemException unknown) {
      throw unknownScheme(location, unknown);
    } catch (RuntimeException failure) {
      // Hadoop wraps a class that is not there and a host that has no address like this.
      if (failure.getCause() instanceof ClassNotFoundException) {
        throw unknownScheme(location, failure);
      }
      if (failure.getCause() instanceof UnknownHostException unknown) {
        throw new DataException(location, "unknown host " + unknown.getMessage(), failure);
      }
      throw new DataException(location, "not a usable URI: " + failure.getMessage(), failure);
    } catch (IOException failure) {
      throw new DataException(location, "file system not reachable: " + failure, failure);
    }
  }

  private static DataException unknownScheme(String location, Exception cause) {
    return new DataException(
        location,
        "no file system for scheme '%s'; expected a local path, file:, hdfs:, or a scheme whose jar is on the class path (s3a: needs hadoop-aws)"
            .formatted(location.substring(0, location.indexOf(':'))),
        cause);
  }

  /** The entry of that name inside this folder, whether it exists or not. */
  DataPath child(String name) {
    try {
      return new DataPath(fileSystem, new Path(path, new Path(new URI(null, null, name, null))));
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      throw new DataException(toString(), "unusable name '" + name + "'", malformed);
    }
  }

  /** The file of that name inside this folder, or the one with {@code .gz} behind its name. */
  DataPath plainOrGzip(String name) {
    DataPath plain = child(name);
    DataPath gzip = child(name + ".gz");
    if (plain.exists()) {
      return plain;
    }
    if (gzip.exists()) {
      return gzip;
    }
    throw new DataException(
        toString(), "file is missing; expected %s or %s.gz here".formatted(name, name));
  }

  String name() {
    return path.getName();
  }

  boolean exists() {
    return ask(() -> fileSystem.exists(path));
  }

  boolean isFolder() {
    return exists() && ask(() -> fileSystem.getFileStatus(path)).isDirectory();
  }

  /** Bytes of this file as stored. */
  long length() {
    return ask(() -> fileSystem.getFileStatus(path)).getLen();
  }

  /** Throws unless this is a folder. */
  void requireFolder(String expected) {
    if (!exists()) {
      throw new DataException(toString(), "no such folder; expected " + expected);
    }
    if (!isFolder()) {
      throw new DataException(toString(), "is a file; expected " + expected);
    }
  }

  /** Entries of this folder by name, without those whose name begins with a dot or underscore. */
  List<DataPath> entries() {
    FileStatus[] found = ask(() -> fileSystem.listStatus(path));
    return Arrays.stream(found)
        .map(FileStatus::getPath)
        .filter(entry -> !entry.getName().startsWith(".") && !entry.getName().startsWith("_"))
        .sorted((left, right) -> left.getName().compareTo(right.getName()))
        .map(entry -> new DataPath(fileSystem, entry))
        .toList();
  }

  /** Opens this file's bytes as stored. */
  InputStream open() {
    if (isFolder()) {
      throw new DataException(toString(), "is a folder; expected a file");
    }
    return ask(() -> fileSystem.open(path));
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  Path path() {
    return path;
  }

  /** Local files as plain paths, others as URIs. */
  @Override
  public String toString() {
    URI uri = path.toUri();
    return uri.getScheme() == null || uri.getScheme().equals("file")
        ? uri.getPath()
        : path.toString();
  }

  private <T> T ask(Question<T> question) {
    try {
      return question.answer();
    } catch (FileNotFoundException missing) {
      throw new DataException(
          toString(),
          "no such file, or not readable (%s)".formatted(missing.getMessage()),
          missing);
    } catch (IOException failure) {
      throw new DataException(toString(), "cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** A question to the file system. */
  private interface Question<T> {
    T answer() throws IOException;
  }
}
