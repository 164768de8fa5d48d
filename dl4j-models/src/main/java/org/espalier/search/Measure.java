package org.espalier.search;

import java.util.Objects;

/**
 * A named number.
 *
 * @param name with its unit, for example {@code "validation accuracy, percent"}
 * @param value the number
 */
public record Measure(String name, double value) {
  public Measure {
    Objects.requireNonNull(name, "name");
  }
}
