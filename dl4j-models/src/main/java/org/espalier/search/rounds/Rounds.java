package org.espalier.search.rounds;

import java.util.List;

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
   * @param handler takes what {@link GroupRunner#run} gave for each group, or, for more than {@link
   *     Groups#FOLDED} groups, what {@link GroupFold#fold} made of each so many
   * @throws RoundCancelledException after {@link #cancel}
   * @throws RoundFailedException if groups could not be performed, for reasons of the executors
   * @throws ItemFailedException if an item fails wherever it is performed
   */
  void perform(int round, byte[] view, List<byte[]> groups, RoundHandler handler);

  /** How many items can be performed at the same time now, at least 1; for people. */
  int slots();

  /** Ends the running round, if there is one, and any later one; may be called by any thread. */
  void cancel();

  /** Lets go of executors. */
  @Override
  void close();
}
