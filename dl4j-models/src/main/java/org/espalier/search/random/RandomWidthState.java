package org.espalier.search.random;

import java.util.List;
import java.util.Objects;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.Training;
import org.espalier.search.space.Candidate;
import org.espalier.search.space.WidthSpace;

/**
 * State of {@link RandomWidthSearch}.
 *
 * @param seed of the search
 * @param round number of the next round
 * @param phase what is being done
 * @param space the networks
 * @param course how long trainings take
 * @param uniform the baseline's network
 * @param trials every candidate's training, in the order drawn
 * @param retrainings of the found network and of the baseline
 * @param searchWork planned work of the trials so far
 * @param retrainWork planned work of the retrainings so far
 */
record RandomWidthState(
    long seed,
    int round,
    Phase phase,
    WidthSpace space,
    Course course,
    Candidate uniform,
    List<Training> trials,
    List<Training> retrainings,
    long searchWork,
    long retrainWork) {
  /** What is being done. */
  enum Phase {
    SEARCH,
    RETRAIN,
    DONE
  }

  RandomWidthState {
    Objects.requireNonNull(phase, "phase");
    trials = List.copyOf(trials);
    retrainings = List.copyOf(retrainings);
  }

  /** The trainings of this phase. */
  List<Training> current() {
    return phase == Phase.SEARCH ? trials : retrainings;
  }
}
