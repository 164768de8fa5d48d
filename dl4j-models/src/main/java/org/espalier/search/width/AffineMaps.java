package org.espalier.search.width;

import java.util.ArrayList;
import java.util.List;
import org.espalier.search.space.WidthSpace;

/**
 * The maps of every layer and candidate at one moment of a search: one for the outputs and one for
 * the inputs of each width. Layers are positions in the family's list of widths; picks are indices
 * into their candidates.
 */
public final class AffineMaps {
  private final List<List<AffineMap>> outputs;
  private final List<List<AffineMap>> inputs;

  /**
   * Maps that were made elsewhere.
   *
   * @param outputs {@code P} by position and pick
   * @param inputs {@code Q} by position and pick, of the same sizes
   */
  AffineMaps(List<List<AffineMap>> outputs, List<List<AffineMap>> inputs) {
    this.outputs = outputs.stream().map(List::copyOf).toList();
    this.inputs = inputs.stream().map(List::copyOf).toList();
  }

  /**
   * The maps of a strategy, equal for outputs and inputs.
   *
   * @param space whose candidates
   * @param sharing how they share
   * @param angle of the transition, in [0, pi/2]
   */
  public static AffineMaps of(WidthSpace space, Sharing sharing, double angle) {
    List<List<AffineMap>> maps = new ArrayList<>();
    for (int position = 0; position < space.family().usualWidths().size(); position++) {
      maps.add(sharing.maps(space.candidates(position), angle));
    }
    return new AffineMaps(maps, maps);
  }

  /** How a candidate's outputs lie in the shared channels of its layer. */
  public AffineMap output(int position, int pick) {
    return outputs.get(position).get(pick);
  }

  /** How they are read by the next layers. */
  public AffineMap input(int position, int pick) {
    return inputs.get(position).get(pick);
  }

  /** What each position's candidates share: the mean over outputs and inputs. */
  public List<SharingLevel> levels() {
    List<SharingLevel> levels = new ArrayList<>();
    for (int position = 0; position < outputs.size(); position++) {
      levels.add(
          SharingLevel.mean(
              List.of(
                  SharingLevel.of(outputs.get(position)), SharingLevel.of(inputs.get(position)))));
    }
    return levels;
  }

  /** The mean over the positions that have more than one candidate. */
  public SharingLevel level() {
    List<SharingLevel> levels = levels();
    List<SharingLevel> counted = new ArrayList<>();
    for (int position = 0; position < outputs.size(); position++) {
      if (outputs.get(position).size() > 1) {
        counted.add(levels.get(position));
      }
    }
    return SharingLevel.mean(counted);
  }
}
