package org.espalier.search.trials;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.Training;
import org.espalier.search.policy.Feedback;
import org.espalier.search.policy.Proposer;
import org.espalier.search.space.PricedChoices;

/**
 * State of {@link TrialSearch}.
 *
 * @param seed of the search
 * @param input shape of one image
 * @param classes logits
 * @param course how long trials take
 * @param proposer what it has learned
 * @param proposed how many networks were, those of the batch included; more than are tried where
 *     some are over the budget
 * @param batch picks of the networks that are being tried, and of those over the budget
 * @param tried networks, in order, those of the batch last
 * @param work planned so far, in multiply-accumulates
 */
public record TrialState(
    long seed,
    ImageShape input,
    int classes,
    Course course,
    Proposer proposer,
    int proposed,
    List<List<Integer>> batch,
    List<Trial> tried,
    long work) {
  public TrialState {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(course, "course");
    Objects.requireNonNull(proposer, "proposer");
    batch = batch.stream().map(List::copyOf).toList();
    tried = List.copyOf(tried);
  }

  /**
   * A network that is tried.
   *
   * @param picks that give it
   * @param expected what the proposer expected of it beforehand ({@link Proposer#expects}); empty
   *     if it expected nothing
   * @param training of it
   */
  public record Trial(List<Integer> picks, List<Double> expected, Training training) {
    public Trial {
      picks = List.copyOf(picks);
      expected = List.copyOf(expected);
      Objects.requireNonNull(training, "training");
    }
  }

  /** Trainings of this batch. */
  List<Training> trainings() {
    return tried.stream().map(Trial::training).toList();
  }

  /** Whether every network of the batch was tried. */
  boolean settled() {
    return trainings().stream().noneMatch(Training::running);
  }

  /**
   * What a finished training is judged by: the geometric mean of the probabilities that the right
   * classes are given, in [0, 1]. After a short training that tells networks apart better than how
   * often the right class is the most probable one.
   */
  static double score(Training finished) {
    return StrictMath.exp(-finished.trained().loss());
  }

  /** What the batch came to, in its order; nothing for what failed or is over the budget. */
  List<Optional<Feedback>> feedback() {
    List<Trial> left = new ArrayList<>(tried);
    List<Optional<Feedback>> feedback = new ArrayList<>();
    for (int i = batch.size() - 1; i >= 0; i--) {
      List<Integer> picks = batch.get(i);
      boolean last = !left.isEmpty() && left.get(left.size() - 1).picks().equals(picks);
      Optional<Training> training =
          last ? Optional.of(left.remove(left.size() - 1).training()) : Optional.empty();
      feedback.add(
          0, training.filter(Training::finished).map(each -> Feedback.of(picks, score(each))));
    }
    return feedback;
  }

  /**
   * Different networks that were tried, the best first: by what the proposer expects of them now,
   * which counts what others like them came to as well, or by their own score if it expects
   * nothing.
   */
  public List<Trial> ranked(PricedChoices choices) {
    List<Trial> finished = tried.stream().filter(each -> each.training().finished()).toList();
    List<Double> expected = proposer.expects(choices, finished.stream().map(Trial::picks).toList());
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < finished.size(); i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparingDouble(
            i -> -(expected.isEmpty() ? score(finished.get(i).training()) : expected.get(i))));
    Set<List<NetworkSpec.Unnamed>> known = new HashSet<>();
    return order.stream()
        .map(finished::get)
        .filter(each -> known.add(each.training().candidate().network().unnamed()))
        .toList();
  }

  TrialState trying(Proposer learned, List<List<Integer>> next, List<Trial> more) {
    List<Trial> all = new ArrayList<>(tried);
    all.addAll(more);
    return new TrialState(
        seed, input, classes, course, learned, proposed + next.size(), next, all, work);
  }

  /** The same once trainings are further on. */
  TrialState after(List<Training> trainings, long planned) {
    List<Trial> further = new ArrayList<>();
    for (int i = 0; i < tried.size(); i++) {
      Trial before = tried.get(i);
      further.add(new Trial(before.picks(), before.expected(), trainings.get(i)));
    }
    return new TrialState(
        seed, input, classes, course, proposer, proposed, batch, further, work + planned);
  }
}
