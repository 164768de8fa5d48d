package org.espalier.job;

import java.util.Map;
import org.espalier.data.format.DatasetSettings;

/** Settings of a command whose work is spread over a cluster. */
public interface ClusterSettings {
  /** What to learn from, by name; at least one. */
  Map<String, DatasetSettings> namedData();

  /** The key under which a data set stands in the configuration, for messages. */
  String keyOf(String name);

  /** Whether all machines of the cluster and this one see the same files under the same paths. */
  Boolean sharedFileSystem();
}
