package org.espalier.search.table;

import java.util.List;
import java.util.Map;

/**
 * A network of a table.
 *
 * @param picks one index for each choice
 * @param seen accuracy that a search is told, a share
 * @param truth accuracy that counts, a share
 * @param costs by name
 */
record TableRow(List<Integer> picks, double seen, double truth, Map<String, Long> costs) {
  TableRow {
    picks = List.copyOf(picks);
    costs = Map.copyOf(costs);
  }
}
