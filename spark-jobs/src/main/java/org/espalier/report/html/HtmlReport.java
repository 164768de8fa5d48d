package org.espalier.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.espalier.report.Report;

/**
 * Turns a report into one HTML page that loads nothing: styles and drawings are inside, there is no
 * script, and the page's own policy forbids both.
 */
public final class HtmlReport {
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action"
          + " 'none'";

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
            .add("<header><h1>%s</h1>", report.title());
    report
        .notice()
        .ifPresent(notice -> html.add("<p class=\"notice\" role=\"status\">%s</p>", notice));
    html.add("<p class=\"lead\">%s</p></header>\n", report.lead());
    report.chapters().forEach(chapter -> chapter(html, chapter));
    return html.raw("</main>\n</body>\n</html>\n").toString();
  }

  private static void chapter(Html html, Report.Chapter chapter) {
    html.add("<section><h2>%s</h2>\n", chapter.heading())
        .raw(SectionRenderer.all(chapter.sections()))
        .raw("</section>\n");
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
