package org.espalier.search.trials;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.espalier.cost.Budget;
import org.espalier.data.LabelledData;
import org.espalier.network.ImageShape;
import org.espalier.report.Section;
import org.espalier.search.Assessment;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.CandidateSearch;
import org.espalier.search.finals.Contest;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.finals.Findings;
import org.espalier.search.finals.Reference;
import org.espalier.search.finals.Retraining;
import org.espalier.search.finals.Stretch;
import org.espalier.search.finals.Training;
import org.espalier.search.finals.TrainingBytes;
import org.espalier.search.policy.Proposer;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.trials.TrialState.Trial;
import org.espalier.tensor.Seeds;

/** Search by short trainings; the package says how it goes. */
public final class TrialSearch
    implements CandidateSearch<TrialState, TrialSearch.NoView, Stretch, Training.Standing> {
  static final String PHASE = "trials";

  private static final Training.Role TRIED = new Training.Role("trial", 5, false);
  private static final long VIEW = 64;
  private static final long POLICY = 51;
  private static final long PROPOSE = 52;

  private final TrialSettings settings;
  private final TrialSpace.Source source;
  private final Budget budget;
  private final Retraining retraining;
  private final String data;

  /** A pure cache. */
  private final Map<Images, TrialSpace> spaces = new ConcurrentHashMap<>();

  private record Images(ImageShape input, int classes) {}

  /** Executors need nothing but their items. */
  public record NoView() {}

  /**
   * A search.
   *
   * @param settings of it, with at least one candidate
   * @param source of the networks
   * @param budget that each of them is within
   * @param finals how networks are trained afterwards
   * @param data fingerprint of the {@link LabelledData}
   */
  public TrialSearch(
      TrialSettings settings,
      TrialSpace.Source source,
      Budget budget,
      FinalsSettings finals,
      String data) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.source = Objects.requireNonNull(source, "source");
    this.budget = Objects.requireNonNull(budget, "budget");
    this.data = Objects.requireNonNull(data, "data");
    if (!settings.given()) {
      throw new IllegalArgumentException("need at least one candidate to try");
    }
    retraining = new Retraining(data, finals.split(), settings.imageShare(), finals.itemWork());
  }

  /**
   * The whole search, with its trainings.
   *
   * @param finals those that it was made with
   */
  public FinalsSearch<TrialState, NoView, Stretch, Training.Standing> whole(FinalsSettings finals) {
    return new FinalsSearch<>(
        this,
        finals,
        Contest.of(settings.winners() > 1 ? settings.winners() : 0),
        Optional.of(budget),
        data);
  }

  private TrialSpace space(TrialState state) {
    return space(state.input(), state.classes());
  }

  private TrialSpace space(ImageShape input, int classes) {
    return spaces.computeIfAbsent(
        new Images(input, classes), images -> source.of(images.input(), images.classes()));
  }

  @Override
  public TrialState start(SearchContext context) {
    LabelledData loaded = context.data().load(data, LabelledData.class);
    ImageShape input = loaded.images().shape();
    int classes = loaded.images().classes().size();
    PricedChoices choices = space(input, classes).choices();
    int batches = (settings.candidates() + settings.perRound() - 1) / settings.perRound();
    Proposer proposer =
        settings.proposer().start(choices, batches, Seeds.generator(context.seed(), POLICY));
    return proposing(
        new TrialState(
            context.seed(),
            input,
            classes,
            retraining.course(loaded),
            proposer,
            0,
            List.of(),
            List.of(),
            0));
  }

  /**
   * With the next batch of which some network is within the budget, unless enough were proposed.
   */
  private TrialState proposing(TrialState state) {
    TrialState next = state;
    while (next.settled() && next.proposed() < settings.candidates()) {
      PricedChoices choices = space(next).choices();
      int count = Math.min(settings.perRound(), settings.candidates() - next.proposed());
      List<List<Integer>> batch = next.proposer().sample(choices, count, generator(next));
      if (batch.isEmpty()) {
        return next;
      }
      next = next.trying(next.proposer(), batch, trials(next, batch));
      if (next.settled()) {
        next = learning(next);
      }
    }
    return next;
  }

  /** Equal for the proposals of a batch and for what is learned from them. */
  private static RandomGenerator generator(TrialState state) {
    return Seeds.generator(state.seed(), PROPOSE, state.proposed());
  }

  private TrialState learning(TrialState state) {
    RandomGenerator random =
        Seeds.generator(state.seed(), PROPOSE, state.proposed() - state.batch().size());
    Proposer learned = state.proposer().learn(space(state).choices(), state.feedback(), random);
    return state.trying(learned, List.of(), List.of());
  }

  private List<Trial> trials(TrialState state, List<List<Integer>> batch) {
    TrialSpace space = space(state);
    List<List<Integer>> allowed = batch.stream().filter(space.choices()::allows).toList();
    List<Double> expected = state.proposer().expects(space.choices(), allowed);
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < allowed.size(); i++) {
      Training training =
          Retraining.begin(
              state.seed(),
              TRIED,
              state.tried().size() + i,
              space.candidate(allowed.get(i)),
              settings.training());
      trials.add(
          new Trial(
              allowed.get(i), expected.isEmpty() ? List.of() : List.of(expected.get(i)), training));
    }
    return trials;
  }

  @Override
  public List<Stretch> plan(TrialState state) {
    return state.trainings().stream()
        .filter(Training::running)
        .map(training -> retraining.stretch(state.course(), training))
        .toList();
  }

  @Override
  public NoView view(TrialState state) {
    return new NoView();
  }

  @Override
  public Contribution<Training.Standing> perform(NoView view, Stretch item, ItemContext context) {
    return retraining.perform(item, context);
  }

  @Override
  public TrialState advance(TrialState state, RoundResult<Stretch, Training.Standing> round) {
    long planned = round.items().stream().mapToLong(each -> each.item().plannedCost()).sum();
    TrialState after = state.after(Retraining.after(state.trainings(), round.items()), planned);
    return after.settled() ? proposing(learning(after)) : after;
  }

  @Override
  public boolean finished(TrialState state) {
    return state.settled();
  }

  @Override
  public List<Candidate> candidates(TrialState state) {
    return state.ranked(space(state).choices()).stream()
        .map(each -> each.training().candidate())
        .toList();
  }

  @Override
  public List<Reference> references(TrialState state) {
    return List.of(space(state).reference());
  }

  @Override
  public List<Candidate> random(TrialState state, int count, RandomGenerator random) {
    return space(state).random(count, random);
  }

  @Override
  public Candidate largest(TrialState state) {
    return space(state).largest();
  }

  @Override
  public Progress progress(TrialState state) {
    long later =
        (settings.candidates() - state.proposed())
            * state.course().work(settings.training(), space(state).reference().candidate().macs());
    long ahead = finished(state) ? 0 : later + running(state);
    OptionalDouble best =
        state.trainings().stream()
            .filter(Training::finished)
            .mapToDouble(each -> 100 * each.trained().accuracy())
            .max();
    return new Progress(
        PHASE,
        state.work(),
        state.work() + ahead,
        best.isPresent()
            ? List.of(new Progress.Measure("best validation accuracy, percent", best.getAsDouble()))
            : List.of());
  }

  private static long running(TrialState state) {
    return Retraining.workAhead(state.course(), state.trainings());
  }

  @Override
  public RoundBytes largestRound(TrialState state) {
    TrialSpace space = space(state);
    int epochs = settings.training().epochs();
    long each =
        Math.max(
            TrainingBytes.of(space.largest(), epochs),
            TrainingBytes.of(space.reference().candidate(), epochs));
    return new RoundBytes(VIEW, settings.perRound() * each, 0, settings.perRound() * each);
  }

  @Override
  public List<Section> report(TrialState state, List<Reference> finals) {
    TrialSpace space = space(state);
    List<Section> sections = new ArrayList<>();
    finals.stream()
        .findFirst()
        .flatMap(
            found ->
                state.tried().stream()
                    .filter(each -> each.training().candidate().equals(found.candidate()))
                    .findFirst())
        .ifPresent(each -> sections.addAll(space.drawings(each.picks())));
    sections.addAll(new TrialReport(state).sections());
    return sections;
  }

  @Override
  public List<Section> soFar(TrialState state) {
    return new TrialReport(state).sections();
  }

  @Override
  public List<Assessment> assessed(TrialState state) {
    return state.trainings().stream()
        .map(training -> Findings.assessment(state.course(), PHASE, training))
        .toList();
  }

  @Override
  public SearchCodecs<TrialState, NoView, Stretch, Training.Standing> codecs() {
    return SearchCodecs.ofRecords(
        TrialState.class, NoView.class, Stretch.class, Training.Standing.class);
  }
}
