package org.espalier.search.truth;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.espalier.data.ImageDataset;
import org.espalier.network.ReadyMade;
import org.espalier.search.cell.space.CellFunction;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.DenseCellSpace;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.space.Space;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;

/** Which networks are all trained. */
public sealed interface TruthSpace {
  /** The networks for a data set. */
  Space of(ImageDataset images);

  /**
   * What a network computes: the same text for networks that differ in their weights alone; empty
   * if the image does not matter to it.
   *
   * @param space that {@link #of} gave
   */
  default Optional<String> function(Space space, List<Integer> picks) {
    return Optional.of(space.describe(picks));
  }

  /**
   * All widths of a family.
   *
   * @param family of networks
   * @param choices which widths there are
   */
  record Widths(ReadyMade.Family family, WidthChoices choices) implements TruthSpace {
    public Widths {
      Objects.requireNonNull(family, "family");
      Objects.requireNonNull(choices, "choices");
      choices.checkFits(family);
    }

    @Override
    public Space of(ImageDataset images) {
      return WidthSpace.of(family, images, choices);
    }
  }

  /**
   * All cells, in networks of one size.
   *
   * @param space which cells there are
   * @param cells as {@link Skeleton#cells}
   * @param channels as {@link Skeleton#channels}
   */
  record Cells(CellSpaceSettings space, int cells, int channels) implements TruthSpace {
    public Cells {
      Objects.requireNonNull(space, "space");
    }

    @Override
    public Space of(ImageDataset images) {
      return space.of(new Skeleton(cells, channels, images.shape(), images.classes().size()));
    }

    @Override
    public Optional<String> function(Space networks, List<Integer> picks) {
      if (!(networks instanceof DenseCellSpace dense)) {
        return Optional.of(networks.describe(picks));
      }
      CellFunction function = CellFunction.of(dense.cell(), picks);
      return function.degenerate() ? Optional.empty() : Optional.of(function.expression());
    }
  }
}
