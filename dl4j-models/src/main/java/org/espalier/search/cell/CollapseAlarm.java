package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.List;

/**
 * Says whether a search collapsed into skip connections, as {@link Guard} saw it.
 *
 * @param settings of the search
 * @param state how far it is
 */
record CollapseAlarm(CellSettings settings, CellState state) {
  /** Why a stage ends that collapses for the second time. */
  static final String COLLAPSE = "collapse into skip connections";

  /** Whether there was one. */
  boolean rings() {
    return !stages().isEmpty();
  }

  private List<String> stages() {
    List<String> stages = new ArrayList<>();
    for (int stage = 0; stage < state.pruned().size(); stage++) {
      CellState.Pruned each = state.pruned().get(stage);
      List<String> done = new ArrayList<>();
      if (each.rolledBack()) {
        done.add("was taken back once");
      }
      if (each.why().equals(COLLAPSE)) {
        done.add("ended early");
      }
      if (!done.isEmpty()) {
        stages.add("stage %s %s".formatted(stage + 1, String.join(" and ", done)));
      }
    }
    if (state.at().phase() == CellState.Phase.SUPERNET && state.turn().raised() > 0) {
      stages.add("stage %s was taken back once".formatted(state.at().stage() + 1));
    }
    return stages;
  }

  /** For people. */
  String words() {
    int most = settings.guard().maxSkips();
    return rings()
        ? "Collapse into skip connections (more than %s in the most probable cell): %s."
            .formatted(most, String.join("; ", stages()))
        : "No collapse into skip connections: no stage had more than %s in its most probable cell, looked at from %s rounds after its warm-up on."
            .formatted(most, settings.guard().grace());
  }
}
