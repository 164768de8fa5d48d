package org.espalier.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.DataException;
import org.espalier.data.LabelledData;

/** Copies of packed data sets on the local disk of an executor, shared by its processes. */
public final class PackedCopies {
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
   * Reads a data set from its local copy, which is fetched if it is missing or damaged.
   *
   * @param folder URI of the folder with the file of {@link PackedDataset#archive}
   * @param fingerprint of the data wanted
   * @throws DataException if the original is missing, damaged or holds other data, or the local
   *     disk cannot be written
   */
  public LabelledData load(String folder, String fingerprint) {
    Path copy = local.resolve(PackedDataset.fileName(fingerprint));
    if (Files.exists(copy)) {
      try {
        return read(fingerprint);
      } catch (DataException damaged) {
        // A copy is not worth a failure: it is fetched again.
        fetch(folder, copy);
      }
    } else {
      fetch(folder, copy);
    }
    return read(fingerprint);
  }

  private LabelledData read(String fingerprint) {
    return PackedDataset.read(local.toString(), fingerprint, configuration);
  }

  /** Copies under another name first, since other processes may look for the copy. */
  private void fetch(String folder, Path copy) {
    DataPath original = DataPath.of(folder, configuration).child(copy.getFileName().toString());
    try (InputStream in = original.open()) {
      Files.createDirectories(local);
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
