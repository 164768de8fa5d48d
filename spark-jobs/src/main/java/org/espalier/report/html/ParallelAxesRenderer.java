package org.espalier.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.espalier.report.ParallelAxes;

/** Draws {@link ParallelAxes} as SVG; the last axis is what is measured. */
final class ParallelAxesRenderer {
  private static final double LEAST_WIDTH = 480;
  private static final double LEAST_STEP = 40;
  private static final double LEFT = 24;
  private static final double LEAST_RIGHT = 46;
  private static final double TOP = 84;

  /** Of a letter in a name, along its line, which rises by 35 degrees. */
  private static final double LETTER_ACROSS = 6.7;

  private static final double LETTER_UP = 4.8;
  private static final double HEIGHT = 200;
  private static final double BOTTOM = 26;

  private ParallelAxesRenderer() {}

  /** What long names of axes need above the usual room, below the name of the last. */
  private static double above(ParallelAxes axes) {
    return Math.max(0, 44 + LETTER_UP * longestName(axes) - TOP);
  }

  /** What they need to the right. */
  private static double right(ParallelAxes axes) {
    return Math.max(LEAST_RIGHT, LETTER_ACROSS * longestName(axes) - LEAST_STEP + LEAST_RIGHT / 2);
  }

  private static int longestName(ParallelAxes axes) {
    return axes.axes().stream().mapToInt(String::length).max().orElse(0);
  }

  /** Whether it is narrow enough to stand beside another. */
  static boolean isNarrow(ParallelAxes axes) {
    return width(axes) <= LEAST_WIDTH;
  }

  private static double width(ParallelAxes axes) {
    return Math.max(LEAST_WIDTH, LEFT + right(axes) + LEAST_STEP * axes.axes().size());
  }

  static String render(ParallelAxes axes) {
    Html html = new Html().add("<figure><figcaption>%s</figcaption>", axes.title());
    if (axes.lines().isEmpty()) {
      return html.raw("<p class=\"note\">No data.</p></figure>").toString();
    }
    List<Axis> all = new ArrayList<>();
    double step = (width(axes) - LEFT - right(axes)) / axes.axes().size();
    for (int i = 0; i < axes.axes().size(); i++) {
      int number = i;
      all.add(
          Axis.of(
              axes.axes().get(i),
              LEFT + i * step,
              axes.lines().stream().mapToDouble(line -> line.values().get(number))));
    }
    Axis measure =
        Axis.of(
            axes.measure(),
            width(axes) - right(axes),
            axes.lines().stream().mapToDouble(ParallelAxes.Line::measured));
    double above = above(axes);
    html.raw(isNarrow(axes) ? "<div>" : Html.scroll(axes.title()))
        .raw(
            "<svg viewBox=\"0 %s %s %s\" "
                .formatted(n(-above), n(width(axes)), n(above + TOP + HEIGHT + BOTTOM)))
        .raw(isNarrow(axes) ? "" : "style=\"min-width:%spx\" ".formatted(n(width(axes))))
        .add("role=\"img\" aria-label=\"%s\">", axes.title());
    for (Axis axis : all) {
      axis(html, axis);
      html.raw(
              "<text class=\"tick\" transform=\"translate(%s %s) rotate(-35)\">"
                  .formatted(n(axis.x() - 2), n(TOP - 20)))
          .add("%s</text>", axis.name());
    }
    axis(html, measure);
    html.raw(
            "<text class=\"axis\" x=\"%s\" y=\"%s\" text-anchor=\"end\">"
                .formatted(n(width(axes) - 4), n(13 - above)))
        .add("%s</text>", measure.name());
    axes.lines().stream()
        .sorted(
            Comparator.comparing(ParallelAxes.Line::chosen)
                .thenComparingDouble(ParallelAxes.Line::measured))
        .forEach(line -> line(html, line, all, measure));
    return html.raw("</svg></div>").raw(legend(axes, measure)).raw("</figure>").toString();
  }

  /**
   * One axis.
   *
   * @param name of it
   * @param x where it stands
   * @param low its lower end
   * @param high its upper end
   */
  private record Axis(String name, double x, double low, double high) {
    static Axis of(String name, double x, DoubleStream values) {
      var range = values.summaryStatistics();
      return new Axis(name, x, range.getMin(), range.getMax());
    }

    /** Where a value lies, from 0 to 1. */
    double share(double value) {
      return high > low ? (value - low) / (high - low) : 0.5;
    }

    double y(double value) {
      return TOP + HEIGHT * (1 - share(value));
    }
  }

  private static void axis(Html html, Axis axis) {
    html.raw(
        "<line class=\"grid\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>"
            .formatted(n(axis.x()), n(axis.x()), n(TOP), n(TOP + HEIGHT)));
    end(html, axis, TOP - 6, axis.high());
    end(html, axis, TOP + HEIGHT + 16, axis.low());
  }

  private static void end(Html html, Axis axis, double y, double value) {
    html.raw(
            "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">"
                .formatted(n(axis.x()), n(y)))
        .add("%s</text>", Html.brief(value));
  }

  private static void line(Html html, ParallelAxes.Line line, List<Axis> axes, Axis measure) {
    List<String> points = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      points.add(n(axes.get(i).x()) + "," + n(axes.get(i).y(line.values().get(i))));
    }
    double end = measure.y(line.measured());
    points.add(n(measure.x()) + "," + n(end));
    html.raw(
            "<polyline class=\"line graded%s\" style=\"--share:%s%%\" points=\"%s\">"
                .formatted(
                    line.chosen() ? " found" : "",
                    n(100 * measure.share(line.measured())),
                    points.stream().collect(Collectors.joining(" "))))
        .add("<title>%s: %s</title></polyline>", line.name(), Html.value(line.measured()));
    if (line.chosen()) {
      html.raw(
          "<circle class=\"ring\" cx=\"%s\" cy=\"%s\" r=\"6\"/>".formatted(n(measure.x()), n(end)));
    }
  }

  private static String legend(ParallelAxes axes, Axis measure) {
    Html html =
        new Html()
            .raw("<ul class=\"legend\"><li><span class=\"scale\"></span>")
            .add(
                "%s from %s to %s</li>",
                axes.measure(), Html.brief(measure.low()), Html.brief(measure.high()));
    if (axes.lines().stream().anyMatch(ParallelAxes.Line::chosen)) {
      html.raw("<li><span class=\"key ringed\"></span>found</li>");
    }
    return html.raw("</ul>").toString();
  }

  private static String n(double value) {
    return Html.number(value);
  }
}
