package org.espalier.search;

/**
 * Upper bounds on what one round moves, in bytes.
 *
 * @param view the encoded view
 * @param items all encoded items
 * @param sums the sums of one group, {@link SumShape#bytes}
 * @param results all encoded results
 */
public record RoundBytes(long view, long items, long sums, long results) {
  public RoundBytes {
    if (view < 0 || items < 0 || sums < 0 || results < 0) {
      throw new IllegalArgumentException(
          "bytes are at least 0, got view %s, items %s, sums %s, results %s"
              .formatted(view, items, sums, results));
    }
  }
}
