package org.espalier.search.width;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.espalier.data.LabelledData;
import org.espalier.data.Splits;
import org.espalier.network.NetworkSpec;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Outcome;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.SumShape;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.Retraining;
import org.espalier.search.finals.Stretched;
import org.espalier.search.finals.Training;
import org.espalier.search.policy.Policy;
import org.espalier.search.space.Candidate;
import org.espalier.search.space.UniformWidths;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.width.AffineSharingState.Phase;
import org.espalier.search.width.AffineSharingState.Shared;
import org.espalier.search.width.AffineSharingState.Work;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;

/**
 * Width search with affine parameter sharing (Wang, Bai et al., "Revisiting Parameter Sharing for
 * Automatic Neural Channel Number Search", NeurIPS 2020). A supernet's shared weights are trained
 * for all widths at once, first with full sharing, which learns fast, then with less and less,
 * which tells widths apart; a policy learns which widths are accurate within the budget; the best
 * candidates are ranked on the validation part, and winners and baselines are trained from scratch.
 *
 * <p>Different from the paper: one matrix P for an output width and one Q for an input width, a
 * transition in closed form by default, local steps averaged by the driver, exact statistics of
 * batch norm for each ranked candidate, ranking on validation data with the network of uniform
 * widths among the candidates, and a second look at the first ones: after some steps by themselves
 * ({@link TuningSettings}), or in a short contest from scratch.
 */
