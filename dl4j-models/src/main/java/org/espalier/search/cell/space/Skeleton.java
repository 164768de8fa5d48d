package org.espalier.search.cell.space;

import java.util.Objects;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.text.InputException;

/**
 * How large the networks are into which cells are put.
 *
 * @param cells how many cells there are, as the space counts them, at least 1
 * @param channels of the first cells, from 1 to {@value ReadyMade#WIDEST}
 * @param input shape of one image
 * @param classes logits, at least 1
 */
public record Skeleton(int cells, int channels, ImageShape input, int classes) {
  /** More cells than any published network has. */
  private static final int DEEPEST = 100;

  public Skeleton {
    Objects.requireNonNull(input, "input");
    if (cells < 1 || cells > DEEPEST) {
      throw new InputException("cells must be from 1 to %s, got %s".formatted(DEEPEST, cells));
    }
    if (channels < 1 || channels > ReadyMade.WIDEST) {
      throw new InputException(
          "channels must be from 1 to %s, got %s".formatted(ReadyMade.WIDEST, channels));
    }
    if (classes < 1) {
      throw new IllegalArgumentException("classes must be at least 1, got " + classes);
    }
  }

  /** The same of another size. */
  public Skeleton of(int otherCells, int otherChannels) {
    return new Skeleton(otherCells, otherChannels, input, classes);
  }

  /** For people and for files, such as {@code 3 cells, 8 channels, 28x28x1, 10 classes}. */
  String describe() {
    return "%s cells, %s channels, %sx%sx%s, %s classes"
        .formatted(cells, channels, input.height(), input.width(), input.channels(), classes);
  }

  /** The shorter side of an image. */
  int side() {
    return Math.min(input.height(), input.width());
  }
}
