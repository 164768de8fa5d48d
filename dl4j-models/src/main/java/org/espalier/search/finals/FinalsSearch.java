package org.espalier.search.finals;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.espalier.cost.Budget;
import org.espalier.data.LabelledData;
import org.espalier.report.Section;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.SumShape;
import org.espalier.search.WorkItem;
import org.espalier.search.finals.FinalsState.Phase;
import org.espalier.search.finals.FinalsState.Work;

/**
 * A whole search around a method that finds candidates: first the method's own rounds, then a
 * {@link Contest} of short trainings among its candidates and random ones, then the final trainings
 * of what was found and of its baselines, all at equal planned work.
 *
 * @param <S> state of the method
 * @param <V> view of the method
 * @param <W> items of the method
 * @param <R> results of the method
 */
public final class FinalsSearch<S, V, W extends WorkItem, R>
    implements Search<FinalsState<S>, Optional<V>, FinalsItem<W>, FinalsResult<R>> {
  private final CandidateSearch<S, V, W, R> own;
  private final String data;
  private final Retraining retraining;
  private final FinalTrainings<S> trainings;
  private final FinalsForecast<S> forecast;
  private final FinalsReport<S> report;

  /**
   * A search.
   *
   * @param own the method
   * @param settings how networks are trained once candidates are known
   * @param contest how candidates are compared
   * @param budget that every candidate is within, if there is one
   * @param data fingerprint of the {@link LabelledData}
   */
  public FinalsSearch(
      CandidateSearch<S, V, W, R> own,
      FinalsSettings settings,
      Contest contest,
      Optional<Budget> budget,
      String data) {
    this.own = Objects.requireNonNull(own, "own");
    this.data = Objects.requireNonNull(data, "data");
    retraining = new Retraining(data, settings.split(), settings.itemWork());
    trainings = new FinalTrainings<>(own, settings, contest);
    forecast = new FinalsForecast<>(own, settings, contest);
    report = new FinalsReport<>(own, contest, budget);
  }

  @Override
  public FinalsState<S> start(SearchContext context) {
    LabelledData loaded = context.data().load(data, LabelledData.class);
    trainings.checkMeantFor(loaded.images().shape());
    Course course = retraining.course(loaded);
    S first = own.start(context);
    own.references(first).forEach(trainings::checkName);
    return onward(
        new FinalsState<>(
            context.seed(), Phase.SEARCH, first, course, List.of(), List.of(), Work.NONE));
  }

  /** The same, in the next phase that has something to do if this one has nothing left. */
  private FinalsState<S> onward(FinalsState<S> state) {
    FinalsState<S> next = state;
    if (next.phase() == Phase.SEARCH && own.finished(next.own())) {
      next = next.with(Phase.TRIAL, trainings.trials(next), List.of());
    }
    if (next.phase() == Phase.TRIAL && next.trials().stream().noneMatch(Training::running)) {
      next = next.with(Phase.RETRAIN, next.trials(), trainings.finals(next));
    }
    if (next.phase() == Phase.RETRAIN && next.finals().stream().noneMatch(Training::running)) {
      next = next.with(Phase.DONE, next.trials(), next.finals());
    }
    return next;
  }

  @Override
  public List<FinalsItem<W>> plan(FinalsState<S> state) {
    List<FinalsItem<W>> items = new ArrayList<>();
    if (state.phase() == Phase.SEARCH) {
      own.plan(state.own()).forEach(item -> items.add(new FinalsItem.Own<>(item)));
    } else {
      state.current().stream()
          .filter(Training::running)
          .limit(trainings.contest().perRound())
          .map(training -> retraining.stretch(state.course(), training))
          .forEach(stretch -> items.add(new FinalsItem.Train<>(stretch)));
    }
    return items;
  }

  /** Nothing once the candidates are known: trainings carry all they need. */
  @Override
  public Optional<V> view(FinalsState<S> state) {
    return state.phase() == Phase.SEARCH ? Optional.of(own.view(state.own())) : Optional.empty();
  }

  @Override
  public SumShape sums(FinalsState<S> state) {
    return state.phase() == Phase.SEARCH ? own.sums(state.own()) : SumShape.NONE;
  }

  @Override
  public Contribution<FinalsResult<R>> perform(
      Optional<V> view, FinalsItem<W> item, ItemContext context) {
    return item instanceof FinalsItem.Own<W> each
        ? own.perform(view.orElseThrow(), each.item(), context).map(FinalsResult.Own::new)
        : retraining
            .perform(((FinalsItem.Train<W>) item).stretch(), context)
            .map(FinalsResult.Stretched::new);
  }

  @Override
  public FinalsState<S> advance(
      FinalsState<S> state, RoundResult<FinalsItem<W>, FinalsResult<R>> round) {
    return onward(
        state.phase() == Phase.SEARCH ? afterOwn(state, round) : afterTrainings(state, round));
  }

  private FinalsState<S> afterOwn(
      FinalsState<S> state, RoundResult<FinalsItem<W>, FinalsResult<R>> round) {
    RoundResult<W, R> ofMethod =
        round.map(
            item -> ((FinalsItem.Own<W>) item).item(),
            result -> ((FinalsResult.Own<R>) result).result());
    return state
        .with(own.advance(state.own(), ofMethod))
        .plus(new Work(planned(round, item -> true), 0, 0, 0));
  }

  private FinalsState<S> afterTrainings(
      FinalsState<S> state, RoundResult<FinalsItem<W>, FinalsResult<R>> round) {
    RoundResult<Stretch, Training.Standing> stretches =
        round.map(
            item -> ((FinalsItem.Train<W>) item).stretch(),
            result -> ((FinalsResult.Stretched<R>) result).stretched());
    List<Training> after = Retraining.after(state.current(), stretches.items());
    if (state.phase() == Phase.RETRAIN) {
      return state
          .with(Phase.RETRAIN, state.trials(), after)
          .plus(new Work(0, 0, 0, planned(stretches, stretch -> true)));
    }
    Predicate<Stretch> random =
        stretch -> stretch.training().role().equals(FinalTrainings.RANDOM_CANDIDATE);
    return state
        .with(Phase.TRIAL, after, List.of())
        .plus(new Work(0, planned(stretches, random.negate()), planned(stretches, random), 0));
  }

  private static <I extends WorkItem> long planned(RoundResult<I, ?> round, Predicate<I> counted) {
    return round.items().stream()
        .map(RoundResult.Performed::item)
        .filter(counted)
        .mapToLong(WorkItem::plannedCost)
        .sum();
  }

  @Override
  public boolean finished(FinalsState<S> state) {
    return state.phase() == Phase.DONE;
  }

  @Override
  public SearchResult result(FinalsState<S> state) {
    return report.result(state);
  }

  @Override
  public List<Section> soFar(FinalsState<S> state) {
    return report.sections(state);
  }

  @Override
  public Progress progress(FinalsState<S> state) {
    return forecast.progress(state);
  }

  @Override
  public RoundBytes largestRound(FinalsState<S> state) {
    return forecast.largestRound(state);
  }

  @Override
  public SearchCodecs<FinalsState<S>, Optional<V>, FinalsItem<W>, FinalsResult<R>> codecs() {
    return FinalsCodecs.of(own.codecs());
  }
}
