package org.espalier.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.DataException;
import org.espalier.data.LabelledData;

/** Copies of packed data sets on the local disk of an executor, shared by its processes. */
public final class PackedCopies {
  private static final Object FETCHING = new Object();
  private static final String LOCK = ".lock";

  private final Path local;
  private final Configuration configuration;

  /**
   * Copies in a folder.
   *
   * @param local folder on the local disk; made if missing
   * @param configuration of the Hadoop file systems that are copied from
   */
  public PackedCopies(Path local, Configuration configuration) {
    this.local = local.toAbsolutePath();
    this.configuration = configuration;
  }

  /**
   * Reads a data set from its local copy, which is fetched if it is missing or damaged; by one
   * process, while others wait for it.
   *
   * @param folder URI of the folder with the file of {@link PackedDataset#archive}
   * @param fingerprint of the data wanted
   * @throws DataException if the original is missing, damaged or holds other data, or the local
   *     disk cannot be written
   */
  public LabelledData load(String folder, String fingerprint) {
    Path copy = local.resolve(PackedDataset.fileName(fingerprint));
    return sound(copy, fingerprint).orElseGet(() -> fetched(folder, copy, fingerprint));
  }

  private LabelledData fetched(String folder, Path copy, String fingerprint) {
    // Locks of files are a process's: its threads would get an exception instead of waiting.
    synchronized (FETCHING) {
      try (FileChannel file = lockFile()) {
        FileLock unused = file.lock(); // until the file is closed
        // Another process may have fetched it in the meantime.
        Optional<LabelledData> there = sound(copy, fingerprint);
        if (there.isPresent()) {
          return there.get();
        }
        fetch(folder, copy);
        return read(fingerprint);
      } catch (IOException failure) {
        throw new DataException(local.toString(), "cannot be written: " + failure, failure);
      }
    }
  }

  private FileChannel lockFile() throws IOException {
    Files.createDirectories(local);
    return FileChannel.open(
        local.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** The copy, if it is there and as it should be: a copy is not worth a failure. */
  private Optional<LabelledData> sound(Path copy, String fingerprint) {
    try {
      return Files.exists(copy) ? Optional.of(read(fingerprint)) : Optional.empty();
    } catch (DataException damaged) {
      return Optional.empty();
    }
  }

  private LabelledData read(String fingerprint) {
    return PackedDataset.read(local.toString(), fingerprint, configuration);
  }

  /** Copies under another name first, since other processes look for the copy without the lock. */
  private void fetch(String folder, Path copy) {
    DataPath original = DataPath.of(folder, configuration).child(copy.getFileName().toString());
    try (InputStream in = original.open()) {
      Path partial = Files.createTempFile(local, "fetching-", ".partial");
      try {
        Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(
            partial, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException failure) {
      throw new DataException(
          original.toString(), "cannot be copied to %s: %s".formatted(copy, failure), failure);
    }
  }
}
