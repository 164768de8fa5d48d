package org.espalier.report;

import org.espalier.network.NetworkSpec;

/**
 * A drawing of a network: its layers, what feeds what, the shapes between them and what each costs.
 *
 * @param title what it shows
 * @param network what is drawn
 */
public record Drawing(String title, NetworkSpec network) implements Section {
  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.drawing(this);
  }
}
