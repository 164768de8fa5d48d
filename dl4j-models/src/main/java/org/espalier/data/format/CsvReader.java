package org.espalier.data.format;

import org.espalier.data.DataException;
import org.espalier.data.ImageDataset;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.network.ImageShape;

/** Reads images from text: whole numbers parted by commas, one image a line. */
final class CsvReader {
  private static final int COMMA = ',';
  private static final int NEWLINE = '\n';
  private static final int MOST_DIGITS = 9;

  private final ByteReader reader;
  private final CsvLayout layout;
  private int line = 1;
  private int column;
  private int separator;

  private CsvReader(ByteReader reader, CsvLayout layout) {
    this.reader = reader;
    this.layout = layout;
  }

  /**
   * Reads all lines; empty lines are passed over.
   *
   * @param reader of the text; stays open
   * @param layout of the lines
   */
  static ImageDataset read(ByteReader reader, CsvLayout layout) {
    return new CsvReader(reader, layout).readAll();
  }

  private ImageDataset readAll() {
    ImageShape shape = layout.shape();
    ImageDatasetBuilder builder = new ImageDatasetBuilder(shape, layout.maxValue(), 1024);
    if (layout.header()) {
      skipLine();
    }
    byte[] image = new byte[shape.size()];
    int next = skipEmptyLines();
    while (next >= 0) {
      int label = readLine(next, image);
      builder.add(label, image);
      next = skipEmptyLines();
    }
    if (builder.size() == 0) {
      throw new DataException(
          reader.where(), "line %d: no image; expected at least one line".formatted(line));
    }
    LabelNames names = LabelNames.of(reader.where(), builder.labels(), layout.classNames());
    return builder.build(names.names(), names.first());
  }

  /** Reads one line whose first byte is known, and gives its label. */
  private int readLine(int first, byte[] image) {
    int columns = layout.columns();
    int label = 0;
    int pixel = 0;
    int next = first;
    for (column = 0; column < columns; column++) {
      int most = column == layout.labelColumn() ? LabelNames.MOST_CLASSES - 1 : layout.maxValue();
      int value = readNumber(next, most);
      if (column == layout.labelColumn()) {
        label = value;
      } else {
        image[pixel++] = (byte) value;
      }
      boolean last = column == columns - 1;
      if (last == (separator == COMMA)) {
        throw new DataException(
            reader.where(),
            "line %d: %s columns; expected %d (a label and %d pixels)"
                .formatted(line, last ? "more than " + columns : column + 1, columns, columns - 1));
      }
      next = last ? -1 : reader.read();
    }
    line++;
    return label;
  }

  /** Reads digits and the comma, line end or file end behind them. */
  private int readNumber(int first, int most) {
    int value = 0;
    int digits = 0;
    int next = skipBlanks(first);
    while (next >= '0' && next <= '9' && digits <= MOST_DIGITS) {
      value = value * 10 + (next - '0');
      digits++;
      next = reader.read();
    }
    int end = skipBlanks(next);
    boolean ended = end == COMMA || end == NEWLINE || end < 0;
    if (digits == 0 || digits > MOST_DIGITS || !ended) {
      throw new DataException(
          reader.where(),
          "line %d, column %d: %s; expected a whole number in 0..%d"
              .formatted(line, column + 1, found(digits, end), most));
    }
    if (value > most) {
      throw new DataException(
          reader.where(),
          "line %d, column %d: %s %d out of range; expected 0..%d"
              .formatted(
                  line,
                  column + 1,
                  column == layout.labelColumn() ? "label" : "value",
                  value,
                  most));
    }
    separator = end;
    return value;
  }

  private static String found(int digits, int end) {
    if (digits > MOST_DIGITS) {
      return "number too long";
    }
    if (end < 0) {
      return "file ends";
    }
    return end < ' ' || end == COMMA || end > '~'
        ? digits == 0 && (end == COMMA || end == NEWLINE) ? "nothing" : "byte " + end
        : "'" + (char) end + "'";
  }

  private int skipBlanks(int first) {
    int next = first;
    while (next == ' ' || next == '\t' || next == '\r') {
      next = reader.read();
    }
    return next;
  }

  private int skipEmptyLines() {
    int next = skipBlanks(reader.read());
    while (next == NEWLINE) {
      line++;
      next = skipBlanks(reader.read());
    }
    return next;
  }

  private void skipLine() {
    int next = reader.read();
    while (next >= 0 && next != NEWLINE) {
      next = reader.read();
    }
    line++;
  }
}
