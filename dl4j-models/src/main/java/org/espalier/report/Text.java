package org.espalier.report;

/**
 * A paragraph.
 *
 * @param text plain
 */
public record Text(String text) implements Section {
  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.text(this);
  }
}
