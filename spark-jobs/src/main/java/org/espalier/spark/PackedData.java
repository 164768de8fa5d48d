package org.espalier.spark;

import java.io.File;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.espalier.data.LabelledData;
import org.espalier.data.format.PackedCopies;
import org.espalier.data.format.PackedDataset;
import org.espalier.search.DataLoader;

/**
 * Labelled images that were packed beside a run, by fingerprint. Executors copy them once to a
 * local disk that Spark cleans when the application ends; all executors of the application on a
 * machine share the copy. A driver that performs items itself reads them where they are.
 *
 * @param folder URI of the folder with the packed files
 * @param copies where to copy to, or empty to read in place
 */
record PackedData(String folder, Optional<Path> copies) implements DataLoader {
  /** What Spark calls the driver among executors. */
  private static final String DRIVER = "driver";

  private static final String COPIES = "espalier-data";

  PackedData {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(copies, "copies");
  }

  /** For this process. */
  static PackedData here(String folder) {
    SparkEnv spark = SparkEnv.get();
    boolean executor = spark != null && !spark.executorId().equals(DRIVER);
    return new PackedData(folder, executor ? Optional.of(copies(spark)) : Optional.empty());
  }

  /** Beside the folder of Spark's own blocks, which is this executor's alone. */
  private static Path copies(SparkEnv spark) {
    File blocks = spark.blockManager().diskBlockManager().localDirs()[0];
    return blocks.toPath().resolveSibling(COPIES);
  }

  @Override
  public <D> D load(String fingerprint, Class<D> type) {
    if (type != LabelledData.class) {
      throw new IllegalArgumentException(
          "packed files hold labelled images, not " + type.getSimpleName());
    }
    Configuration configuration = SparkHadoopUtil.get().conf();
    return type.cast(
        copies.isPresent()
            ? new PackedCopies(copies.get(), configuration).load(folder, fingerprint)
            : PackedDataset.read(folder, fingerprint, configuration));
  }
}
