package org.espalier.report.html;

import java.util.List;
import org.espalier.report.Bars;

/** Draws {@link Bars} as SVG, in two columns if there are many. */
final class BarsRenderer {
  private static final double WIDTH = 480;
  private static final double LEFT = 120;
  private static final double RIGHT = 40;
  private static final double BAR = 9;
  private static final double GAP = 9;
  private static final int MOST_IN_COLUMN = 12;

  private BarsRenderer() {}

  static String render(Bars bars) {
    int count = bars.names().size();
    Html html =
        new Html().add("<figure><figcaption>%s</figcaption>", bars.title()).raw(legend(bars));
    int columns = columns(bars);
    int each = (count + columns - 1) / columns;
    int most =
        bars.rows().stream().flatMap(row -> row.values().stream()).max(Integer::compare).orElse(1);
    html.raw(columns > 1 ? "<div class=\"charts\">" : "<div>");
    for (int from = 0; from < count; from += each) {
      column(html, bars, from, Math.min(count, from + each), most);
    }
    return html.raw("</div></figure>").toString();
  }

  /** How many columns it takes, one or two. */
  static int columns(Bars bars) {
    return bars.names().size() > MOST_IN_COLUMN ? 2 : 1;
  }

  private static void column(Html html, Bars bars, int from, int to, int most) {
    double step = bars.rows().size() * BAR + GAP;
    html.raw("<svg viewBox=\"0 0 480 %s\" role=\"img\" ".formatted(n((to - from) * step)))
        .add("aria-label=\"%s\">", bars.title());
    for (int i = from; i < to; i++) {
      double top = (i - from) * step + GAP / 2;
      html.raw(
              "<text class=\"name\" x=\"%s\" y=\"%s\" text-anchor=\"end\">"
                  .formatted(n(LEFT - 8), n(top + bars.rows().size() * BAR / 2 + 4)))
          .add("%s</text>", bars.names().get(i));
      for (int r = 0; r < bars.rows().size(); r++) {
        bar(html, bars, r, i, top + r * BAR, most);
      }
    }
    html.raw("</svg>");
  }

  private static void bar(Html html, Bars bars, int row, int name, double top, int most) {
    int value = bars.rows().get(row).values().get(name);
    double length = (WIDTH - LEFT - RIGHT) * value / Math.max(1, most);
    html.raw(
            "<rect class=\"bar c%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">"
                .formatted(row, n(LEFT), n(top + 0.5), n(length), n(BAR - 1)))
        .add("<title>%s, %s: %s</title></rect>", bars.names().get(name), name(bars, row), value);
    html.raw(
            "<text class=\"value\" x=\"%s\" y=\"%s\">"
                .formatted(n(LEFT + length + 5), n(top + BAR - 1)))
        .add("%s</text>", value);
  }

  private static String name(Bars bars, int row) {
    return bars.rows().get(row).name();
  }

  private static String legend(Bars bars) {
    List<Bars.Row> rows = bars.rows();
    Html html = new Html().raw("<ul class=\"legend\">");
    for (int i = 0; i < rows.size(); i++) {
      html.raw("<li><span class=\"key c" + i + "\"></span>").add("%s</li>", rows.get(i).name());
    }
    return html.raw("</ul>").toString();
  }

  private static String n(double value) {
    return Html.number(value);
  }
}
