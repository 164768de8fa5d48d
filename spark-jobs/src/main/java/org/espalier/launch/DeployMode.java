package org.espalier.launch;

/** Where the driver of a run lives. */
public enum DeployMode {
  /** In the process that was started, whose end ends the run. */
  CLIENT,
  /** On a machine of the cluster; the process that was started only watches. */
  CLUSTER
}
