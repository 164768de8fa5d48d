package org.espalier.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a reader leaves out on purpose, counted so that nothing is left out in silence. */
final class PassedOver {
  /** Why files that nobody meant as pictures are left out. */
  static final String NO_PICTURES = "hidden or no pictures";

  private static final int SHOWN = 3;

  private final String root;
  private final String why;
  private final List<String> first = new ArrayList<>();
  private long count;

  /**
   * Nothing yet.
   *
   * @param root folder of the data, whose path is not shown again and again
   * @param why what is left out is so
   */
  PassedOver(String root, String why) {
    this.why = why;
    this.root = root.endsWith("/") ? root : root + "/";
  }

  void add(String where) {
    if (count++ < SHOWN) {
      first.add(where.startsWith(root) ? where.substring(root.length()) : where);
    }
  }

  /** One line, if there is anything to say. */
  void report(Consumer<String> remarks) {
    if (count > 0) {
      remarks.accept(
          String.format(
              Locale.ROOT,
              "%,d %s passed over, %s: %s%s",
              count,
              count == 1 ? "entry" : "entries",
              why,
              String.join(", ", first),
              count > SHOWN ? ", ..." : ""));
    }
  }
}
