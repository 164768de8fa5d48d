package org.espalier.report;

import java.util.List;

/**
 * Bars for each of some things, one bar a row, one below the other: for example the width of each
 * layer in the network found and in the uniform one.
 *
 * @param title what it shows
 * @param names of the things
 * @param rows what is compared, each with a value for every thing
 */
public record Bars(String title, List<String> names, List<Row> rows) implements Section {
  public Bars {
    names = List.copyOf(names);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.values().size() != names.size()) {
        throw new IllegalArgumentException(
            "'%s' has %s names, but '%s' has %s values"
                .formatted(title, names.size(), row.name(), row.values().size()));
      }
    }
  }

  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.bars(this);
  }

  /**
   * One of the things compared.
   *
   * @param name for the legend
   * @param values one for each name, at least 0
   */
  public record Row(String name, List<Integer> values) {
    public Row {
      values = List.copyOf(values);
      for (int value : values) {
        if (value < 0) {
          throw new IllegalArgumentException(
              "the values of '%s' must be at least 0, got %s".formatted(name, value));
        }
      }
    }
  }
}
