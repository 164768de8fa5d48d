package org.espalier.data.format;

import java.util.function.Consumer;
import org.espalier.data.DataException;
import org.espalier.data.ImageDataset;
import org.espalier.data.ImageDatasetBuilder;
import org.espalier.network.ImageShape;

/**
 * Reads images from text: whole numbers parted by commas, semicolons or tabs, one image a line. The
 * first two numbers show which; a byte order mark is passed over.
 */
final class CsvReader {
  private static final int NEWLINE = '\n';
  private static final int TAB = '\t';

  /** Before the first two numbers have shown what parts them, and where no byte is put back. */
  private static final int NONE = -2;

  private static final int MOST_DIGITS = 9;

  /** What a line without a word is made of. */
  private static final String NUMBERS = "0123456789,; \t\r";

  private final ByteReader reader;
  private final CsvLayout layout;
  private int line = 1;
  private final Consumer<String> remarks;
  private int column;
  private int separator = NONE;
  private int ended;
  private int putBack = NONE;

  private CsvReader(ByteReader reader, CsvLayout layout, Consumer<String> remarks) {
    this.reader = reader;
    this.layout = layout;
    this.remarks = remarks;
  }

  /**
   * Reads all lines; empty lines are passed over.
   *
   * @param reader of the text; stays open
   * @param layout of the lines
   * @param remarks takes lines for people about what was read
   */
  static ImageDataset read(ByteReader reader, CsvLayout layout, Consumer<String> remarks) {
    return new CsvReader(reader, layout, remarks).readAll();
  }

  private ImageDataset readAll() {
    ImageShape shape = layout.shape();
    ImageDatasetBuilder builder = new ImageDatasetBuilder(shape, layout.maxValue(), 1024);
    skipByteOrderMark();
    if (layout.header()) {
      skipHeader();
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
          reader.where(), "line %s: no image; expected at least one line".formatted(line));
    }
    LabelNames names =
        LabelNames.of(reader.where(), builder.labels(), layout.classNames(), remarks);
    return builder.build(
        names.names(), names.labels().stream().mapToInt(Integer::intValue).toArray());
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
      if (last == parts(ended)) {
        throw new DataException(
            reader.where(),
            "line %s: %s columns; expected %s (a label and %s pixels)"
                .formatted(line, last ? "more than " + columns : column + 1, columns, columns - 1));
      }
      next = last ? -1 : read();
    }
    line++;
    return label;
  }

  /** Reads digits and the separator, line end or file end behind them. */
  private int readNumber(int first, int most) {
    int value = 0;
    int digits = 0;
    int next = skipBlanks(first);
    while (next >= '0' && next <= '9' && digits <= MOST_DIGITS) {
      value = value * 10 + (next - '0');
      digits++;
      next = read();
    }
    int end = separator == NONE ? firstEnd(next) : skipBlanks(next);
    if (digits == 0 || digits > MOST_DIGITS || !(parts(end) || end == NEWLINE || end < 0)) {
      throw new DataException(
          reader.where(),
          "line %s, column %s: %s; expected a whole number in 0..%s"
              .formatted(line, column + 1, found(digits, end), most));
    }
    if (value > most) {
      throw new DataException(
          reader.where(),
          "line %s, column %s: %s %s out of range; expected 0..%s"
              .formatted(
                  line,
                  column + 1,
                  column == layout.labelColumn() ? "label" : "value",
                  value,
                  most));
    }
    ended = end;
    return value;
  }

  /** What ends the very first number; a tab can part numbers or stand before what does. */
  private int firstEnd(int first) {
    int tabs = 0;
    int next = first;
    while (next == ' ' || next == '\r' || next == TAB) {
      tabs += next == TAB ? 1 : 0;
      next = read();
    }
    if (tabs == 1 && next >= '0' && next <= '9') {
      putBack = next;
      next = TAB;
    }
    separator = next == ';' || next == TAB ? next : ',';
    return next;
  }

  private boolean parts(int next) {
    return next == separator;
  }

  private String found(int digits, int end) {
    if (digits > MOST_DIGITS) {
      return "number too long";
    }
    if (end < 0) {
      return "file ends";
    }
    if (digits == 0 && (parts(end) || end == NEWLINE)) {
      return "nothing";
    }
    return end < ' ' || end > '~' ? "byte " + end : "'" + (char) end + "'";
  }

  private int skipBlanks(int first) {
    int next = first;
    while (next == ' ' || next == '\r' || (next == TAB && !parts(TAB))) {
      next = read();
    }
    return next;
  }

  private int read() {
    int next = putBack == NONE ? reader.read() : putBack;
    putBack = NONE;
    return next;
  }

  /** That of UTF-8 says nothing; that of UTF-16 says that every digit has two bytes. */
  private void skipByteOrderMark() {
    int first = reader.read();
    if (first == 0xfe || first == 0xff) {
      throw new DataException(
          reader.where(), "is UTF-16 text, or none; expected plain or UTF-8 text");
    }
    if (first == 0xef) {
      byte[] rest = new byte[2];
      reader.readFully(rest, "the byte order mark");
      if (rest[0] != (byte) 0xbb || rest[1] != (byte) 0xbf) {
        throw new DataException(reader.where(), "line 1: byte 239; expected text of numbers");
      }
    } else {
      putBack = first;
    }
  }

  private int skipEmptyLines() {
    int next = skipBlanks(read());
    while (next == NEWLINE) {
      line++;
      next = skipBlanks(read());
    }
    return next;
  }

  private void skipHeader() {
    boolean names = false;
    int next = read();
    while (next >= 0 && next != NEWLINE) {
      names |= NUMBERS.indexOf(next) < 0;
      next = read();
    }
    if (!names) {
      remarks.accept("line 1 was passed over as a header, but holds only numbers");
    }
    line++;
  }
}
