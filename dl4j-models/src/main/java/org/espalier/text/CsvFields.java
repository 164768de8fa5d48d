package org.espalier.text;

/** Fields of tables whose values are parted by commas. */
public final class CsvFields {
  private CsvFields() {}

  /** The value as a field: in quotes if it would be taken for several (RFC 4180, section 2). */
  public static String of(String value) {
    boolean plain = value.chars().noneMatch(each -> ",\"\r\n".indexOf(each) >= 0);
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
