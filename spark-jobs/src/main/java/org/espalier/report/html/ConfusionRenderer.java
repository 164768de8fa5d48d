package org.espalier.report.html;

import java.util.List;
import org.espalier.report.Confusion;

/** Draws a {@link Confusion} as a table whose cells are shaded by their share of the row. */
final class ConfusionRenderer {
  private static final int MOST_CLASSES = 30;

  /** Percent of the colour in the darkest cell: the page's ink must be read on it. */
  static final int MOST_SHADE = 45;

  private ConfusionRenderer() {}

  static String render(Confusion confusion) {
    if (confusion.classes().size() > MOST_CLASSES) {
      return new Html()
          .add("<p class=\"note\">%s: too many classes to draw.</p>", confusion.title())
          .toString();
    }
    Html html =
        new Html()
            .add("<figure><figcaption>%s</figcaption>", confusion.title())
            .raw(Html.scroll(confusion.title()))
            .raw("<table class=\"confusion\"><thead><tr><td class=\"corner\"></td>");
    confusion.classes().forEach(name -> html.add("<th scope=\"col\">%s</th>", name));
    html.raw("</tr></thead><tbody>\n");
    for (int row = 0; row < confusion.classes().size(); row++) {
      row(html, confusion, row);
    }
    return html.raw("</tbody></table></div>")
        .raw("<p class=\"note\">A row is the true class, a column the answer.</p></figure>")
        .toString();
  }

  private static void row(Html html, Confusion confusion, int row) {
    List<Long> counts = confusion.counts().get(row);
    long sum = Math.max(1, counts.stream().mapToLong(Long::longValue).sum());
    html.add("<tr><th scope=\"row\">%s</th>", confusion.classes().get(row));
    for (int column = 0; column < counts.size(); column++) {
      // Errors are few: without the root nobody would see them.
      double share = MOST_SHADE * Math.sqrt((double) counts.get(column) / sum);
      html.raw("<td class=\"%s\" ".formatted(row == column ? "right" : "wrong"))
          .raw("style=\"--share:%s%%\">".formatted(Html.number(share)))
          .add("%s</td>", counts.get(column) == 0 ? "" : counts.get(column));
    }
    html.raw("</tr>\n");
  }
}
