package org.espalier.report;

import java.util.List;

/**
 * Numbers to be seen first.
 *
 * @param figures in order of importance
 */
public record Figures(List<Figure> figures) implements Section {
  public Figures {
    figures = List.copyOf(figures);
  }

  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.figures(this);
  }

  /**
   * A number to be seen first.
   *
   * @param name what it is
   * @param value with its unit
   * @param note what it is compared with or made of; may be empty
   */
  public record Figure(String name, String value, String note) {}
}
