package org.espalier.task;

/** What a class is for. */
public enum MetaPart {
  /** Its tasks are learned from. */
  TRAIN(0),
  /** Its tasks choose between methods and settings. */
  VALIDATION(1),
  /** Its tasks are touched once, for the result. */
  TEST(2);

  private final long key;

  MetaPart(long key) {
    this.key = key;
  }

  /** Keeps the random streams of the parts apart. */
  long key() {
    return key;
  }
}
