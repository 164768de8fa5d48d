package org.espalier.report;

import java.util.List;

/**
 * A table. Columns whose cells are all numbers, alone or with a deviation, are set to the right.
 * Whole numbers may be given as digits alone: commas between their thousands are added where the
 * table is drawn, except in the columns of names.
 *
 * @param title what it shows
 * @param columns headings
 * @param rows cells, as many in each row as there are columns
 * @param names how many of the first columns name the row, such as classes of images, and are shown
 *     as they are, from 0 to the number of columns; usually 1
 */
public record Table(String title, List<String> columns, List<List<String>> rows, int names)
    implements Section {
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "table '%s' has %s columns, but a row has %s cells"
                .formatted(title, columns.size(), row.size()));
      }
    }
    if (names < 0 || names > columns.size()) {
      throw new IllegalArgumentException(
          "table '%s' has %s columns, but names is %s".formatted(title, columns.size(), names));
    }
  }

  /** A table whose first column, if it has any, names the rows. */
  public Table(String title, List<String> columns, List<List<String>> rows) {
    this(title, columns, rows, Math.min(1, columns.size()));
  }

  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.table(this);
  }
}
