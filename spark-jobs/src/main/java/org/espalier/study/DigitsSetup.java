package org.espalier.study;

import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.LabelledData;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.search.DataLoader;
import org.espalier.search.Search;
import org.espalier.spark.ExecutorSetup;

/**
 * A search on the digits, which come with the program: each executor reads its own.
 *
 * @param make makes the search
 */
record DigitsSetup(Made make) implements ExecutorSetup {
  /** Makes a search from what travels with it. */
  interface Made extends Supplier<Search<?, ?, ?, ?>>, Serializable {}

  @Override
  public Search<?, ?, ?, ?> search() {
    return make.get();
  }

  @Override
  public DataLoader data() {
    return loader(digits());
  }

  /** All digits. */
  static LabelledData digits() {
    return Datasets.open(new DatasetSettings.Digits(), new Configuration());
  }

  /** Gives what is loaded. */
  static DataLoader loader(LabelledData loaded) {
    return new DataLoader() {
      @Override
      public <D> D load(String fingerprint, Class<D> type) {
        return type.cast(loaded);
      }
    };
  }
}
