package org.espalier.tensor;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The only way seeds are derived: a seed and a path of keys give a new seed, so that neighbouring
 * keys give unrelated streams and nothing depends on the order in which streams are made.
 */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private Seeds() {}

  /**
   * Mixes keys into a seed, in order, with the finaliser of SplitMix64 (Steele, Lea and Flood,
   * OOPSLA 2014, variant 13 of Stafford's mixers).
   *
   * @param seed any number
   * @param keys any numbers, such as a round and an item
   */
  public static long mix(long seed, long... keys) {
    long mixed = finish(seed + GOLDEN_GAMMA);
    for (long key : keys) {
      mixed = finish(mixed + GOLDEN_GAMMA * (2 * key + 1));
    }
    return mixed;
  }

  /** A generator started at {@link #mix}{@code (seed, keys)}. */
  public static RandomGenerator generator(long seed, long... keys) {
    return new SplittableRandom(mix(seed, keys));
  }

  private static long finish(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
