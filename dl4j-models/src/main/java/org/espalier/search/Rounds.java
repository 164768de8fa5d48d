package org.espalier.search;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * Performs the groups of a round, somewhere. Knows nothing of methods: bytes go in, each group goes
 * through a {@link GroupRunner}, bytes come out.
 */
public interface Rounds extends AutoCloseable {
  /**
   * Performs one round and waits for it.
   *
   * @param round number of the round, from 0
   * @param view the encoded view
   * @param groups the encoded groups
   * @param groupFinished told the index of each group when it is finished, in any order, by any
   *     thread, possibly more than once when a group is repeated
   * @return what {@link GroupRunner#run} gave for each group, in group order
   * @throws RoundCancelledException after {@link #cancel}
   * @throws RoundFailedException if groups could not be performed, for reasons of the executors
   */
  List<byte[]> perform(int round, byte[] view, List<byte[]> groups, IntConsumer groupFinished);

  /** Ends the running round, if there is one, and any later one; may be called by any thread. */
  void cancel();

  /** Lets go of executors. */
  @Override
  void close();
}
