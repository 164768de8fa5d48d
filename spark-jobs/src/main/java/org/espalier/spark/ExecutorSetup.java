package org.espalier.spark;

import java.io.Serializable;
import org.espalier.search.DataLoader;
import org.espalier.search.Search;

/**
 * What an executor builds once and then keeps: the search, and where its data come from. Travels to
 * executors by Java serialisation inside Spark's closures, so it holds settings as text, never
 * networks or data.
 */
public interface ExecutorSetup extends Serializable {
  /** The search, from its settings. */
  Search<?, ?, ?, ?> search();

  /** Where data come from; asked once in a process for each fingerprint. */
  DataLoader data();
}
