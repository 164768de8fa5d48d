package org.espalier.report;

import java.util.List;

/**
 * Details that a reader opens if they want them.
 *
 * @param title what is inside
 * @param sections in order
 */
public record Folded(String title, List<Section> sections) implements Section {
  public Folded {
    sections = List.copyOf(sections);
  }

  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.folded(this);
  }
}
