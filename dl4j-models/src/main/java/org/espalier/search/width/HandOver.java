package org.espalier.search.width;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.storage.Floats;

/**
 * Begins a transition without a break: before the angle leaves 0, each candidate's own channels
 * become a copy of the shared ones that it uses, and kernels between own and shared channels become
 * 0. Then {@code P^T W Q} is the same at every angle, {@code (cos^2 + sin^2) W}, and what was
 * learned together is handed over to weights that from now on grow apart. Without it a transition
 * turns towards channels that were never trained. Where only one side of a kernel is shared, the
 * weights are scaled by {@code cos + sin}, at most 1.41: batch norm takes that out again, and the
 * logits are scaled by as much half-way. (Not in the paper, whose maps are learned.)
 *
 * @param layout of the shared vector, its rows those of {@link Sharing.Transition}
 */
record HandOver(MetaLayout layout) {
  private static final int SHARED = -1;

  /**
   * Where a channel of an axis comes from.
   *
   * @param owner the candidate whose own it is, or {@link #SHARED}
   * @param source the shared channel that it copies
   */
  private record Channel(int owner, int source) {}

  /** The vector, or its velocity, as it goes on. */
  Floats of(Floats before) {
    float[] from = before.toArray();
    float[] to = before.toArray();
    for (Site site : layout.sites()) {
      layout.slab(site.node() + "/weight").ifPresent(slab -> copy(slab, from, to));
    }
    return Floats.of(to);
  }

  private void copy(Slab slab, float[] from, float[] to) {
    int rows = slab.rows().size();
    int columns = slab.columns().size();
    boolean twoSided =
        slab.rows().position() != Site.FIXED && slab.columns().position() != Site.FIXED;
    List<Channel> reads = channels(slab.rows());
    List<Channel> gives = channels(slab.columns());
    for (int row = 0; row < rows; row++) {
      Channel read = reads.get(row);
      for (int column = 0; column < columns; column++) {
        Channel given = gives.get(column);
        boolean between = (read.owner() == SHARED) != (given.owner() == SHARED);
        for (int tap = 0; tap < slab.taps(); tap++) {
          int plane = slab.start() + tap * rows * columns;
          to[plane + row * columns + column] =
              twoSided && between ? 0 : from[plane + read.source() * columns + given.source()];
        }
      }
    }
  }

  private List<Channel> channels(Slab.Axis axis) {
    boolean fixed = axis.position() == Site.FIXED;
    List<Integer> widths =
        fixed ? List.of(axis.size()) : layout.space().candidates(axis.position());
    return IntStream.range(0, axis.size()).mapToObj(index -> channel(widths, index)).toList();
  }

  private static Channel channel(List<Integer> widths, int index) {
    int own = widths.get(widths.size() - 1);
    if (index < own) {
      return new Channel(SHARED, index);
    }
    int candidate = 0;
    while (index >= own + widths.get(candidate)) {
      own += widths.get(candidate);
      candidate++;
    }
    return new Channel(candidate, index - own);
  }
}
