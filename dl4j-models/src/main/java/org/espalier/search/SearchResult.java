package org.espalier.search;

import java.util.List;

/**
 * What a search found, and its report as data.
 *
 * @param networks the trained networks, the one to use first; baselines after it
 * @param tables for the report
 * @param series for the report
 */
public record SearchResult(List<FoundNetwork> networks, List<Table> tables, List<Series> series) {
  public SearchResult {
    networks = List.copyOf(networks);
    tables = List.copyOf(tables);
    series = List.copyOf(series);
  }

  /**
   * A table of the report.
   *
   * @param title what it shows
   * @param columns headings
   * @param rows cells, as many in each row as there are columns
   */
  public record Table(String title, List<String> columns, List<List<String>> rows) {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
      for (List<String> row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "table '%s' has %d columns, but a row has %d cells"
                  .formatted(title, columns.size(), row.size()));
        }
      }
    }
  }

  /**
   * A curve or a cloud of points of the report.
   *
   * @param title what it shows
   * @param x name and unit of the horizontal axis
   * @param y name and unit of the vertical axis
   * @param points in the order in which a line would join them
   * @param line whether a line joins them
   */
  public record Series(String title, String x, String y, List<Point> points, boolean line) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /**
   * One point.
   *
   * @param x horizontal
   * @param y vertical
   */
  public record Point(double x, double y) {}
}
