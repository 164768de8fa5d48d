package org.espalier.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Curves and clouds of points over one pair of axes. Points that are not finite are left out. Lines
 * of one name share a colour and stand in the legend once: they are the same thing, measured again.
 *
 * @param title what it shows
 * @param x name and unit of the horizontal axis
 * @param y name and unit of the vertical axis
 * @param lines what is drawn; may be empty
 * @param marker a vertical line, such as the budget
 * @param floor the lowest value shown, if what lies below would press the rest together; lines are
 *     cut off there
 */
public record Chart(
    String title,
    String x,
    String y,
    List<Line> lines,
    Optional<Marker> marker,
    OptionalDouble floor)
    implements Section {
  public Chart {
    lines = List.copyOf(lines);
  }

  /** All of it, with a marker. */
  public Chart(String title, String x, String y, List<Line> lines, Optional<Marker> marker) {
    this(title, x, y, lines, marker, OptionalDouble.empty());
  }

  /** All of it, without a marker. */
  public Chart(String title, String x, String y, List<Line> lines) {
    this(title, x, y, lines, Optional.empty());
  }

  /** The same, from a lowest value on. */
  public Chart above(double lowest) {
    return new Chart(title, x, y, lines, marker, OptionalDouble.of(lowest));
  }

  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.chart(this);
  }

  /**
   * One curve or cloud.
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
    /** Each as a ring around a point of another line. */
    RINGS,
    /** As stairs: each value holds up to the next point. */
    STEPS
  }

  /**
   * One point.
   *
   * @param x horizontal
   * @param y vertical
   * @param name what it stands for; may be empty
   */
  public record Point(double x, double y, String name) {
    /** A point without a name. */
    public Point(double x, double y) {
      this(x, y, "");
    }
  }

  /**
   * A vertical line.
   *
   * @param x where
   * @param name what it is
   */
  public record Marker(double x, String name) {}
}
