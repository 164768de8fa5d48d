package org.espalier.search.rounds;

import org.espalier.search.DataLoader;
import org.espalier.search.WorkItem;

/** A worker like another one, to change one thing about it. */
abstract class DelegatingWorker implements Worker {
  private final Worker worker;

  DelegatingWorker(Worker worker) {
    this.worker = worker;
  }

  @Override
  public DataLoader data() {
    return worker.data();
  }

  @Override
  public WarmCache cache() {
    return worker.cache();
  }

  @Override
  public String platform() {
    return worker.platform();
  }

  @Override
  public void beforeItem(WorkItem item) {
    worker.beforeItem(item);
  }

  @Override
  public void checkCancelled() {
    worker.checkCancelled();
  }
}
