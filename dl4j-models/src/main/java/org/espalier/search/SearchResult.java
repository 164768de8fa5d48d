package org.espalier.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a search found, and its report as data.
 *
 * @param networks the trained networks: those of the first one's role are what was found, the
 *     others are baselines
 * @param parts of the report, in order
 */
public record SearchResult(List<FoundNetwork> networks, List<Part> parts) {
  public SearchResult {
    networks = List.copyOf(networks);
    parts = List.copyOf(parts);
  }

  /**
   * The network to use: of the found ones the best on the validation part, the first of several.
   */
  public Optional<FoundNetwork> best() {
    return networks.stream()
        .filter(network -> network.role().equals(networks.get(0).role()))
        .min(Comparator.comparingDouble(network -> -network.validationAccuracy()));
  }

  /** One part of the report. All text is plain text. */
  public sealed interface Part {}

  /**
   * A paragraph.
   *
   * @param text plain
   */
  public record Text(String text) implements Part {}

  /**
   * A table of the report.
   *
   * @param title what it shows
   * @param columns headings
   * @param rows cells, as many in each row as there are columns; whole numbers as digits alone
   */
  public record Table(String title, List<String> columns, List<List<String>> rows) implements Part {
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
   * @param lines what is drawn
   * @param marker a vertical line, such as the budget
   */
  public record Chart(String title, String x, String y, List<Line> lines, Optional<Marker> marker)
      implements Part {
    public Chart {
      lines = List.copyOf(lines);
    }

    /** Without a marker. */
    public Chart(String title, String x, String y, List<Line> lines) {
      this(title, x, y, lines, Optional.empty());
    }
  }

  /**
   * One line of a chart.
   *
   * @param name for the legend
   * @param points in their order
   * @param style how they are drawn
   */
  public record Line(String name, List<Point> points, Style style) {
    public Line {
      points = List.copyOf(points);
    }

    /** The points of a cloud that no other beats: at most as far right, and higher. */
    public static Line paretoFront(List<Point> cloud) {
      List<Point> sorted = new ArrayList<>(cloud);
      sorted.sort(
          Comparator.comparingDouble(Point::x)
              .thenComparing(Comparator.comparingDouble(Point::y).reversed()));
      List<Point> front = new ArrayList<>();
      double highest = Double.NEGATIVE_INFINITY;
      for (Point point : sorted) {
        if (point.y() > highest) {
          front.add(point);
          highest = point.y();
        }
      }
      return new Line("Pareto front", front, Style.STEPS);
    }
  }

  /** How the points of a line are drawn. */
  public enum Style {
    /** Joined. */
    CURVE,
    /** Each by itself. */
    POINTS,
    /** As stairs: each value holds up to the next point. */
    STEPS
  }

  /**
   * One point.
   *
   * @param x horizontal
   * @param y vertical
   */
  public record Point(double x, double y) {}

  /**
   * A vertical line.
   *
   * @param x where
   * @param name what it is
   */
  public record Marker(double x, String name) {}

  /**
   * A picture of widths: for each layer a bar a row, one beside the other.
   *
   * @param title what it shows
   * @param layers their names
   * @param rows the networks compared, usually the found one and the uniform one
   */
  public record Widths(String title, List<String> layers, List<Row> rows) implements Part {
    public Widths {
      layers = List.copyOf(layers);
      rows = List.copyOf(rows);
      for (Row row : rows) {
        if (row.widths().size() != layers.size()) {
          throw new IllegalArgumentException(
              "'%s' has %d layers, but '%s' has %d widths"
                  .formatted(title, layers.size(), row.name(), row.widths().size()));
        }
      }
    }

    /**
     * The widths of one network.
     *
     * @param name for the legend
     * @param widths output channels of each layer
     */
    public record Row(String name, List<Integer> widths) {
      public Row {
        widths = List.copyOf(widths);
      }
    }
  }
}
