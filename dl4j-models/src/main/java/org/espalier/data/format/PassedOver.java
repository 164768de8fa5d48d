package org.espalier.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a reader leaves out on purpose, counted so that nothing is left out in silence. */
final class PassedOver {
  private static final int SHOWN = 3;

  private final String root;
  private final List<String> first = new ArrayList<>();
  private long count;

  /**
   * Nothing yet.
   *
   * @param root folder of the data, whose path is not shown again and again
   */
  PassedOver(String root) {
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
          "%,d %s passed over, hidden or no pictures: %s%s"
              .formatted(
                  count,
                  count == 1 ? "entry" : "entries",
                  String.join(", ", first),
                  count > SHOWN ? ", ..." : ""));
    }
  }
}
