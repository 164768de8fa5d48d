package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.cost.Macs;
import org.espalier.data.ImageDataset;
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
import org.espalier.search.cell.CellState.At;
import org.espalier.search.cell.CellState.Phase;
import org.espalier.search.cell.CellState.Race;
import org.espalier.search.cell.CellState.Shared;
import org.espalier.search.cell.CellState.Turn;
import org.espalier.search.cell.CellState.Work;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.CandidateSearch;
import org.espalier.search.finals.Contest;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.Reference;
import org.espalier.search.supernet.Ranked;
import org.espalier.search.supernet.Ranking;
import org.espalier.tensor.Seeds;

/** Progressive search for cells; the package says how it goes. */
public final class CellSearch
    implements CandidateSearch<CellState, CellView, CellRound.Item, CellRound.Result> {

  private final CellSettings settings;
  private final String data;

  private final StageNets.Cache nets;

  /** Keys of what items borrow, a pure cache: texts of settings take a while to write. */
  private final Map<Laid, String> benches = new ConcurrentHashMap<>();

  private record Laid(Skeleton skeleton, List<List<Integer>> laidOut) {}

  /** A pure cache. */
  private final Map<CellState.Images, List<StageWork>> wholeStages = new ConcurrentHashMap<>();

  /**
   * A search.
   *
   * @param settings of it
   * @param data fingerprint of the {@link LabelledData}
   */
  public CellSearch(CellSettings settings, String data) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.data = Objects.requireNonNull(data, "data");
    nets = new StageNets.Cache(settings);
  }

  /** The whole search, with its trainings. */
  public FinalsSearch<CellState, CellView, CellRound.Item, CellRound.Result> whole() {
    int winners = settings.ranking().winners();
    return new FinalsSearch<>(
        this,
        settings.finals(),
        Contest.of(winners > 1 ? winners : 0),
        Optional.of(settings.budget()),
        data);
  }

  private StageRounds rounds(CellState state) {
    return new StageRounds(settings, nets.of(state), state);
  }

  @Override
  public CellState start(SearchContext context) {
    LabelledData loaded = context.data().load(data, LabelledData.class);
    ImageDataset dataset = loaded.images();
    CellState.Images images = new CellState.Images(dataset.shape(), dataset.classes().size());
    List<List<Integer>> everything = StageNets.everything(settings, images);
    Race race = new Race(everything, everything);
    StageNets first = nets.of(images, 0, race);
    int plannedSteps = Math.max(1, settings.learnings(0));
    return new CellState(
        context.seed(),
        images,
        Course.of(Splits.split(loaded, settings.split())),
        first.reference(),
        new At(Phase.SUPERNET, 0, 0),
        race,
        Shared.at(first.layout().initial(Seeds.generator(context.seed(), Progression.INITIAL, 0))),
        settings
            .policy()
            .start(
                first.choices(),
                plannedSteps,
                Seeds.generator(context.seed(), Progression.POLICY, 0)),
        Turn.NONE,
        List.of(),
        List.of(),
        List.of(),
        Work.NONE);
  }

  @Override
  public List<CellRound.Item> plan(CellState state) {
    return switch (state.at().phase()) {
      case SUPERNET, CHECK -> rounds(state).plan();
      case RANK, TUNE ->
          ranking(state).plan(state.ranking(), state.at().phase() == Phase.TUNE).stream()
              .map(CellRound.Shared::new)
              .map(CellRound.Item.class::cast)
              .toList();
      case DONE -> List.of();
    };
  }

  private Ranking ranking(CellState state) {
    return new Ranking(rounds(state).setup(), state.reference().candidate());
  }

  @Override
  public CellView view(CellState state) {
    return rounds(state).view();
  }

  @Override
  public SumShape sums(CellState state) {
    Phase phase = state.at().phase();
    return phase == Phase.SUPERNET || phase == Phase.CHECK
        ? nets.of(state).layout().sums()
        : SumShape.NONE;
  }

  @Override
  public Contribution<CellRound.Result> perform(
      CellView view, CellRound.Item item, ItemContext context) {
    return context
        .borrow(
            benches.computeIfAbsent(
                new Laid(view.skeleton(), view.laidOut()),
                laid -> "%s %s %s".formatted(laid, data, settings)),
            CellBench.class,
            () -> new CellBench(settings, view, context.data(data, LabelledData.class)))
        .perform(view, item, context);
  }

  @Override
  public CellState advance(CellState state, RoundResult<CellRound.Item, CellRound.Result> round) {
    long planned = round.items().stream().mapToLong(each -> each.item().plannedCost()).sum();
    StageAdvance stage = new StageAdvance(settings, nets);
    return switch (state.at().phase()) {
      case SUPERNET -> stage.afterRound(state.plus(new Work(planned, 0)), round);
      case CHECK -> stage.afterCheck(state.plus(new Work(planned, 0)), round);
      case RANK, TUNE, DONE -> afterRanking(state.plus(new Work(0, planned)), round);
    };
  }

  private CellState afterRanking(
      CellState state, RoundResult<CellRound.Item, CellRound.Result> round) {
    boolean tuned = state.at().phase() == Phase.TUNE;
    List<Ranked> judged =
        ranking(state).judged(state.ranking(), CellRound.ofSupernet(round), tuned);
    At at = state.at();
    CellState next =
        state
            .ranked(tuned ? judged : Ranking.sorted(judged))
            .with(new At(Phase.TUNE, at.stage(), at.round() + 1));
    boolean more =
        settings.ranking().tuning().candidates() > 0
            && !ranking(next).untuned(next.ranking()).isEmpty();
    return more
        ? next
        : next.ranked(Ranking.sorted(judged))
            .with(Shared.NONE, next.policy())
            .with(new At(Phase.DONE, at.stage(), at.round() + 1));
  }

  @Override
  public boolean finished(CellState state) {
    return state.at().phase() == Phase.DONE;
  }

  @Override
  public List<Candidate> candidates(CellState state) {
    return state.ranking().stream().map(Ranked::candidate).toList();
  }

  @Override
  public List<Reference> references(CellState state) {
    return List.of(state.reference());
  }

  @Override
  public List<Candidate> random(CellState state, int count, RandomGenerator random) {
    return whole(state).random(count, random);
  }

  /** The first stage, in which everything is in the race. */
  private StageNets whole(CellState state) {
    List<List<Integer>> everything = StageNets.everything(settings, state.images());
    return nets.of(state.images(), 0, new Race(everything, everything));
  }

  @Override
  public Candidate largest(CellState state) {
    return whole(state).largest();
  }

  @Override
  public Progress progress(CellState state) {
    return forecast(state).progress();
  }

  @Override
  public RoundBytes largestRound(CellState state) {
    return forecast(state).largestRound(deepest(state));
  }

  private CellForecast forecast(CellState state) {
    StageNets now = nets.of(state);
    List<StageWork> stages =
        new ArrayList<>(wholeStages.computeIfAbsent(state.images(), this::wholeStages));
    stages.set(state.at().stage(), StageWork.of(now.macs()));
    return new CellForecast(settings, state, stages);
  }

  /** Of each stage, if nothing is dropped. */
  private List<StageWork> wholeStages(CellState.Images images) {
    return IntStream.range(0, settings.stages().size())
        .mapToObj(stage -> StageWork.of(settings.supernetSpace(images, stage).cost(new Macs())))
        .toList();
  }

  /** The deepest stage, as if nothing had been dropped. */
  private StageNets deepest(CellState state) {
    List<List<Integer>> everything = StageNets.everything(settings, state.images());
    return nets.of(state.images(), settings.deepest(), new Race(everything, everything));
  }

  private CellReport report(CellState state) {
    return new CellReport(settings, state, settings.handedOverSpace(state.images()));
  }

  @Override
  public List<Section> report(CellState state, List<Reference> finals) {
    return report(state).sections(finals);
  }

  @Override
  public List<Section> soFar(CellState state) {
    return report(state).soFar();
  }

  @Override
  public List<String> remarks(CellState state) {
    CollapseAlarm alarm = new CollapseAlarm(settings, state);
    return alarm.rings() ? List.of(alarm.words()) : List.of();
  }

  @Override
  public List<Assessment> assessed(CellState state) {
    return ranking(state).assessed(state.ranking());
  }

  @Override
  public SearchCodecs<CellState, CellView, CellRound.Item, CellRound.Result> codecs() {
    return SearchCodecs.ofRecords(
        CellState.class, CellView.class, CellRound.Item.class, CellRound.Result.class);
  }
}
