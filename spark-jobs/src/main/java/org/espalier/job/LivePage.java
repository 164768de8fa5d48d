package org.espalier.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.report.Figures;
import org.espalier.report.Report;
import org.espalier.report.html.HtmlReport;
import org.espalier.search.Progress;

/**
 * The page of a run that is not finished, in the place of its report.
 *
 * @param title of the report
 * @param progress how far the run is
 * @param circumstances where and when it is written
 */
record LivePage(String title, Progress progress, Circumstances circumstances) {

  /** The page, with what is known so far. */
  String html(List<Report.Chapter> soFar) {
    List<Report.Chapter> chapters = new ArrayList<>();
    chapters.add(new Report.Chapter("Progress", List.of(figures())));
    soFar.stream().filter(chapter -> !chapter.sections().isEmpty()).forEach(chapters::add);
    return HtmlReport.render(
        new Report(
            "Unfinished: " + title,
            "%s of %s of planned work done, as far as it is known."
                .formatted(Amounts.work(progress.workDone()), Amounts.work(progress.workPlanned())),
            Optional.of(ReportParts.unfinished(progress.share(), progress.phase(), circumstances)),
            chapters));
  }

  private Figures figures() {
    List<Figures.Figure> figures = new ArrayList<>();
    figures.add(
        new Figures.Figure(
            "Done", String.format(Locale.ROOT, "%.0f %%", 100 * progress.share()), "of the work"));
    figures.add(new Figures.Figure("Phase", progress.phase(), ""));
    for (Progress.Measure measure : progress.measures()) {
      String name = measure.name();
      figures.add(
          new Figures.Figure(
              Character.toUpperCase(name.charAt(0)) + name.substring(1),
              String.format(Locale.ROOT, "%.2f", measure.value()),
              ""));
    }
    return new Figures(figures);
  }
}
