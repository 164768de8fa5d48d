package org.espalier.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns a report into one HTML page that loads nothing: styles and drawings are inside, there is no
 * script, and the page's own policy forbids both.
 */
public final class HtmlReport {
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action"
          + " 'none'";
  private static final int MOST_CLASSES = 30;

  private HtmlReport() {}

  /** The page. */
  public static String render(Report report) {
    Html html =
        new Html()
            .raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .add("<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n", POLICY)
            .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
            .add("<title>%s</title>\n<style>\n", report.title())
            .raw(style())
            .raw("</style>\n</head>\n<body>\n<main>\n")
            .add(
                "<header><h1>%s</h1><p class=\"lead\">%s</p></header>\n",
                report.title(), report.lead());
    for (Report.Chapter chapter : report.chapters()) {
      html.add("<section><h2>%s</h2>\n", chapter.heading());
      boolean chart = false;
      for (ReportSection section : chapter.sections()) {
        boolean next = besideOthers(section);
        html.raw(!chart && next ? "<div class=\"charts\">\n" : "")
            .raw(chart && !next ? "</div>\n" : "")
            .raw(render(section))
            .raw("\n");
        chart = next;
      }
      html.raw(chart ? "</div>\n</section>\n" : "</section>\n");
    }
    return html.raw("</main>\n</body>\n</html>\n").toString();
  }

  private static boolean besideOthers(ReportSection section) {
    return section instanceof ReportSection.Series
        || (section instanceof ReportSection.Bars bars && BarsRenderer.columns(bars) == 1);
  }

  private static String render(ReportSection section) {
    if (section instanceof ReportSection.Text text) {
      return new Html().add("<p>%s</p>", text.text()).toString();
    } else if (section instanceof ReportSection.Figures figures) {
      return figures(figures);
    } else if (section instanceof ReportSection.Table table) {
      return table(table);
    } else if (section instanceof ReportSection.Series series) {
      return ChartRenderer.render(series);
    } else if (section instanceof ReportSection.Bars bars) {
      return BarsRenderer.render(bars);
    } else if (section instanceof ReportSection.Confusion confusion) {
      return confusion(confusion);
    } else if (section instanceof ReportSection.Drawing drawing) {
      return DrawingRenderer.render(drawing);
    }
    return pictures((ReportSection.Pictures) section);
  }

  private static String figures(ReportSection.Figures figures) {
    Html html = new Html().raw("<dl class=\"figures\">");
    for (ReportSection.Figure figure : figures.figures()) {
      html.add("<div><dt>%s</dt><dd>%s", figure.name(), figure.value())
          .add("<small>%s</small></dd></div>", figure.note());
    }
    return html.raw("</dl>").toString();
  }

  private static String table(ReportSection.Table table) {
    List<Boolean> numeric =
        IntStream.range(0, table.columns().size())
            .mapToObj(column -> table.rows().stream().allMatch(row -> isNumber(row.get(column))))
            .toList();
    Html html = new Html().add("<figure><figcaption>%s</figcaption>", table.title());
    html.raw("<div class=\"scroll\"><table><thead><tr>");
    for (int i = 0; i < numeric.size(); i++) {
      html.raw(numeric.get(i) ? "<th class=\"number\">" : "<th>")
          .add("%s</th>", table.columns().get(i));
    }
    html.raw("</tr></thead><tbody>\n");
    for (List<String> row : table.rows()) {
      html.raw("<tr>");
      for (int i = 0; i < numeric.size(); i++) {
        html.raw(numeric.get(i) ? "<td class=\"number\">" : "<td>").add("%s</td>", row.get(i));
      }
      html.raw("</tr>\n");
    }
    return html.raw("</tbody></table></div></figure>").toString();
  }

  private static boolean isNumber(String cell) {
    return cell.matches("[-+]?[0-9][0-9,.]*([eE][-+]?[0-9]+)?( ?%)?( \u00b1 [0-9.]+)?|-|");
  }

  private static String confusion(ReportSection.Confusion confusion) {
    if (confusion.classes().size() > MOST_CLASSES) {
      return new Html()
          .add("<p class=\"note\">%s: too many classes to draw.</p>", confusion.title())
          .toString();
    }
    Html html =
        new Html()
            .add("<figure><figcaption>%s</figcaption>", confusion.title())
            .raw("<div class=\"scroll\"><table class=\"confusion\"><thead><tr><th></th>");
    confusion.classes().forEach(name -> html.add("<th scope=\"col\">%s</th>", name));
    html.raw("</tr></thead><tbody>\n");
    for (int row = 0; row < confusion.classes().size(); row++) {
      List<Long> counts = confusion.counts().get(row);
      long sum = Math.max(1, counts.stream().mapToLong(Long::longValue).sum());
      html.add("<tr><th scope=\"row\">%s</th>", confusion.classes().get(row));
      for (int column = 0; column < counts.size(); column++) {
        // Errors are few: without the root nobody would see them.
        double share = Math.sqrt((double) counts.get(column) / sum);
        html.raw("<td class=\"%s\" ".formatted(row == column ? "right" : "wrong"))
            .raw("style=\"--share:%s%%\">".formatted(Html.number(85 * share)))
            .add("%s</td>", counts.get(column) == 0 ? "" : counts.get(column));
      }
      html.raw("</tr>\n");
    }
    return html.raw("</tbody></table></div>")
        .raw("<p class=\"note\">A row is the true class, a column the answer.</p></figure>")
        .toString();
  }

  private static String pictures(ReportSection.Pictures pictures) {
    Html html = new Html().add("<figure><figcaption>%s</figcaption>", pictures.title());
    html.raw("<ul class=\"pictures\">");
    for (Picture picture : pictures.pictures()) {
      html.add(
          "<li><img src=\"%s\" alt=\"\"><span>%s</span></li>",
          picture.dataUri(), picture.caption());
    }
    return html.raw("</ul></figure>").toString();
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
