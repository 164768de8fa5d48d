package org.espalier.search.cell.space;

import java.util.List;
import org.espalier.network.Layer;

/**
 * A layer that some networks of a space have.
 *
 * @param name of its node
 * @param layer what it computes
 * @param when the networks that have it
 * @param reads what it reads in which networks
 */
record ConditionalLayer(String name, Layer layer, Condition when, List<Read> reads) {
  /** The place of the images, which no layer writes. */
  static final int IMAGES = -1;

  ConditionalLayer {
    reads = List.copyOf(reads);
  }

  /**
   * Something that is read.
   *
   * @param place of the layer that writes it in the list of all, or {@link #IMAGES}
   * @param when the networks in which it is this one that is read
   */
  record Read(int place, Condition when) {}
}
