package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.espalier.network.ImageShape;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.Training;
import org.espalier.search.policy.Feedback;
import org.espalier.search.policy.Proposer;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Bytes;
import org.espalier.storage.Floats;

/**
 * How far a {@link DensitySearch} is.
 *
 * @param seed of the search
 * @param images that it is for
 * @param classes of them
 * @param course how many images there are to learn from and to judge by
 * @param network that judges, and its training; without weights once the search is over
 * @param proposer what it has learned
 * @param proposed how many policies were, those of the batch included
 * @param batch picks of the policies that are judged next
 * @param judged policies, in order
 * @param work planned so far, in multiply-accumulates
 */
record DensityState(
    long seed,
    ImageShape images,
    int classes,
    Course course,
    Training network,
    Proposer proposer,
    int proposed,
    List<List<Integer>> batch,
    List<Judged> judged,
    long work)
    implements AugmentCandidates.Images {
  DensityState {
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(course, "course");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(proposer, "proposer");
    batch = batch.stream().map(List::copyOf).toList();
    judged = List.copyOf(judged);
  }

  /**
   * A policy that was judged.
   *
   * @param picks that give it
   * @param loss on the changed images, in nats; 0 if it failed
   * @param accuracy on them, a share; 0 if it failed
   * @param failure why it could not be judged; empty unless it failed
   */
  record Judged(List<Integer> picks, double loss, double accuracy, String failure) {
    Judged {
      picks = List.copyOf(picks);
    }

    /** Whether there is a score. */
    boolean sound() {
      return failure.isEmpty();
    }

    /** The geometric mean of the probabilities that the right classes are given, in [0, 1]. */
    double score() {
      return StrictMath.exp(-loss);
    }

    Optional<Feedback> feedback() {
      return sound() ? Optional.of(Feedback.of(picks, score())) : Optional.empty();
    }
  }

  /** Whether all policies that were proposed are judged, and the network is there to judge. */
  boolean settled() {
    return network.finished() && batch.isEmpty();
  }

  /**
   * Different policies that were judged, the best first: by what the proposer expects of them now,
   * or by their own scores if it expects nothing.
   */
  List<Judged> ranked(PricedChoices choices) {
    List<Judged> sound = judged.stream().filter(Judged::sound).toList();
    List<Double> expected = proposer.expects(choices, sound.stream().map(Judged::picks).toList());
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < sound.size(); i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparingDouble(
            i -> -(expected.isEmpty() ? sound.get(i).score() : expected.get(i))));
    Set<List<Integer>> known = new HashSet<>();
    return order.stream()
        .map(sound::get)
        .filter(each -> known.add(choices.canonical().apply(each.picks())))
        .toList();
  }

  DensityState training(Training further, long planned) {
    return new DensityState(
        seed, images, classes, course, further, proposer, proposed, batch, judged, work + planned);
  }

  /** Once some more policies are judged. */
  DensityState judging(Proposer learned, List<Judged> more, long planned) {
    List<Judged> all = new ArrayList<>(judged);
    all.addAll(more);
    return new DensityState(
        seed, images, classes, course, network, learned, proposed, List.of(), all, work + planned);
  }

  /** Before some more policies are judged. */
  DensityState proposing(List<List<Integer>> next) {
    return new DensityState(
        seed,
        images,
        classes,
        course,
        network,
        proposer,
        proposed + next.size(),
        next,
        judged,
        work);
  }

  /** Nothing needs them once the policies are judged. */
  DensityState withoutWeights() {
    Training.Trained trained = network.trained();
    Training.Standing bare =
        new Training.Standing(
            network.step(),
            true,
            Bytes.EMPTY,
            network.at().accuracies(),
            new Training.Trained(trained.accuracy(), trained.loss(), Floats.EMPTY, Floats.EMPTY));
    return training(
        new Training(
            network.role(),
            network.number(),
            network.candidate(),
            network.settings(),
            network.seed(),
            bare,
            ""),
        0);
  }
}
