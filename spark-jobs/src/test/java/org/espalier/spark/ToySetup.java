package org.espalier.spark;

import org.espalier.search.DataLoader;
import org.espalier.search.rounds.ToySearch;

/** A toy search on executors. */
record ToySetup(int rounds, int items, double learningRate) implements ExecutorSetup {
  @Override
  public ToySearch search() {
    return new ToySearch(rounds, items, learningRate);
  }

  @Override
  public DataLoader data() {
    return ToySearch.points();
  }
}
