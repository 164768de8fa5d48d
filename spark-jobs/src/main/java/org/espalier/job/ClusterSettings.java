package org.espalier.job;

import org.espalier.data.format.DatasetSettings;

/** Settings of a command whose work is spread over a cluster. */
public interface ClusterSettings {
  /** What to learn from. */
  DatasetSettings data();

  /** Whether all machines of the cluster and this one see the same files under the same paths. */
  Boolean sharedFileSystem();
}
