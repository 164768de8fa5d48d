package org.espalier.job;

import java.util.List;
import java.util.OptionalDouble;
import org.espalier.report.ReportSection;
import org.espalier.search.SearchResult;

/** Turns what a search tells people into sections of a report. */
final class SearchSections {
  private SearchSections() {}

  static List<ReportSection> of(SearchResult result) {
    return result.parts().stream().map(SearchSections::of).toList();
  }

  private static ReportSection of(SearchResult.Part part) {
    if (part instanceof SearchResult.Text text) {
      return new ReportSection.Text(text.text());
    } else if (part instanceof SearchResult.Table table) {
      return new ReportSection.Table(table.title(), table.columns(), grouped(table));
    } else if (part instanceof SearchResult.Chart chart) {
      return chart(chart);
    }
    return bars((SearchResult.Widths) part);
  }

  private static ReportSection chart(SearchResult.Chart chart) {
    return new ReportSection.Series(
        chart.title(),
        chart.x(),
        chart.y(),
        chart.lines().stream().map(SearchSections::line).toList(),
        chart
            .marker()
            .map(marker -> OptionalDouble.of(marker.x()))
            .orElseGet(OptionalDouble::empty),
        chart.marker().map(SearchResult.Marker::name).orElse(""));
  }

  private static ReportSection.Line line(SearchResult.Line line) {
    return new ReportSection.Line(
        line.name(),
        line.points().stream().map(point -> new ReportSection.Point(point.x(), point.y())).toList(),
        switch (line.style()) {
          case CURVE -> ReportSection.Style.CURVE;
          case POINTS -> ReportSection.Style.POINTS;
          case STEPS -> ReportSection.Style.STEPS;
        });
  }

  private static ReportSection bars(SearchResult.Widths widths) {
    return new ReportSection.Bars(
        widths.title(),
        widths.layers(),
        widths.rows().stream()
            .map(row -> new ReportSection.Row(row.name(), row.widths()))
            .toList());
  }

  // Whole numbers get commas between their thousands.
  private static List<List<String>> grouped(SearchResult.Table table) {
    return table.rows().stream()
        .map(row -> row.stream().map(SearchSections::grouped).toList())
        .toList();
  }

  private static String grouped(String cell) {
    return cell.matches("[0-9]{4,18}") ? Amounts.count(Long.parseLong(cell)) : cell;
  }
}
