package org.espalier.storage;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.espalier.text.InputException;

/** Finds the file systems that people name, and says in words why there is none. */
public final class HadoopFileSystems {
  private static final List<String> SITES =
      List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml", "mapred-site.xml");

  private HadoopFileSystems() {}

  /**
   * The configuration of Hadoop that is on the class path, from {@code HADOOP_CONF_DIR}.
   *
   * @throws InputException if there is no such folder, or a file in it cannot be read
   */
  public static Configuration configuration() {
    checkFolder(Optional.ofNullable(System.getenv("HADOOP_CONF_DIR")));
    for (String site : SITES) {
      Configuration alone = new Configuration(false);
      alone.addResource(site);
      try {
        // Files are read at the first question.
        int unused = alone.size();
      } catch (RuntimeException e) {
        throw new InputException(
            "the configuration of Hadoop, HADOOP_CONF_DIR, cannot be read: %s: %s"
                .formatted(site, text(e.getCause() == null ? e : e.getCause())),
            e);
      }
    }
    return new Configuration();
  }

  static void checkFolder(Optional<String> folder) {
    if (folder.isEmpty() || folder.get().isEmpty()) {
      return;
    }
    try {
      if (Files.isDirectory(java.nio.file.Path.of(folder.get()))) {
        return;
      }
    } catch (InvalidPathException e) {
      throw new InputException("HADOOP_CONF_DIR is no path: " + e.getMessage(), e);
    }
    throw new InputException(
        "HADOOP_CONF_DIR names no folder: '%s'; unset it, or name the folder with core-site.xml"
            .formatted(folder.get()));
  }

  /**
   * The file system of a path.
   *
   * @throws InputException if there is none, with the reason alone
   */
  public static FileSystem of(Path path, Configuration configuration) {
    try {
      return path.getFileSystem(configuration);
    } catch (UnsupportedFileSystemException unknown) {
      throw unknownScheme(path, unknown);
    } catch (RuntimeException failure) {
      // Hadoop wraps a class that is not there and a host that has no address like this.
      if (failure.getCause() instanceof ClassNotFoundException) {
        throw unknownScheme(path, failure);
      }
      if (failure.getCause() instanceof UnknownHostException unknown) {
        throw new InputException("unknown host " + unknown.getMessage(), failure);
      }
      throw new InputException("not a usable URI: " + text(failure), failure);
    } catch (IOException failure) {
      throw new InputException("file system not reachable: " + text(failure), failure);
    } catch (LinkageError failure) {
      throw new InputException(
          "the jar of the file system for scheme '%s' does not fit to this Hadoop: %s"
              .formatted(path.toUri().getScheme(), failure),
          failure);
    }
  }

  private static InputException unknownScheme(Path path, Exception cause) {
    return new InputException(
        "no file system for scheme '%s'; expected a local path, file:, hdfs:, or a scheme whose jar is on the class path (s3a: needs hadoop-aws)"
            .formatted(path.toUri().getScheme()),
        cause);
  }

  private static String text(Throwable problem) {
    String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
    return message.replaceAll("\\s+", " ");
  }
}
