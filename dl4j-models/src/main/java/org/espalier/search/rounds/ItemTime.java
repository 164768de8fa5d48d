package org.espalier.search.rounds;

/**
 * What performing something took: for people, never used.
 *
 * @param cpuNanos of the thread
 * @param wallNanos by the clock on the wall
 */
record ItemTime(long cpuNanos, long wallNanos) {
  static final ItemTime NONE = new ItemTime(0, 0);

  ItemTime plus(ItemTime more) {
    return new ItemTime(cpuNanos + more.cpuNanos(), wallNanos + more.wallNanos());
  }
}
