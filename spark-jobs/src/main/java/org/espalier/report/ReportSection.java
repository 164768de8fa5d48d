package org.espalier.report;

import java.util.List;
import java.util.OptionalDouble;
import org.espalier.network.NetworkSpec;

/** One piece of a report. All text is plain text. */
public sealed interface ReportSection {

  /**
   * A paragraph.
   *
   * @param text plain
   */
  record Text(String text) implements ReportSection {}

  /**
   * Numbers to be seen first.
   *
   * @param figures in order of importance
   */
  record Figures(List<Figure> figures) implements ReportSection {
    public Figures {
      figures = List.copyOf(figures);
    }
  }

  /**
   * A number to be seen first.
   *
   * @param name what it is
   * @param value with its unit
   * @param note what it is compared with or made of; may be empty
   */
  record Figure(String name, String value, String note) {}

  /**
   * A table. Columns whose cells are all numbers, alone or with a deviation, are set to the right.
   *
   * @param title what it shows
   * @param columns headings
   * @param rows cells, as many in each row as there are columns
   */
  record Table(String title, List<String> columns, List<List<String>> rows)
      implements ReportSection {
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
   * Curves and clouds of points over one pair of axes. Points that are not finite are left out.
   *
   * @param title what it shows
   * @param x name and unit of the horizontal axis
   * @param y name and unit of the vertical axis
   * @param lines at least one
   * @param limit a vertical line at this x, such as a budget
   * @param limitName what the vertical line is
   */
  record Series(
      String title, String x, String y, List<Line> lines, OptionalDouble limit, String limitName)
      implements ReportSection {
    public Series {
      lines = List.copyOf(lines);
    }

    /** Without a vertical line. */
    public Series(String title, String x, String y, List<Line> lines) {
      this(title, x, y, lines, OptionalDouble.empty(), "");
    }
  }

  /**
   * One curve or cloud.
   *
   * @param name for the legend
   * @param points in their order
   * @param style how they are drawn
   */
  record Line(String name, List<Point> points, Style style) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /** How the points of a line are drawn. */
  enum Style {
    /** Joined. */
    CURVE,
    /** Each by itself. */
    POINTS,
    /** As stairs: each value holds up to the next point. */
    STEPS
  }

  /**
   * A point.
   *
   * @param x horizontal
   * @param y vertical
   */
  record Point(double x, double y) {}

  /**
   * How often each class was taken for which.
   *
   * @param title what it shows
   * @param classes names
   * @param counts {@code [actual][predicted]}
   */
  record Confusion(String title, List<String> classes, List<List<Long>> counts)
      implements ReportSection {
    public Confusion {
      classes = List.copyOf(classes);
      counts = counts.stream().map(List::copyOf).toList();
      int size = classes.size();
      if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
        throw new IllegalArgumentException("a confusion matrix needs a row and a column a class");
      }
    }
  }

  /**
   * A drawing of a network.
   *
   * @param title what it shows
   * @param network what is drawn
   */
  record Drawing(String title, NetworkSpec network) implements ReportSection {}

  /**
   * Bars for each of some things, one bar a row, one below the other.
   *
   * @param title what it shows
   * @param names of the things
   * @param rows what is compared, each with a value for every thing
   */
  record Bars(String title, List<String> names, List<Row> rows) implements ReportSection {
    public Bars {
      names = List.copyOf(names);
      rows = List.copyOf(rows);
      for (Row row : rows) {
        if (row.values().size() != names.size()) {
          throw new IllegalArgumentException(
              "'%s' has %d names, but '%s' has %d values"
                  .formatted(title, names.size(), row.name(), row.values().size()));
        }
      }
    }
  }

  /**
   * One of the things compared in {@link Bars}.
   *
   * @param name for the legend
   * @param values one for each name, at least 0
   */
  record Row(String name, List<Integer> values) {
    public Row {
      values = List.copyOf(values);
    }
  }

  /**
   * Small pictures with captions.
   *
   * @param title what they show
   * @param pictures in order
   */
  record Pictures(String title, List<Picture> pictures) implements ReportSection {
    public Pictures {
      pictures = List.copyOf(pictures);
    }
  }
}
