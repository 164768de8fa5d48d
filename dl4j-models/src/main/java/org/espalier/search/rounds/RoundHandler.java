package org.espalier.search.rounds;

/** Hears of a round while it is performed, and takes its results as they come. */
public interface RoundHandler {
  /**
   * A group is finished.
   *
   * @param group its index; told in any order, by any thread, possibly more than once when a group
   *     is repeated
   */
  void groupFinished(int group);

  /**
   * A result is there. Each comes once, in any order, one after the other.
   *
   * @param index below {@link Groups#results}; of a group, or of {@link Groups#FOLDED} groups where
   *     there are more groups than that
   * @param result encoded; never changed afterwards
   */
  void arrived(int index, byte[] result);
}
