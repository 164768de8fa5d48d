package org.espalier.data;

/** What becomes of the examples that do not fill the last batch of an epoch. */
public enum LastBatch {
  /** They form a smaller batch. */
  KEEP,
  /** They are left out of this epoch; another shuffle will leave out others. */
  DROP
}
