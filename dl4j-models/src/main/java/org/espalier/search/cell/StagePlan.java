package org.espalier.search.cell;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Stages that go by a name. */
public enum StagePlan {
  /** One stage in which everything competes, at the depth of the final network or the given one. */
  @JsonProperty("single")
  SINGLE(List.of(Stage.of(5, 100, 0))),

  /** Four stages with feedback, for one machine. */
  @JsonProperty("fourStages")
  FOUR_STAGES(
      List.of(Stage.of(3, 7, 0), Stage.of(5, 5, 0.3), Stage.of(7, 3, 0.5), Stage.of(9, 2, 0.7))),

  /** Four stages in the depths that a cluster can afford. */
  @JsonProperty("fourStagesDeep")
  FOUR_STAGES_DEEP(
      List.of(Stage.of(5, 7, 0), Stage.of(9, 5, 0.3), Stage.of(13, 3, 0.5), Stage.of(17, 2, 0.7))),

  /** Three stages of the depths 9, 13 and 19 (patent CN114239795A). */
  @JsonProperty("threeStages")
  THREE_STAGES(List.of(Stage.of(9, 8, 0), Stage.of(13, 5, 0.4), Stage.of(19, 3, 0.7))),

  /** The same shape of stages, in depths that one machine can afford. */
  @JsonProperty("threeStagesShallow")
  THREE_STAGES_SHALLOW(List.of(Stage.of(3, 8, 0), Stage.of(5, 5, 0.4), Stage.of(7, 3, 0.7)));

  @SuppressWarnings("ImmutableEnumChecker") // An unmodifiable list of records.
  private final List<Stage> stages;

  StagePlan(List<Stage> stages) {
    this.stages = stages;
  }

  /** The stages, first to last. */
  public List<Stage> stages() {
    return stages;
  }
}
