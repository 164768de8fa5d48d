package org.espalier.data.format;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.data.DataException;
import org.espalier.storage.HadoopFileSystems;
import org.espalier.storage.Location;
import org.espalier.text.InputException;

/** A file or folder on any Hadoop file system, whose errors say where and what. */
abstract sealed class DataPath permits LocalPath, HadoopPath {
  private final FileSystem fileSystem;
  private final Path path;

  DataPath(FileSystem fileSystem, Path path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  /** What can lie at a place. */
  enum Kind {
    FILE,
    FOLDER,
    NOTHING,
    /** A link to a place where nothing is. */
    DEAD_LINK,
    /** Such as a pipe or a device. */
    OTHER
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
      FileSystem fileSystem = HadoopFileSystems.of(path, configuration);
      if (fileSystem instanceof LocalFileSystem local) {
        // Without the checksums of Hadoop, which an old file beside a picture can spoil.
        return new LocalPath(local.getRawFileSystem(), path);
      }
      return new HadoopPath(fileSystem, path, Optional.empty());
    } catch (DataException known) {
      throw known;
    } catch (InputException failure) {
      throw new DataException(location, failure.getMessage(), failure);
    } catch (RuntimeException malformed) {
      throw new DataException(location, "not a usable URI: " + malformed.getMessage(), malformed);
    }
  }

  /** What lies here, at the end of links. */
  abstract Kind kind();

  /** Bytes of this file as stored. */
  abstract long length();

  /**
   * All entries of this folder, by name.
   *
   * @throws DataException if the folder cannot be read, or the name of an entry
   */
  abstract List<DataPath> entries();

  /** Opens the bytes of this file, which is known to be one. */
  abstract InputStream openFile() throws IOException;

  /** The entry of that name inside this folder, whether it exists or not. */
  abstract DataPath child(String name);

  /** The name inside this folder as a path of Hadoop's, whatever characters it has. */
  final Path below(String name) {
    URI folder = path.toUri();
    String separator = folder.getPath().endsWith("/") ? "" : "/";
    try {
      return new Path(
          new URI(
              folder.getScheme(),
              folder.getAuthority(),
              folder.getPath() + separator + name,
              null,
              null));
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      throw new DataException(toString(), "unusable name '" + name + "'", malformed);
    }
  }

  /** The first file inside this folder with one of these names, or {@code .gz} behind it. */
  final DataPath plainOrGzip(String... names) {
    List<String> tried = new ArrayList<>();
    for (String name : names) {
      for (String each : new String[] {name, name + ".gz"}) {
        DataPath file = child(each);
        if (file.exists()) {
          return file;
        }
        tried.add(each);
      }
    }
    throw new DataException(
        toString(), "file is missing; expected %s here".formatted(String.join(" or ", tried)));
  }

  String name() {
    return path.getName();
  }

  /** Whether anything is here; a link that leads nowhere is something. */
  final boolean exists() {
    return kind() != Kind.NOTHING;
  }

  final boolean isFolder() {
    return kind() == Kind.FOLDER;
  }

  /** Throws unless this is a folder. */
  final void requireFolder(String expected) {
    switch (kind()) {
      case FOLDER -> {}
      case NOTHING -> throw new DataException(toString(), "no such folder; expected " + expected);
      case DEAD_LINK ->
          throw new DataException(toString(), "is a link to nothing; expected " + expected);
      default -> throw new DataException(toString(), "is a file; expected " + expected);
    }
  }

  /** Opens this file's bytes as stored. */
  final InputStream open() {
    switch (kind()) {
      case FILE, NOTHING -> {
        return new Reported(ask(this::openFile));
      }
      case FOLDER -> throw new DataException(toString(), "is a folder; expected a file");
      case DEAD_LINK ->
          throw new DataException(toString(), "is a link to nothing; expected a file");
      default ->
          throw new DataException(toString(), "is neither a file nor a folder; expected a file");
    }
  }

  /** This file as one that can be mapped into memory, if it is on a disk of this machine. */
  abstract Optional<java.nio.file.Path> local();

  final FileSystem fileSystem() {
    return fileSystem;
  }

  final Path path() {
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

  final <T> T ask(Question<T> question) {
    try {
      return question.answer();
    } catch (FileNotFoundException | java.nio.file.NoSuchFileException missing) {
      throw new DataException(
          toString(),
          "no such file, or not readable (%s)".formatted(missing.getMessage()),
          missing);
    } catch (java.nio.file.AccessDeniedException denied) {
      throw new DataException(toString(), "cannot be read: this user has no permission to", denied);
    } catch (IOException | FSError failure) {
      throw new DataException(toString(), "cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** A stream that says by exceptions what Hadoop's local files say by an Error: a bad disk. */
  private static final class Reported extends FilterInputStream {
    private Reported(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (FSError failure) {
        throw reported(failure);
      }
    }

    private static IOException reported(FSError failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      return new IOException(cause.getMessage(), failure);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return in.read(bytes, from, length);
      } catch (FSError failure) {
        throw reported(failure);
      }
    }
  }

  /** A question to the file system. */
  interface Question<T> {
    T answer() throws IOException;
  }
}
