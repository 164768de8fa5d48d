package org.espalier.report;

/**
 * Text that is to be copied as it stands, line by line, such as a command or a configuration.
 *
 * @param title what it is
 * @param text plain
 */
public record Code(String title, String text) implements Section {
  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.code(this);
  }
}
