package org.espalier.report;

import java.util.List;

/**
 * A report as data.
 *
 * @param title heading of the page
 * @param lead what a reader in a hurry should know, in a sentence or two
 * @param chapters in order
 */
public record Report(String title, String lead, List<Chapter> chapters) {
  public Report {
    chapters = List.copyOf(chapters);
  }

  /**
   * A part of the report.
   *
   * @param heading of the part
   * @param sections in order
   */
  public record Chapter(String heading, List<Section> sections) {
    public Chapter {
      sections = List.copyOf(sections);
    }
  }
}
