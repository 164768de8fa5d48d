package org.espalier.search.space;

import java.util.List;
import java.util.Objects;
import org.espalier.network.ReadyMade;
import org.espalier.settings.SettingException;

/**
 * One decision of a {@link WidthSpace}: how wide a layer, or the layers of a block, shall be.
 *
 * @param name the layer whose output channels it sets, such as {@code "block1/2"}, or the block
 * @param positions in the family's list of widths that it sets, rising, at least one
 * @param widths what may be chosen, at least 1, rising strictly; where the positions' usual widths
 *     differ these are widths of the narrowest, and the others keep their ratio to it
 */
public record Choice(String name, List<Integer> positions, List<Integer> widths) {
  /** The widest that a layer may be. */
  static final int WIDEST = ReadyMade.WIDEST;

  public Choice {
    Objects.requireNonNull(name, "name");
    positions = List.copyOf(positions);
    widths = List.copyOf(widths);
    if (positions.isEmpty()) {
      throw new IllegalArgumentException("the choice '%s' sets no width".formatted(name));
    }
    checkRising(name, widths);
  }

  /** Refuses lists that are no candidate widths, with their name. */
  static void checkRising(String name, List<Integer> widths) {
    int previous = 0;
    for (int width : widths) {
      if (width <= previous || width > WIDEST) {
        throw new SettingException(
            name, "must rise strictly and be from 1 to %s, got %s".formatted(WIDEST, widths));
      }
      previous = width;
    }
    if (widths.isEmpty()) {
      throw new SettingException(name, "must name at least one width");
    }
  }
}
