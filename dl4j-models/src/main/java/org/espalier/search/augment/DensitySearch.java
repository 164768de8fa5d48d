package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.espalier.augment.Augmentation;
import org.espalier.augment.LearnedPolicy;
import org.espalier.augment.Policy;
import org.espalier.data.LabelledData;
import org.espalier.data.Splits;
import org.espalier.network.ImageShape;
import org.espalier.report.Section;
import org.espalier.search.Artefact;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Outcome;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.augment.DensityItem.Judge;
import org.espalier.search.augment.DensityItem.Train;
import org.espalier.search.augment.DensityResult.Trained;
import org.espalier.search.augment.DensityState.Judged;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.CandidateSearch;
import org.espalier.search.finals.Contest;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.Reference;
import org.espalier.search.finals.Retraining;
import org.espalier.search.finals.Stretch;
import org.espalier.search.finals.Training;
import org.espalier.search.finals.TrainingBytes;
import org.espalier.search.policy.Proposer;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;
import org.espalier.training.PlannedWork;
import org.espalier.training.Score;
import org.espalier.training.TrainedWeights;

/**
 * Searches an augmentation policy without gradients, by density matching (Lim et al., "Fast
 * AutoAugment", NeurIPS 2019): a network learns once without a policy, and then judges policies by
 * its loss on the validation images that they change. Judging a policy is one item, which needs
 * nothing of the others, so that as many executors as there are can share a round. The paper splits
 * training images into five folds, each with a network; here there is one network and the
 * validation part.
 *
 * @param settings of the search, with density matching
 * @param data fingerprint of the {@link LabelledData}
 */
