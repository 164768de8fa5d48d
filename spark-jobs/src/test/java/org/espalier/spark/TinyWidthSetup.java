package org.espalier.spark;

import org.espalier.search.DataLoader;
import org.espalier.search.random.RandomWidthSearch;
import org.espalier.search.random.TinyWidthSearch;

/** A small random width search on executors. */
record TinyWidthSetup() implements ExecutorSetup {
  @Override
  public RandomWidthSearch search() {
    return TinyWidthSearch.search();
  }

  @Override
  public DataLoader data() {
    return TinyWidthSearch.data();
  }
}
