package org.espalier.search;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one item adds to the round's sums: values for some of the blocks of the round's {@link
 * SumShape}.
 */
public final class Sums {
  /** Adds to no block. */
  public static final Sums NONE = new Sums(new TreeMap<>());

  private final SortedMap<String, float[]> blocks;

  private Sums(SortedMap<String, float[]> blocks) {
    this.blocks = blocks;
  }

  /** Adds to one block. */
  public static Sums of(String name, float... values) {
    return NONE.and(name, values);
  }

  /**
   * These sums and one block more.
   *
   * @throws IllegalArgumentException if the block is there already
   */
  public Sums and(String name, float... values) {
    if (blocks.containsKey(name)) {
      throw new IllegalArgumentException("the sum '" + name + "' is given twice");
    }
    TreeMap<String, float[]> more = new TreeMap<>(blocks);
    more.put(name, values.clone());
    return new Sums(more);
  }

  /** The same with a prefix before the names of all blocks. */
  public Sums prefixed(String prefix) {
    TreeMap<String, float[]> renamed = new TreeMap<>();
    blocks.forEach((name, values) -> renamed.put(prefix + name, values));
    return new Sums(renamed);
  }

  /** Names of the blocks that are added to, in alphabetical order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(blocks.keySet());
  }

  /** What is added to a block, if anything; the array is shared, so never changed. */
  public Optional<float[]> values(String name) {
    return Optional.ofNullable(blocks.get(name));
  }
}