record DensitySearch(AugmentSettings settings, String data)
    implements CandidateSearch<DensityState, DensityView, DensityItem, DensityResult> {
  private static final Training.Role NETWORK = new Training.Role("judging network", 6, true);
  private static final long POLICY = 71;
  private static final long PROPOSE = 72;
  private static final long ITEMS = 73;
  private static final long DRAWS = 74;

  /** Bytes of a value in an item or result, at most, and of what is around them. */
  private static final long VALUE = 12;

  private static final long FRAME = 4 << 10;

  DensitySearch {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(data, "data");
    if (!settings.densityMatching().given()) {
      throw new IllegalArgumentException("need at least one policy to judge");
    }
  }

  /** The whole search, with its trainings. */
  FinalsSearch<DensityState, DensityView, DensityItem, DensityResult> whole() {
    return new FinalsSearch<>(this, settings.finals(), Contest.of(0), Optional.empty(), data);
  }

  private DensitySettings how() {
    return settings.densityMatching();
  }

  private Retraining retraining() {
    return new Retraining(data, settings.split(), settings.finals().itemWork());
  }

  private PolicyChoices choices(ImageShape images) {
    return settings.choices(images, DensitySettings.PROBABILITIES, DensitySettings.LEVELS);
  }

  private PolicyChoices choices(DensityState state) {
    return choices(state.images());
  }

  @Override
  public DensityState start(SearchContext context) {
    LabelledData loaded = context.data().load(data, LabelledData.class);
    ImageShape images = loaded.images().shape();
    int classes = loaded.images().classes().size();
    Training network =
        Retraining.begin(
            context.seed(),
            NETWORK,
            0,
            new AugmentCandidates(settings).plain(images, classes),
            how().training());
    int batches = (how().candidates() + how().perRound() - 1) / how().perRound();
    Proposer proposer =
        how()
            .proposer()
            .start(choices(images).free(), batches, Seeds.generator(context.seed(), POLICY));
    return new DensityState(
        context.seed(),
        images,
        classes,
        retraining().course(loaded),
        network,
        proposer,
        0,
        List.of(),
        List.of(),
        0);
  }

  /** With the next batch, unless enough were proposed. */
  private DensityState proposing(DensityState state) {
    int count = Math.min(how().perRound(), how().candidates() - state.proposed());
    List<List<Integer>> batch =
        count == 0
            ? List.of()
            : state
                .proposer()
                .sample(choices(state).free(), count, generator(state, state.proposed()));
    DensityState next = state.proposing(batch);
    return next.settled() ? next.withoutWeights() : next;
  }

  /** Equal for the proposals of a batch and for what is learned from them. */
  private static RandomGenerator generator(DensityState state, int before) {
    return Seeds.generator(state.seed(), PROPOSE, before);
  }

  @Override
  public List<DensityItem> plan(DensityState state) {
    if (state.network().running()) {
      Stretch stretch = retraining().stretch(state.course(), state.network());
      return List.of(
          new DensityItem(
              stretch.seed(), stretch.plannedCost(), stretch.label(), new Train(stretch)));
    }
    List<DensityItem> items = new ArrayList<>();
    for (List<Integer> picks : state.batch()) {
      int number = state.judged().size() + items.size();
      items.add(
          new DensityItem(
              Seeds.mix(state.seed(), ITEMS, number),
              judging(state),
              "policy " + (number + 1),
              new Judge(picks)));
    }
    return items;
  }

  /** Planned work of judging a policy. */
  private long judging(DensityState state) {
    long images = (long) how().draws() * state.course().validationSize();
    return PlannedWork.evaluation(images, state.network().candidate().macs());
  }

  @Override
  public DensityView view(DensityState state) {
    Training.Trained trained = state.network().trained();
    return new DensityView(trained.values(), trained.buffers(), Seeds.mix(state.seed(), DRAWS));
  }

  @Override
  public Contribution<DensityResult> perform(
      DensityView view, DensityItem item, ItemContext context) {
    return item.task() instanceof Judge judge
        ? judge(view, judge.picks(), context)
        : retraining()
            .perform(((Train) item.task()).stretch(), context)
            .map(standing -> new DensityResult(new Trained(standing)));
  }

  private Contribution<DensityResult> judge(
      DensityView view, List<Integer> picks, ItemContext context) {
    LabelledData loaded = context.data(data, LabelledData.class);
    PolicyJudge judge =
        context.borrow(
            "density %s %s".formatted(data, settings.split()),
            PolicyJudge.class,
            () -> new PolicyJudge(loaded, Splits.split(loaded, settings.split())));
    context.checkCancelled();
    ImageShape images = loaded.images().shape();
    int classes = loaded.images().classes().size();
    LearnedPolicy policy = choices(images).policy(picks);
    Augmentation changes = how().training().augmentation().withPolicy(Policy.of(policy));
    TrainedWeights weights = new TrainedWeights(view.values().toArray(), view.buffers().toArray());
    try {
      Score score =
          judge.judge(
              settings.network(images, classes), weights, changes, how().draws(), view.draws());
      return Contribution.of(
          new DensityResult(new DensityResult.Judged(score.loss(), score.accuracy())));
    } catch (ArithmeticException notFinite) {
      return Contribution.failure(notFinite.getMessage());
    }
  }

  @Override
  public DensityState advance(DensityState state, RoundResult<DensityItem, DensityResult> round) {
    long planned = round.items().stream().mapToLong(each -> each.item().plannedCost()).sum();
    return state.network().running()
        ? trained(state, round, planned)
        : proposing(judged(state, round, planned));
  }

  private DensityState trained(
      DensityState state, RoundResult<DensityItem, DensityResult> round, long planned) {
    RoundResult<Stretch, Training.Standing> stretches =
        round.map(
            item -> ((Train) item.task()).stretch(),
            result -> ((Trained) result.came()).standing());
    Training further = Retraining.after(List.of(state.network()), stretches.items()).get(0);
    if (!further.failure().isEmpty()) {
      throw new InputException(
          "the network that is to judge policies cannot be trained: %s; lower densityMatching.training.optimiser.learningRate, %s now"
              .formatted(further.failure(), how().training().optimiser().learningRate()));
    }
    DensityState after = state.training(further, planned);
    return further.finished() ? proposing(after) : after;
  }

  private DensityState judged(
      DensityState state, RoundResult<DensityItem, DensityResult> round, long planned) {
    List<Judged> more = new ArrayList<>();
    for (RoundResult.Performed<DensityItem, DensityResult> each : round.items()) {
      List<Integer> picks = ((Judge) each.item().task()).picks();
      if (each.outcome() instanceof Outcome.Value<DensityResult> value) {
        DensityResult.Judged came = (DensityResult.Judged) value.value().came();
        more.add(new Judged(picks, came.loss(), came.accuracy(), ""));
      } else {
        String reason = ((Outcome.Failure<DensityResult>) each.outcome()).reason();
        more.add(new Judged(picks, 0, 0, reason));
      }
    }
    Proposer learned =
        state
            .proposer()
            .learn(
                choices(state).free(),
                more.stream().map(Judged::feedback).toList(),
                generator(state, state.proposed() - more.size()));
    return state.judging(learned, more, planned);
  }

  @Override
  public boolean finished(DensityState state) {
    return state.settled();
  }

  private Optional<LearnedPolicy> found(DensityState state) {
    PolicyChoices choices = choices(state);
    return state.ranked(choices.free()).stream()
        .findFirst()
        .map(each -> choices.policy(each.picks()));
  }

  @Override
  public List<Candidate> candidates(DensityState state) {
    return found(state).stream()
        .map(policy -> new AugmentCandidates(settings).of(state, policy))
        .toList();
  }

  @Override
  public List<Reference> references(DensityState state) {
    return new AugmentCandidates(settings).references(state);
  }

  @Override
  public List<Candidate> random(DensityState state, int count, RandomGenerator random) {
    return new AugmentCandidates(settings).random(state, count, random);
  }

  @Override
  public Candidate largest(DensityState state) {
    return new AugmentCandidates(settings).plain(state);
  }

  @Override
  public Progress progress(DensityState state) {
    long ahead = 0;
    if (!finished(state)) {
      long left = (long) how().candidates() - state.judged().size();
      ahead = Retraining.workAhead(state.course(), List.of(state.network()));
      ahead = PlannedWork.sum(ahead, left * judging(state));
    }
    OptionalDouble best =
        state.judged().stream().filter(Judged::sound).mapToDouble(Judged::score).max();
    return new Progress(
        state.network().running() ? "network" : "policies",
        state.work(),
        state.work() + ahead,
        best.isPresent()
            ? List.of(new Progress.Measure("best probability", best.getAsDouble()))
            : List.of());
  }

  @Override
  public RoundBytes largestRound(DensityState state) {
    Candidate network = state.network().candidate();
    long training = TrainingBytes.of(network, how().training().epochs());
    long judging = how().perRound() * (FRAME + VALUE * choices(state).sizes().size());
    // Running statistics are at most as many as the scales and shifts.
    return new RoundBytes(
        FRAME + 2 * Float.BYTES * network.parameters(),
        Math.max(FRAME + training, judging),
        0,
        Math.max(FRAME + training, judging));
  }

  @Override
  public List<Section> report(DensityState state, List<Reference> finals) {
    DensityReport report = new DensityReport(choices(state), state);
    return found(state).map(report::sections).orElseGet(report::soFar);
  }

  @Override
  public List<Section> soFar(DensityState state) {
    return new DensityReport(choices(state), state).soFar();
  }

  @Override
  public List<Artefact> artefacts(DensityState state) {
    return found(state).map(AugmentCandidates::artefact).stream().toList();
  }

  @Override
  public SearchCodecs<DensityState, DensityView, DensityItem, DensityResult> codecs() {
    return SearchCodecs.ofRecords(
        DensityState.class, DensityView.class, DensityItem.class, DensityResult.class);
  }
}
