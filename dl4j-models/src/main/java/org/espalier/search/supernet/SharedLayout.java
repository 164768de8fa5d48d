package org.espalier.search.supernet;

import java.util.List;
import org.espalier.search.SumShape;

/** Where the numbers that the networks of a supernet share lie in one vector. */
public interface SharedLayout {
  /**
   * A part of the vector that a step changes as a whole or not at all.
   *
   * @param name unique in the layout
   * @param start index of its first number
   * @param length at least 1
   */
  record Range(String name, int start, int length) {}

  /** Numbers of the whole vector. */
  int size();

  /** All blocks in the order of the vector, without gaps. */
  List<Range> blocks();

  /** The blocks as sums of a round. */
  default SumShape sums() {
    return new SumShape(
        blocks().stream().map(block -> new SumShape.Block(block.name(), block.length())).toList());
  }
}
