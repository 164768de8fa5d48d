package org.espalier.search.finals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espalier.data.LabelledData;
import org.espalier.data.Split;
import org.espalier.data.SplitSettings;
import org.espalier.data.Splits;
import org.espalier.network.NetworkSpecs;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Outcome;
import org.espalier.search.RoundResult;
import org.espalier.tensor.Seeds;
import org.espalier.training.Trainer;
import org.espalier.training.TrainingData;
import org.espalier.training.TrainingSettings;

/**
 * Trains networks inside a search. The search keeps a list of {@link Training}s in its state; each
 * round it plans a {@link Stretch} of those that are running, performs stretches as items, and
 * replaces the trainings by where they stand {@linkplain #after after} the round.
 *
 * @param data fingerprint of the {@link LabelledData}
 * @param split into parts; the test part is never touched
 * @param imageShare of the training part that is learned from, above 0 and at most 1
 * @param itemWork most planned work of one stretch in multiply-accumulates, at least 1; a stretch
 *     is at least one step
 */
public record Retraining(String data, SplitSettings split, double imageShare, long itemWork) {
  private static final long TRAIN = 2;
  private static final long ITEM = 3;

  /** Trainings on the whole training part. */
  public Retraining(String data, SplitSettings split, long itemWork) {
    this(data, split, 1, itemWork);
  }

  public Retraining {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(split, "split");
    if (itemWork < 1) {
      throw new IllegalArgumentException("itemWork must be at least 1, got " + itemWork);
    }
  }

  /** How long trainings on these data take. */
  public Course course(LabelledData loaded) {
    return Course.of(parts(loaded));
  }

  private Split parts(LabelledData loaded) {
    return Splits.split(loaded, split).learningFrom(imageShare);
  }

  /**
   * A training before its first step.
   *
   * @param searchSeed from which, with the role and the number, the training's own seed follows
   * @param number among those of its role, from 0
   * @param settings how it is trained
   */
  public static Training begin(
      long searchSeed,
      Training.Role role,
      int number,
      Candidate candidate,
      TrainingSettings settings) {
    long seed = Seeds.mix(searchSeed, TRAIN, role.key(), number);
    return Training.begin(role, number, candidate, settings, seed);
  }

  /** The next stretch of a running training, as long as the planned work of an item allows. */
  public Stretch stretch(Course course, Training training) {
    long macs = training.candidate().macs();
    long end = course.stretchEnd(training.settings(), macs, training.step(), itemWork);
    long role = training.role().name().hashCode();
    return new Stretch(
        Seeds.mix(training.seed(), ITEM, training.step(), role),
        course.work(training.settings(), macs, training.step(), end),
        training,
        end);
  }

  /**
   * Trains from where the training stands to the end of the stretch. A training that runs away is a
   * failure as a value.
   */
  public Contribution<Training.Standing> perform(Stretch stretch, ItemContext context) {
    return context
        .borrow(key(stretch.training()), WarmTrainer.class, () -> trainer(stretch, context))
        .train(stretch, context);
  }

  /** All that a trainer is built from. */
  private String key(Training training) {
    return "%s %s %s %s %s %s"
        .formatted(
            data,
            split,
            imageShare,
            NetworkSpecs.hash(training.candidate().network()),
            training.settings(),
            training.seed());
  }

  private WarmTrainer trainer(Stretch stretch, ItemContext context) {
    Training training = stretch.training();
    LabelledData loaded = context.data(data, LabelledData.class);
    return new WarmTrainer(
        new Trainer(
            training.candidate().network(),
            training.settings(),
            TrainingData.of(loaded, parts(loaded)),
            training.seed()));
  }

  /** Where trainings stand after a round in which some of them took part. */
  public static List<Training> after(
      List<Training> trainings, List<RoundResult.Performed<Stretch, Training.Standing>> items) {
    Map<String, Outcome<Training.Standing>> outcomes = new HashMap<>();
    items.forEach(each -> outcomes.put(each.item().training().label(), each.outcome()));
    return trainings.stream()
        .map(
            training ->
                outcomes.containsKey(training.label())
                    ? after(training, outcomes.get(training.label()))
                    : training)
        .toList();
  }

  private static Training after(Training training, Outcome<Training.Standing> outcome) {
    return outcome instanceof Outcome.Value<Training.Standing> value
        ? training.after(value.value())
        : training.failed(((Outcome.Failure<Training.Standing>) outcome).reason());
  }

  /** Planned work that is left of trainings. */
  public static long workAhead(Course course, List<Training> trainings) {
    return trainings.stream()
        .filter(Training::running)
        .mapToLong(
            training ->
                course.work(
                    training.settings(),
                    training.candidate().macs(),
                    training.step(),
                    course.totalSteps(training.settings())))
        .sum();
  }
}