public final class AffineSharingSearch
    implements Search<AffineSharingState, WidthView, WidthItem, WidthResult> {
  private static final long INITIAL = 1;
  private static final long POLICY = 2;
  private static final long MAPS = 4;

  /** Trainings in one round, after each of which a checkpoint can be written. */
  private static final int TRAININGS = 16;

  private final AffineSharingSettings settings;
  private final String data;
  private final Retraining retraining;
  private final Contest contest;

  /** What follows from the space alone and takes a while: a pure cache. */
  private volatile Optional<Prepared> prepared = Optional.empty();

  /**
   * A search.
   *
   * @param settings of it
   * @param data fingerprint of the {@link LabelledData}
   */
  public AffineSharingSearch(AffineSharingSettings settings, String data) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.data = Objects.requireNonNull(data, "data");
    retraining = new Retraining(data, settings.split(), settings.itemWork());
    contest = new Contest(settings);
  }

  private Prepared prepared(WidthSpace space) {
    Optional<Prepared> known = prepared.filter(each -> each.space().equals(space));
    if (known.isEmpty()) {
      known = Optional.of(Prepared.of(space, settings));
      prepared = known;
    }
    return known.orElseThrow();
  }

  private SupernetPhase supernet(AffineSharingState state) {
    Prepared ready = prepared(state.space());
    return new SupernetPhase(settings, ready.layout(), ready.choices(), ready.macs());
  }

  private Decoding decoding(AffineSharingState state) {
    return new Decoding(settings, prepared(state.space()).choices());
  }

  private Ranking ranking(AffineSharingState state) {
    return new Ranking(settings, prepared(state.space()).macs());
  }

  @Override
  public AffineSharingState start(SearchContext context) {
    LabelledData loaded = context.data().load(data, LabelledData.class);
    WidthSpace space =
        WidthSpace.of(
            settings.family(),
            loaded.images().shape(),
            loaded.images().classes().size(),
            settings.choices());
    long seed = context.seed();
    Prepared ready = prepared(space);
    int learnings = Math.max(1, settings.supernet().rounds() - settings.supernet().warmUpRounds());
    Floats values = Floats.of(ready.layout().initial(Seeds.mix(seed, INITIAL)));
    return new AffineSharingState(
        seed,
        0,
        Phase.SUPERNET,
        space,
        Course.of(Splits.split(loaded, settings.split())),
        Candidate.of(space, UniformWidths.within(space, settings.budget())),
        new Shared(values, Floats.of(new float[values.size()]), maps(space, seed)),
        Policy.start(settings.policy(), ready.choices(), learnings, Seeds.generator(seed, POLICY)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Work.NONE);
  }

  private LearnedMaps maps(WidthSpace space, long seed) {
    return settings.sharing() instanceof Sharing.Learned learned
        ? LearnedMaps.start(space, learned, Seeds.mix(seed, MAPS))
        : LearnedMaps.NONE;
  }

  @Override
  public List<WidthItem> plan(AffineSharingState state) {
    return switch (state.phase()) {
      case SUPERNET -> supernet(state).plan(state);
      case RANK, TUNE -> ranking(state).plan(state);
      case TRIAL, RETRAIN -> stretches(state);
      case DONE -> List.of();
    };
  }

  private List<WidthItem> stretches(AffineSharingState state) {
    int longer = contest.longerEpochs(state);
    List<WidthItem> items = new ArrayList<>();
    state.current().stream()
        .filter(Training::running)
        .limit(TRAININGS)
        .map(
            training -> retraining.stretch(state.course(), training, contest.how(training, longer)))
        .forEach(stretch -> items.add(new WidthItem.Train(stretch)));
    return items;
  }

  @Override
  public WidthView view(AffineSharingState state) {
    return switch (state.phase()) {
      case SUPERNET, RANK, TUNE -> {
        Shared shared = state.shared();
        double angle =
            supernet(state).angle(Math.min(state.round(), settings.supernet().rounds() - 1));
        yield new WidthView.Supernet(state.space(), shared.values(), angle, shared.maps());
      }
      case TRIAL, RETRAIN, DONE -> new WidthView.Alone(state.space(), contest.longerEpochs(state));
    };
  }

  @Override
  public SumShape sums(AffineSharingState state) {
    return state.phase() == Phase.SUPERNET
        ? prepared(state.space()).layout().sums()
        : SumShape.NONE;
  }

  @Override
  public Contribution<WidthResult> perform(WidthView view, WidthItem item, ItemContext context) {
    if (item instanceof WidthItem.Train train) {
      return train((WidthView.Alone) view, train, context);
    }
    WidthView.Supernet shared = (WidthView.Supernet) view;
    MetaLayout layout = prepared(view.space()).layout();
    SupernetBench bench =
        context.borrow(
            "supernet " + layout.key(),
            SupernetBench.class,
            () -> new SupernetBench(settings, layout, context.data(data, LabelledData.class)));
    if (item instanceof WidthItem.Steps steps) {
      return bench.steps(shared, steps, context);
    } else if (item instanceof WidthItem.Judge judge) {
      return bench.judge(shared, judge);
    }
    return bench.rank(shared, (WidthItem.Rank) item, context);
  }

  private Contribution<WidthResult> train(
      WidthView.Alone view, WidthItem.Train item, ItemContext context) {
    Training training = item.stretch().training();
    NetworkSpec spec = view.space().network(training.candidate().widths());
    Outcome<Stretched> outcome =
        retraining
            .perform(item.stretch(), spec, contest.how(training, view.longerEpochs()), context)
            .outcome();
    return outcome instanceof Outcome.Value<Stretched> value
        ? Contribution.of(new WidthResult.Trained(value.value()))
        : Contribution.failure(((Outcome.Failure<Stretched>) outcome).reason());
  }

  @Override
  public AffineSharingState advance(
      AffineSharingState state, RoundResult<WidthItem, WidthResult> round) {
    long planned = round.items().stream().mapToLong(each -> each.item().plannedCost()).sum();
    return switch (state.phase()) {
      case SUPERNET -> afterSupernet(supernet(state).advance(state, round), planned);
      case RANK, TUNE -> afterRanking(state, round, planned);
      case TRIAL -> afterTrials(state, round);
      case RETRAIN, DONE -> afterRetraining(state, round, planned);
    };
  }

  private AffineSharingState afterSupernet(AffineSharingState state, long planned) {
    AffineSharingState after = state.after(new Work(planned, 0, 0, 0, 0));
    return after.round() < settings.supernet().rounds()
        ? after
        : after.with(Phase.RANK, decoding(after).candidates(after));
  }

  private AffineSharingState afterRanking(
      AffineSharingState state, RoundResult<WidthItem, WidthResult> round, long planned) {
    Work work = new Work(0, planned, 0, 0, 0);
    List<Ranked> judged = Ranking.after(state.ranking(), round);
    boolean tuned = state.phase() == Phase.TUNE;
    if (tuned ? judged.stream().noneMatch(Ranked::tuned) : judged.isEmpty()) {
      String key = tuned ? "ranking.tuning.learningRate" : "supernet.learningRate";
      double rate =
          tuned ? settings.ranking().tuning().learningRate() : settings.supernet().learningRate();
      throw new IllegalArgumentException(
          "no candidate could be judged, as nothing stayed finite: lower %s, %s now"
              .formatted(key, rate));
    }
    List<Ranked> sorted = tuned ? judged : Ranking.sorted(judged);
    AffineSharingState next = state.with(Phase.TUNE, sorted).after(work);
    if (settings.ranking().tuning().candidates() > 0 && !ranking(next).untuned(next).isEmpty()) {
      return next;
    }
    AffineSharingState after = next.with(Phase.TRIAL, Ranking.sorted(judged));
    List<Training> trials = contest.trials(after, prepared(after.space()).choices());
    return trials.isEmpty() ? retraining(after) : after.with(Phase.TRIAL, trials, List.of());
  }

  private AffineSharingState afterTrials(
      AffineSharingState state, RoundResult<WidthItem, WidthResult> round) {
    List<Training> trials = after(state.trials(), round);
    AffineSharingState after =
        state
            .with(Phase.TRIAL, trials, List.of())
            .after(new Work(0, 0, planned(round, true), planned(round, false), 0));
    return trials.stream().anyMatch(Training::running) ? after : retraining(after);
  }

  private static long planned(RoundResult<WidthItem, WidthResult> round, boolean winners) {
    return round.items().stream()
        .map(RoundResult.Performed::item)
        .filter(
            item ->
                winners
                    == (item instanceof WidthItem.Train train
                        && train.stretch().training().role().equals(Contest.WINNER)))
        .mapToLong(WidthItem::plannedCost)
        .sum();
  }

  private AffineSharingState retraining(AffineSharingState state) {
    List<Training> retrainings = contest.retrainings(state);
    return state.with(
        retrainings.isEmpty() ? Phase.DONE : Phase.RETRAIN, state.trials(), retrainings);
  }

  private AffineSharingState afterRetraining(
      AffineSharingState state, RoundResult<WidthItem, WidthResult> round, long planned) {
    List<Training> retrainings = after(state.retrainings(), round);
    boolean more = retrainings.stream().anyMatch(Training::running);
    return state
        .with(more ? Phase.RETRAIN : Phase.DONE, state.trials(), retrainings)
        .after(new Work(0, 0, 0, 0, planned));
  }

  private static List<Training> after(
      List<Training> trainings, RoundResult<WidthItem, WidthResult> round) {
    return Retraining.after(
        trainings,
        round.items(),
        item ->
            item instanceof WidthItem.Train train ? Optional.of(train.stretch()) : Optional.empty(),
        result -> ((WidthResult.Trained) result).stretched());
  }

  @Override
  public boolean finished(AffineSharingState state) {
    return state.phase() == Phase.DONE;
  }

  @Override
  public SearchResult result(AffineSharingState state) {
    return new AffineSharingReport(settings, contest, state).result();
  }

  @Override
  public Progress progress(AffineSharingState state) {
    return forecast(state).progress(state);
  }

  @Override
  public RoundBytes largestRound(AffineSharingState state) {
    return forecast(state).largestRound(state, prepared(state.space()).layout(), TRAININGS);
  }

  private Forecast forecast(AffineSharingState state) {
    return new Forecast(settings, contest, ranking(state), prepared(state.space()).drawn());
  }

  @Override
  public SearchCodecs<AffineSharingState, WidthView, WidthItem, WidthResult> codecs() {
    return SearchCodecs.ofRecords(
        AffineSharingState.class, WidthView.class, WidthItem.class, WidthResult.class);
  }
}
