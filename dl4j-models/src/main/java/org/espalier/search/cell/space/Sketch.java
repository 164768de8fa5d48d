package org.espalier.search.cell.space;

import java.util.List;
import org.espalier.network.Layer;

/**
 * What a space draws its networks on, layer by layer in the order in which they run. A space is
 * drawn once and says where choices decide; what comes of it is a network ({@link NetworkSketch})
 * or the layers of all networks with the conditions on which there are any ({@link LayerSketch}).
 *
 * @param <V> what stands for the output of a layer
 */
interface Sketch<V> {

  /** How the network is built around its operations. */
  Form form();

  /** The images. */
  V images();

  /** A layer and what it reads. */
  V layer(String name, Layer layer, List<V> inputs);

  /** A layer that reads one other. */
  default V layer(String name, Layer layer, V input) {
    return layer(name, layer, List.of(input));
  }

  /**
   * One of several things: each network has one of the branches. A network that computes several
   * adds them up.
   *
   * @param name of the node that adds
   */
  V either(String name, List<Branch<V>> branches);

  /**
   * The sum of the branches that a network has.
   *
   * @param name of the node that adds
   * @param branches either one, or of which each network has two at least
   */
  V sum(String name, List<Branch<V>> branches);
}
