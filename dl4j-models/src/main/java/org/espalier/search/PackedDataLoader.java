package org.espalier.search;

import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.LabelledData;
import org.espalier.data.format.PackedDataset;

/**
 * Loads labelled images that were packed beside a run, by fingerprint.
 *
 * @param folder URI of the folder with the packed files
 */
public record PackedDataLoader(String folder) implements DataLoader {
  public PackedDataLoader {
    Objects.requireNonNull(folder, "folder");
  }

  @Override
  public <D> D load(String fingerprint, Class<D> type) {
    if (type != LabelledData.class) {
      throw new IllegalArgumentException(
          "packed files hold labelled images, not " + type.getSimpleName());
    }
    return type.cast(PackedDataset.read(folder, fingerprint, new Configuration()));
  }
}
