package org.espalier.search.width;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.cost.Macs;
import org.espalier.data.LabelledData;
import org.espalier.data.Splits;
import org.espalier.report.Section;
import org.espalier.search.Assessment;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SumShape;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.CandidateSearch;
import org.espalier.search.finals.Contest;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.Reference;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.space.UniformWidths;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.Decoding;
import org.espalier.search.supernet.Ranked;
import org.espalier.search.supernet.Ranking;
import org.espalier.search.supernet.SupernetSetup;
import org.espalier.search.supernet.TuningSettings;
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
 * candidates are ranked on the validation part.
 *
 * <p>Different from the paper: one matrix P for an output width and one Q for an input width, a
 * transition in closed form by default, local steps averaged by the driver, exact statistics of
 * batch norm for each ranked candidate, ranking on validation data with the network of uniform
 * widths among the candidates, and a second look at the first ones: after some steps by themselves
 * ({@link TuningSettings}), or in a short contest from scratch.
 */
public final class AffineSharingSearch
    implements CandidateSearch<
        AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result> {
  private static final long INITIAL = 1;
  private static final long POLICY = 2;
  private static final long MAPS = 4;

  private final AffineSharingSettings settings;
  private final String data;

  /**
   * What follows from the space alone and takes a while to find.
   *
   * @param bench key of what items borrow
   */
  private record Prepared(
      WidthSpace space, MetaLayout layout, PricedChoices choices, CostModel macs, String bench) {}

  /** A pure cache. */
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
  }

  /** The whole search, with its trainings. */
  public FinalsSearch<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
      whole() {
    int winners = settings.ranking().winners();
    return new FinalsSearch<>(
        this,
        settings.finals(),
        Contest.of(winners > 1 ? winners : 0),
        Optional.of(settings.budget()),
        data);
  }

  /** Throws an InfeasibleBudgetException if the cheapest network is over the budget. */
  private Prepared prepared(WidthSpace space) {
    Optional<Prepared> known = prepared.filter(each -> each.space().equals(space));
    if (known.isEmpty()) {
      MetaLayout layout = MetaLayout.of(space, settings.sharing());
      known =
          Optional.of(
              new Prepared(
                  space,
                  layout,
                  PricedChoices.of(space, settings.budget()),
                  space.cost(new Macs()),
                  "%s %s %s".formatted(layout.key(), data, settings)));
      prepared = known;
    }
    return known.orElseThrow();
  }

  private SupernetSetup setup(AffineSharingState state) {
    Prepared ready = prepared(state.space());
    return new SupernetSetup(
        settings.supernet().training(),
        settings.ranking(),
        ready.choices(),
        ready.macs(),
        ready.macs()::exact,
        state.course(),
        state.seed());
  }

  private AffineSupernetPhase supernet(AffineSharingState state) {
    return new AffineSupernetPhase(settings, prepared(state.space()).layout(), setup(state));
  }

  private Ranking ranking(AffineSharingState state) {
    return new Ranking(setup(state), state.uniform().candidate());
  }

  @Override
  public AffineSharingState start(SearchContext context) {
    LabelledData loaded = context.data().load(data, LabelledData.class);
    WidthSpace space = WidthSpace.of(settings.family(), loaded.images(), settings.choices());
    long seed = context.seed();
    Prepared ready = prepared(space);
    int learnings =
        Math.max(
            1,
            settings.supernet().training().rounds()
                - settings.supernet().training().warmUpRounds());
    Floats values = Floats.of(ready.layout().initial(Seeds.mix(seed, INITIAL)));
    return new AffineSharingState(
        seed,
        0,
        Phase.SUPERNET,
        space,
        Course.of(Splits.split(loaded, settings.split())),
        UniformWidths.reference(space, settings.budget()),
        new Shared(values, Floats.of(new float[values.size()]), maps(space, seed)),
        settings.policy().start(ready.choices(), learnings, Seeds.generator(seed, POLICY)),
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
  public List<WidthRound.Item> plan(AffineSharingState state) {
    return switch (state.phase()) {
      case SUPERNET -> supernet(state).plan(state);
      case RANK, TUNE ->
          ranking(state).plan(state.ranking(), state.phase() == Phase.TUNE).stream()
              .map(WidthRound.Shared::new)
              .map(WidthRound.Item.class::cast)
              .toList();
      case DONE -> List.of();
    };
  }

  @Override
  public WidthRound.View view(AffineSharingState state) {
    Shared shared = state.shared();
    int round = Math.min(state.round(), settings.supernet().training().rounds() - 1);
    return new WidthRound.View(
        state.space(), shared.values(), supernet(state).angle(round), shared.maps());
  }

  @Override
  public SumShape sums(AffineSharingState state) {
    return state.phase() == Phase.SUPERNET
        ? prepared(state.space()).layout().sums()
        : SumShape.NONE;
  }

  @Override
  public Contribution<WidthRound.Result> perform(
      WidthRound.View view, WidthRound.Item item, ItemContext context) {
    if (item instanceof WidthRound.Parting parting) {
      return Contribution.of(view.maps().perform(parting, (Sharing.Learned) settings.sharing()));
    }
    Prepared ready = prepared(view.space());
    return context
        .borrow(
            ready.bench(),
            AffineBench.class,
            () -> new AffineBench(settings, ready.layout(), context.data(data, LabelledData.class)))
        .perform(view, ((WidthRound.Shared) item).item(), context)
        .map(WidthRound.Found::new);
  }

  @Override
  public AffineSharingState advance(
      AffineSharingState state, RoundResult<WidthRound.Item, WidthRound.Result> round) {
    long planned = round.items().stream().mapToLong(each -> each.item().plannedCost()).sum();
    return switch (state.phase()) {
      case SUPERNET -> afterSupernet(supernet(state).advance(state, round), planned);
      case RANK, TUNE, DONE -> afterRanking(state, round, planned);
    };
  }

  private AffineSharingState afterSupernet(AffineSharingState state, long planned) {
    AffineSharingState after = state.after(new Work(planned, 0));
    if (after.round() < settings.supernet().training().rounds()) {
      return after;
    }
    WidthSpace space = state.space();
    return after.with(
        Phase.RANK,
        new Decoding(setup(state))
            .candidates(after.policy(), UniformWidths.picks(space, settings.budget())).stream()
                .map(picks -> Ranked.unjudged(picks, space.candidate(picks)))
                .toList());
  }

  private AffineSharingState afterRanking(
      AffineSharingState state,
      RoundResult<WidthRound.Item, WidthRound.Result> round,
      long planned) {
    boolean tuned = state.phase() == Phase.TUNE;
    List<Ranked> judged =
        ranking(state).judged(state.ranking(), AffineSupernetPhase.ofSupernet(round), tuned);
    List<Ranked> sorted = tuned ? judged : Ranking.sorted(judged);
    AffineSharingState next = state.with(Phase.TUNE, sorted).after(new Work(0, planned));
    return settings.ranking().tuning().candidates() > 0
            && !ranking(next).untuned(next.ranking()).isEmpty()
        ? next
        : next.with(Phase.DONE, Ranking.sorted(judged));
  }

  @Override
  public boolean finished(AffineSharingState state) {
    return state.phase() == Phase.DONE;
  }

  @Override
  public List<Candidate> candidates(AffineSharingState state) {
    return state.ranking().stream().map(Ranked::candidate).toList();
  }

  @Override
  public List<Reference> references(AffineSharingState state) {
    return List.of(state.uniform());
  }

  @Override
  public List<Candidate> random(AffineSharingState state, int count, RandomGenerator random) {
    WidthSpace space = state.space();
    return FeasibleCandidates.sample(prepared(space).choices(), count, random).stream()
        .map(space::candidate)
        .toList();
  }

  @Override
  public Candidate largest(AffineSharingState state) {
    WidthSpace space = state.space();
    return space.candidateOf(space.widest());
  }

  @Override
  public Progress progress(AffineSharingState state) {
    return forecast(state).progress(state);
  }

  @Override
  public RoundBytes largestRound(AffineSharingState state) {
    return forecast(state).largestRound(state, prepared(state.space()).layout());
  }

  private Forecast forecast(AffineSharingState state) {
    return new Forecast(settings, setup(state), ranking(state));
  }

  @Override
  public List<Section> report(AffineSharingState state, List<Reference> finals) {
    return new AffineSharingReport(settings, state).sections(finals);
  }

  @Override
  public List<Assessment> assessed(AffineSharingState state) {
    return ranking(state).assessed(state.ranking());
  }

  @Override
  public List<Section> soFar(AffineSharingState state) {
    return new AffineSharingReport(settings, state).soFar();
  }

  @Override
  public SearchCodecs<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
      codecs() {
    return SearchCodecs.ofRecords(
        AffineSharingState.class,
        WidthRound.View.class,
        WidthRound.Item.class,
        WidthRound.Result.class);
  }
}
