package org.espalier.search.width;

import java.util.List;

/**
 * How many items used each shared number. Widths use different parts of the shared weights, so a
 * mean over all items would shrink the steps of what few of them use; the mean over those that used
 * it does not (Diao et al., "HeteroFL", ICLR 2021, equation 2, for federated models of different
 * widths).
 *
 * @param layout of the shared vector
 * @param maps of the round
 */
record Coverage(MetaLayout layout, AffineMaps maps) {

  /**
   * Counts by number of the block {@link MetaLayout#SHARED}.
   *
   * @param items for each item the picks of its steps
   */
  int[] of(List<List<List<Integer>>> items) {
    int[] counts = new int[layout.blocks().get(0).length()];
    int[] last = new int[counts.length];
    for (int item = 1; item <= items.size(); item++) {
      for (List<Integer> picks : items.get(item - 1)) {
        for (Slab slab : layout.slabs()) {
          count(slab, picks, item, counts, last);
        }
      }
    }
    for (Slab slab : layout.slabs()) {
      int plane = slab.rows().size() * slab.columns().size();
      for (int tap = 1; tap < slab.taps(); tap++) {
        System.arraycopy(counts, slab.start(), counts, slab.start() + tap * plane, plane);
      }
    }
    return counts;
  }

  /** Of the first tap. An item counts once, however many of its steps used a number. */
  private void count(Slab slab, List<Integer> picks, int item, int[] counts, int[] last) {
    int[] rows = used(slab.rows(), picks);
    int[] columns = used(slab.columns(), picks);
    for (int row : rows) {
      int line = slab.start() + row * slab.columns().size();
      for (int column : columns) {
        if (last[line + column] != item) {
          last[line + column] = item;
          counts[line + column]++;
        }
      }
    }
  }

  private int[] used(Slab.Axis axis, List<Integer> picks) {
    AffineMap map = axis.map(maps, layout.pick(axis.position(), picks));
    return map.usedRows();
  }
}
