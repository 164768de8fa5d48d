package org.espalier.search.cell.space;

/** Draws the networks of a space. */
interface Blueprint {
  /** Draws all, up to the logits. */
  <V> V draw(Sketch<V> sketch);
}
