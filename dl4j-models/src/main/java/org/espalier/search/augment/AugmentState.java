package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.espalier.network.ImageShape;
import org.espalier.search.finals.Course;
import org.espalier.search.supernet.SharedDescent;
import org.espalier.storage.Bytes;
import org.espalier.storage.Floats;

/**
 * How far an {@link AugmentSearch} is.
 *
 * @param seed of the search
 * @param images that it is for
 * @param classes of them
 * @param samples some of them, to be shown
 * @param course how many images there are to learn from and to judge by
 * @param weights of the network; empty once the search is over
 * @param draft the policy as it is now
 * @param log what the rounds so far looked like
 * @param work planned work of these rounds
 */
record AugmentState(
    long seed,
    ImageShape images,
    int classes,
    Samples samples,
    Course course,
    SharedDescent weights,
    Draft draft,
    List<Log> log,
    long work)
    implements AugmentCandidates.Images {
  AugmentState {
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(course, "course");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(draft, "draft");
    log = List.copyOf(log);
  }

  /**
   * Images to be shown.
   *
   * @param maxValue largest value of a pixel
   * @param images unsigned bytes, {@code [height, width, channels]}
   */
  record Samples(int maxValue, List<Bytes> images) {
    Samples {
      images = List.copyOf(images);
    }
  }

  /**
   * What a round looked like.
   *
   * @param loss of the network on changed images, mean, in nats
   * @param deviation of the rewards; 0 if there were none
   * @param in how much each sub-policy is in after it
   * @param applied probability that each operation is applied after it
   * @param levels after it
   */
  record Log(
      double loss, double deviation, List<Double> in, List<Double> applied, List<Double> levels) {
    Log {
      in = List.copyOf(in);
      applied = List.copyOf(applied);
      levels = List.copyOf(levels);
    }
  }

  /** The coming round, from 0. */
  int round() {
    return log.size();
  }

  AugmentState after(SharedDescent moved, Draft learned, Log round, long planned) {
    List<Log> longer = new ArrayList<>(log);
    longer.add(round);
    return new AugmentState(
        seed, images, classes, samples, course, moved, learned, longer, work + planned);
  }

  /** Nothing needs them once the policy is known. */
  AugmentState withoutWeights() {
    SharedDescent none = new SharedDescent(Floats.EMPTY, Floats.EMPTY);
    return new AugmentState(seed, images, classes, samples, course, none, draft, log, work);
  }
}
