package org.espalier.search.space;

import org.espalier.network.ImageShape;

/** Settings of methods that choose among the networks of one space. */
public interface SearchedSpace {
  /**
   * The networks that can be handed over.
   *
   * @param input shape of one image
   * @param classes logits, at least 1
   */
  Space handedOver(ImageShape input, int classes);
}
