package org.espalier.data.format;

import java.util.List;
import org.espalier.network.ImageShape;

/**
 * What the lines of a text file of images hold.
 *
 * @param shape of the images, whose values stand in the order {@code [height, width, channels]}
 * @param maxValue largest pixel value
 * @param labelColumn column of the label, from 0
 * @param header whether the first line is no image
 * @param classNames names of the classes, or none
 */
record CsvLayout(
    ImageShape shape, int maxValue, int labelColumn, boolean header, List<String> classNames) {
  CsvLayout {
    classNames = List.copyOf(classNames);
  }

  static CsvLayout of(DatasetSettings.Csv settings) {
    ImageShape shape = new ImageShape(settings.height(), settings.width(), settings.channels());
    return new CsvLayout(
        shape,
        settings.maxValue(),
        settings.labelColumn() < 0 ? shape.size() : settings.labelColumn(),
        settings.header(),
        settings.classNames());
  }

  /** The UCI digits: 64 pixels, then the label. */
  static CsvLayout digits() {
    ImageShape shape = new ImageShape(8, 8, 1);
    return new CsvLayout(shape, 16, shape.size(), false, List.of());
  }

  /** Columns of a line: the pixels and the label. */
  int columns() {
    return shape.size() + 1;
  }
}
