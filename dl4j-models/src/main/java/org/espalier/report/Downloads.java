package org.espalier.report;

import java.util.List;
import java.util.Objects;
import org.espalier.storage.Bytes;

/**
 * Files to take away: some inside the page itself, others beside it.
 *
 * @param title what they are
 * @param items in order
 */
public record Downloads(String title, List<Item> items) implements Section {
  public Downloads {
    items = List.copyOf(items);
  }

  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.downloads(this);
  }

  /** A file. */
  public sealed interface Item {
    /** Its name, or its path below the page's folder. */
    String name();

    /** What it is. */
    String note();
  }

  /**
   * A file that the page carries.
   *
   * @param name that it is saved by
   * @param note what it is
   * @param mediaType for example {@code "text/csv"}
   * @param content of it
   */
  public record Embedded(String name, String note, String mediaType, Bytes content)
      implements Item {
    public Embedded {
      Objects.requireNonNull(content, "content");
    }
  }

  /**
   * A file beside the page.
   *
   * @param name its path below the page's folder, with {@code /} between parts
   * @param note what it is
   */
  public record Beside(String name, String note) implements Item {}
}
