package org.espalier.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.espalier.report.Chart;

/** Draws a {@link Chart} as SVG. */
final class ChartRenderer {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 300;
  private static final double LEAST_LEFT = 52;
  private static final double GAP = 7;
  private static final double FIGURE = 9;
  private static final double RIGHT = 22;
  private static final double TOP = 34;
  private static final double BOTTOM = 44;
  private static final int COLOURS = 6;
  private static final int MOST_DOTS = 40;

  private ChartRenderer() {}

  /**
   * Where values lie.
   *
   * @param x axis from left to right
   * @param y axis from below
   */
  private record Frame(Ticks x, Ticks y) {
    /**
     * Where the area of points begins: behind the longest label, in the letters of narrow pages.
     */
    double left() {
      int longest = y.values().stream().mapToInt(value -> y.label(value).length()).max().orElse(0);
      return Math.max(LEAST_LEFT, GAP + FIGURE * longest);
    }

    double across(double value) {
      return left() + x.position(value) * (WIDTH - left() - RIGHT);
    }

    double down(double value) {
      return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - BOTTOM - TOP);
    }
  }

  static String render(Chart chart) {
    List<Chart.Line> lines = chart.lines().stream().map(line -> finite(line)).toList();
    double floor = chart.floor().orElse(Double.NEGATIVE_INFINITY);
    Html html = new Html().add("<figure><figcaption>%s</figcaption>", chart.title());
    if (lines.stream().allMatch(line -> line.points().isEmpty())) {
      return html.raw("<p class=\"note\">No data.</p></figure>").toString();
    }
    DoubleStream markers = chart.marker().stream().mapToDouble(Chart.Marker::x);
    Ticks x = ticks(DoubleStream.concat(markers, all(lines).stream().mapToDouble(Chart.Point::x)));
    if (lines.stream().allMatch(line -> line.style() == Chart.Style.CURVE)) {
      x = x.endingAt(all(lines).stream().mapToDouble(Chart.Point::x).max().orElseThrow());
    }
    Ticks y =
        ticks(all(lines).stream().mapToDouble(Chart.Point::y).filter(value -> value >= floor));
    List<String> names = lines.stream().map(Chart.Line::name).distinct().toList();
    html.add("<svg viewBox=\"0 0 480 300\" role=\"img\" aria-label=\"%s\">", chart.title());
    Frame frame = new Frame(x, y);
    axes(html, chart, frame);
    chart.marker().ifPresent(marker -> marker(html, marker.name(), frame.across(marker.x())));
    for (Chart.Line line : lines) {
      line(html, line, names.indexOf(line.name()), frame);
    }
    html.raw("</svg>").raw(legend(lines, names));
    if (all(lines).stream().anyMatch(point -> point.y() < y.from())) {
      html.raw("<p class=\"note\">The axis leaves out what lies below.</p>");
    }
    return html.raw("</figure>").toString();
  }

  private static Chart.Line finite(Chart.Line line) {
    List<Chart.Point> points =
        line.points().stream()
            .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
            .toList();
    return new Chart.Line(line.name(), points, line.style());
  }

  private static List<Chart.Point> all(List<Chart.Line> lines) {
    List<Chart.Point> points = new ArrayList<>();
    lines.forEach(line -> points.addAll(line.points()));
    return points;
  }

  private static Ticks ticks(DoubleStream values) {
    double[] all = values.toArray();
    var range = DoubleStream.of(all).summaryStatistics();
    boolean counted = DoubleStream.of(all).allMatch(value -> value == Math.rint(value));
    return Ticks.covering(range.getMin(), range.getMax(), counted ? 1 : 0);
  }

  private static void axes(Html html, Chart chart, Frame frame) {
    double left = frame.left();
    for (double value : frame.y().values()) {
      double at = frame.down(value);
      html.raw(
          "<line class=\"grid\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
              .formatted(n(left), n(WIDTH - RIGHT), n(at), n(at)));
      html.raw(
              "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"end\">"
                  .formatted(n(left - GAP), n(at + 4)))
          .add("%s</text>", frame.y().label(value));
    }
    for (double value : frame.x().values()) {
      html.raw(
              "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">"
                  .formatted(n(frame.across(value)), n(HEIGHT - BOTTOM + 17)))
          .add("%s</text>", frame.x().label(value));
    }
    html.raw(
            "<text class=\"axis\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">"
                .formatted(n((left + WIDTH - RIGHT) / 2), n(HEIGHT - 8)))
        .add("%s</text>", chart.x());
    html.raw("<text class=\"axis\" x=\"4\" y=\"13\">").add("%s</text>", chart.y());
  }

  private static void marker(Html html, String name, double at) {
    html.raw(
        "<line class=\"limit\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
            .formatted(n(at), n(at), n(TOP), n(HEIGHT - BOTTOM)));
    boolean rightHalf = at > WIDTH / 2;
    html.raw(
            "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">"
                .formatted(n(at), n(TOP - 5), rightHalf ? "end" : "start"))
        .add("%s</text>", name);
  }

  private static void line(Html html, Chart.Line line, int number, Frame frame) {
    if (line.style() == Chart.Style.CURVE || line.style() == Chart.Style.STEPS) {
      List<Chart.Point> path =
          line.style() == Chart.Style.STEPS ? stairs(line.points()) : line.points();
      for (List<Chart.Point> piece : above(path, frame.y().from())) {
        path(html, "%s %s".formatted(kind(line), colour(number)), piece, frame);
      }
    }
    for (Chart.Point point : dots(line)) {
      if (point.y() >= frame.y().from()) {
        dot(
            html,
            line,
            colour(number),
            point,
            n(frame.across(point.x())),
            n(frame.down(point.y())));
      }
    }
  }

  private static void path(Html html, String classes, List<Chart.Point> points, Frame frame) {
    html.raw(
        points.stream()
            .map(point -> n(frame.across(point.x())) + "," + n(frame.down(point.y())))
            .collect(
                Collectors.joining(" ", "<polyline class=\"" + classes + "\" points=\"", "\"/>")));
  }

  private static void dot(
      Html html, Chart.Line line, String colour, Chart.Point point, String x, String y) {
    boolean ring = line.style() == Chart.Style.RINGS;
    html.raw(
            "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\">"
                .formatted(
                    ring ? "ring" : "dot " + colour,
                    x,
                    y,
                    ring ? "7.5" : line.style() == Chart.Style.CURVE ? "2" : "4"))
        .add(
            "<title>%s: %s, %s</title></circle>",
            point.name().isEmpty() ? line.name() : point.name(),
            Html.value(point.x()),
            Html.value(point.y()));
  }

  /** The pieces of a path from a lowest value on, cut where it crosses that. */
  private static List<List<Chart.Point>> above(List<Chart.Point> path, double lowest) {
    List<List<Chart.Point>> pieces = new ArrayList<>();
    List<Chart.Point> piece = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      Chart.Point to = path.get(i);
      Chart.Point from = path.get(Math.max(0, i - 1));
      boolean shown = to.y() >= lowest;
      if (from.y() >= lowest != shown) {
        double share = (lowest - from.y()) / (to.y() - from.y());
        piece.add(new Chart.Point(from.x() + share * (to.x() - from.x()), lowest));
      }
      if (shown) {
        piece.add(to);
      } else if (!piece.isEmpty()) {
        pieces.add(piece);
        piece = new ArrayList<>();
      }
    }
    pieces.add(piece);
    return pieces.stream().filter(each -> each.size() > 1).toList();
  }

  // A lone point has no line to be seen by; many points hide their own line.
  private static List<Chart.Point> dots(Chart.Line line) {
    int size = line.points().size();
    boolean shown =
        switch (line.style()) {
          case POINTS, RINGS -> true;
          case CURVE -> size <= MOST_DOTS;
          case STEPS -> size == 1;
        };
    return shown ? line.points() : List.of();
  }

  private static List<Chart.Point> stairs(List<Chart.Point> points) {
    List<Chart.Point> path = new ArrayList<>();
    for (Chart.Point point : points) {
      if (!path.isEmpty()) {
        path.add(new Chart.Point(point.x(), path.get(path.size() - 1).y()));
      }
      path.add(point);
    }
    return path;
  }

  private static String kind(Chart.Line line) {
    return line.style() == Chart.Style.STEPS ? "line steps" : "line";
  }

  private static String colour(int number) {
    return "c" + number % COLOURS + (number < COLOURS ? "" : " again");
  }

  private static String legend(List<Chart.Line> lines, List<String> names) {
    Html html = new Html().raw("<ul class=\"legend\">");
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean ring =
          lines.stream()
              .anyMatch(line -> line.name().equals(name) && line.style() == Chart.Style.RINGS);
      html.raw("<li><span class=\"key " + (ring ? "ringed" : colour(i)) + "\"></span>")
          .add("%s</li>", name);
    }
    return html.raw("</ul>").toString();
  }

  private static String n(double value) {
    return Html.number(value);
  }
}
