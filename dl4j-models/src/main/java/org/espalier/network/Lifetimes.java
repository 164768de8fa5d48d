package org.espalier.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds out after which operation of a network a value is read no more. Values have places: 0 for
 * the images, then one for each operation in order.
 */
final class Lifetimes {
  /** The place whose memory a place has: its own, unless its layer passes its input on. */
  private final List<Integer> owners = new ArrayList<>(List.of(0));

  private final List<Integer> lastReaders = new ArrayList<>(List.of(0));

  /** Adds the next operation, which reads the places. */
  void add(Layer layer, List<Integer> sources) {
    int place = owners.size();
    owners.add(layer.passesOn() ? owners.get(sources.get(0)) : place);
    lastReaders.add(place);
    sources.forEach(source -> lastReaders.set(owners.get(source), place));
  }

  /**
   * For each operation, the places that are spent after it; never the images, which are the
   * caller's, nor the result.
   */
  List<List<Integer>> spent() {
    List<List<Integer>> spent = new ArrayList<>();
    for (int place = 1; place < owners.size(); place++) {
      spent.add(new ArrayList<>());
    }
    int result = owners.get(owners.size() - 1);
    for (int place = 1; place < owners.size(); place++) {
      if (owners.get(place) == place && place != result) {
        spent.get(lastReaders.get(place) - 1).add(place);
      }
    }
    return spent.stream().map(List::copyOf).toList();
  }
}
