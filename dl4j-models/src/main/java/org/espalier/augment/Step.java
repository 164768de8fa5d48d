package org.espalier.augment;

import java.util.Objects;
import org.espalier.text.InputException;

/**
 * An operation with its value, ready to be applied to one image.
 *
 * @param operation which
 * @param value of it: degrees of a rotation, columns a row or rows a column of a shear, pixels of a
 *     translation, the first value that is inverted, bits that are kept, a factor, pixels of a
 *     square's side; with its sign. 0 for operations without
 * @param row of the centre of a square; 0 for other operations
 * @param column of the same
 */
public record Step(ImageOperation operation, double value, int row, int column) {
  public Step {
    Objects.requireNonNull(operation, "operation");
    operation.check(value);
  }

  /**
   * An operation at no place in particular.
   *
   * @throws InputException if it cannot have the value
   */
  public static Step of(ImageOperation operation, double value) {
    return new Step(operation, value, 0, 0);
  }
}
