package org.espalier.search.finals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.data.LabelledData;
import org.espalier.data.Split;
import org.espalier.data.SplitSettings;
import org.espalier.data.Splits;
import org.espalier.network.NetworkSpec;
import org.espalier.network.NetworkSpecs;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Outcome;
import org.espalier.search.RoundResult;
import org.espalier.search.space.Candidate;
import org.espalier.tensor.Seeds;
import org.espalier.training.Trainer;
import org.espalier.training.TrainingData;
import org.espalier.training.TrainingSettings;

/**
 * Trains networks inside a search. The method keeps a list of {@link Training}s in its state; each
 * round it plans a {@link Stretch} of those that are running, performs stretches as items, and
 * replaces the trainings by where they stand {@linkplain #after after} the round.
 *
 * @param data fingerprint of the {@link LabelledData}
 * @param split into parts; the test part is never touched
 * @param itemWork most planned work of one stretch in multiply-accumulates, at least 1; a stretch
 *     is at least one step
 */
public record Retraining(String data, SplitSettings split, long itemWork) {
  private static final long TRAIN = 2;
  private static final long ITEM = 3;

  public Retraining {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(split, "split");
    if (itemWork < 1) {
      throw new IllegalArgumentException("itemWork must be at least 1, got " + itemWork);
    }
  }

  /**
   * A training before its first step.
   *
   * @param searchSeed from which, with the role and the number, the training's own seed follows
   * @param number among those of its role, from 0
   */
  public static Training begin(long searchSeed, Role role, int number, Candidate candidate) {
    long seed = Seeds.mix(searchSeed, TRAIN, role.key(), number);
    return Training.begin(role, number, candidate, seed);
  }

  /** The next stretch of a running training, as long as the planned work of an item allows. */
  public Stretch stretch(Course course, Training training, TrainingSettings settings) {
    long macs = training.candidate().macs();
    long end = course.stretchEnd(settings, macs, training.step(), itemWork);
    long role = training.role().name().hashCode();
    return new Stretch(
        Seeds.mix(training.seed(), ITEM, training.step(), role),
        course.work(settings, macs, training.step(), end),
        training,
        end);
  }

  /**
   * Trains from where the training stands to the end of the stretch. A training that runs away is a
   * failure as a value.
   *
   * @param spec the training's network
   * @param settings the same for every stretch of a training
   */
  public Contribution<Stretched> perform(
      Stretch stretch, NetworkSpec spec, TrainingSettings settings, ItemContext context) {
    Training training = stretch.training();
    String key =
        "%s %s %d".formatted(NetworkSpecs.hash(spec), training.role().name(), training.seed());
    return context
        .borrow(key, WarmTrainer.class, () -> trainer(spec, settings, training.seed(), context))
        .train(stretch, context);
  }

  private WarmTrainer trainer(
      NetworkSpec spec, TrainingSettings settings, long seed, ItemContext context) {
    LabelledData loaded = context.data(data, LabelledData.class);
    Split parts = Splits.split(loaded, split);
    return new WarmTrainer(new Trainer(spec, settings, TrainingData.of(loaded, parts), seed));
  }

  /** Where trainings stand after a round whose items are stretches. */
  public static List<Training> after(
      List<Training> trainings, List<RoundResult.Performed<Stretch, Stretched>> items) {
    return after(trainings, items, Optional::of, Function.identity());
  }

  /**
   * Where trainings stand after a round some of whose items are stretches.
   *
   * @param trainings of which any number took part
   * @param items the round's items and what became of them
   * @param stretch the stretch in an item, if it is one
   * @param stretched the result of such an item
   */
  public static <W, R> List<Training> after(
      List<Training> trainings,
      List<RoundResult.Performed<W, R>> items,
      Function<W, Optional<Stretch>> stretch,
      Function<R, Stretched> stretched) {
    Map<String, Outcome<R>> outcomes = new HashMap<>();
    for (RoundResult.Performed<W, R> performed : items) {
      stretch
          .apply(performed.item())
          .ifPresent(each -> outcomes.put(each.training().label(), performed.outcome()));
    }
    return trainings.stream()
        .map(
            training ->
                outcomes.containsKey(training.label())
                    ? after(training, outcomes.get(training.label()), stretched)
                    : training)
        .toList();
  }

  private static <R> Training after(
      Training training, Outcome<R> outcome, Function<R, Stretched> stretched) {
    return outcome instanceof Outcome.Value<R> value
        ? training.after(stretched.apply(value.value()))
        : training.failed(((Outcome.Failure<R>) outcome).reason());
  }

  /**
   * Planned work that is left of trainings.
   *
   * @param settings of each
   */
  public static long workAhead(
      Course course, List<Training> trainings, Function<Training, TrainingSettings> settings) {
    long ahead = 0;
    for (Training training : trainings) {
      if (training.running()) {
        TrainingSettings how = settings.apply(training);
        ahead +=
            course.work(how, training.candidate().macs(), training.step(), course.totalSteps(how));
      }
    }
    return ahead;
  }
}
