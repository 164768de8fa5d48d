package org.espalier.search.cell.space;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** Which cells there are to choose from. A component that is left out takes its default. */
public sealed interface CellSpaceSettings permits CellSpaceSettings.Small {

  /** The networks of these cells. */
  GatedSpace of(Skeleton skeleton);

  /** What it is, for people. */
  String describe();

  /** The usual ones. */
  static CellSpaceSettings defaults() {
    return new Small();
  }

  /** Three edges with five operations: 125 cells, all of which can be trained. */
  @JsonTypeName("small")
  record Small() implements CellSpaceSettings {
    @Override
    public GatedSpace of(Skeleton skeleton) {
      return new DenseCellSpace(DenseCellSpace.Cell.SMALL, skeleton);
    }

    @Override
    public String describe() {
      return "the small space";
    }
  }
}
