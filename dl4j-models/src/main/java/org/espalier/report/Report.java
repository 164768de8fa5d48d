package org.espalier.report;

import java.util.List;
import java.util.Optional;

/**
 * A report as data.
 *
 * @param title heading of the page
 * @param lead what a reader in a hurry should know, in a sentence or two
 * @param notice what a reader must know before anything else, such as that the work goes on
 * @param chapters in order
 */
public record Report(String title, String lead, Optional<String> notice, List<Chapter> chapters) {
  public Report {
    chapters = List.copyOf(chapters);
  }

  /** Without a notice. */
  public Report(String title, String lead, List<Chapter> chapters) {
    this(title, lead, Optional.empty(), chapters);
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
