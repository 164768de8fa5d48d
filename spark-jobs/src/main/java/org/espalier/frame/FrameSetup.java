package org.espalier.frame;

import java.io.Serializable;
import java.util.function.Supplier;
import org.espalier.search.DataLoader;
import org.espalier.search.Search;
import org.espalier.spark.ExecutorSetup;

/**
 * The searches of the benchmark on executors.
 *
 * @param make makes the search
 */
record FrameSetup(Made make) implements ExecutorSetup {
  /** Makes a search from its numbers. */
  interface Made extends Supplier<Search<?, ?, ?, ?>>, Serializable {}

  @Override
  public Search<?, ?, ?, ?> search() {
    return make.get();
  }

  @Override
  public DataLoader data() {
    return TrainingSearch.digits();
  }
}
