package org.espalier.report;

import java.util.List;

/**
 * Parallel coordinates: an axis a property, and a line a thing through its values, coloured by how
 * good it is.
 *
 * @param title what it shows
 * @param axes names of the properties, at least one
 * @param measure what the colour and the last axis show, with its unit
 * @param lines the things; may be empty
 */
public record ParallelAxes(String title, List<String> axes, String measure, List<Line> lines)
    implements Section {
  public ParallelAxes {
    axes = List.copyOf(axes);
    lines = List.copyOf(lines);
    if (axes.isEmpty()) {
      throw new IllegalArgumentException("'%s' needs at least one axis".formatted(title));
    }
    for (Line line : lines) {
      if (line.values().size() != axes.size()) {
        throw new IllegalArgumentException(
            "'%s' has %s axes, but '%s' has %s values"
                .formatted(title, axes.size(), line.name(), line.values().size()));
      }
    }
  }

  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.parallelAxes(this);
  }

  /**
   * One thing.
   *
   * @param name for people
   * @param values one for each axis, finite
   * @param measured how good it is, finite
   * @param chosen whether it is to be seen among the others
   */
  public record Line(String name, List<Double> values, double measured, boolean chosen) {
    public Line {
      values = List.copyOf(values);
    }
  }
}
