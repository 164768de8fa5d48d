package org.espalier.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The common shape of a round's sums: named blocks of float32 values. An item adds to any of them;
 * a block to which nobody adds costs nothing on the wire.
 *
 * @param blocks in the order in which they travel; names are unique
 */
public record SumShape(List<Block> blocks) {
  /** No sums. */
  public static final SumShape NONE = new SumShape(List.of());

  public SumShape {
    blocks = List.copyOf(blocks);
    Set<String> names = new HashSet<>();
    for (Block block : blocks) {
      if (!names.add(block.name())) {
        throw new IllegalArgumentException("two sums are called '" + block.name() + "'");
      }
    }
  }

  /**
   * One sum.
   *
   * @param name for example {@code "weights"} or {@code "statistics/block3/8x16"}
   * @param length values, at least 1
   */
  public record Block(String name, int length) {
    public Block {
      if (name.isBlank() || length < 1) {
        throw new IllegalArgumentException(
            "a sum needs a name and at least one value, got '%s' with %s".formatted(name, length));
      }
    }
  }

  /** Bytes of all blocks as they travel: 4 a value. */
  public long bytes() {
    return blocks.stream().mapToLong(block -> 4L * block.length()).sum();
  }
}
