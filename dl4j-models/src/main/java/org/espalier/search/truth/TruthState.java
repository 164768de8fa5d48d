package org.espalier.search.truth;

import java.util.List;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.Training;
import org.espalier.search.space.WidthSpace;

/**
 * State of {@link TruthSearch}.
 *
 * @param space the networks
 * @param course how long trainings take
 * @param trainings every network's, seed after seed
 * @param work planned so far, in multiply-accumulates
 */
record TruthState(WidthSpace space, Course course, List<Training> trainings, long work) {
  TruthState {
    trainings = List.copyOf(trainings);
  }
}
