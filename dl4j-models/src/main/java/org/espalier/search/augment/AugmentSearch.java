package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.augment.LearnedPolicy;
import org.espalier.data.LabelledData;
import org.espalier.data.Split;
import org.espalier.data.Splits;
import org.espalier.network.NetworkSpec;
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
import org.espalier.search.SumShape;
import org.espalier.search.Totals;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.CandidateSearch;
import org.espalier.search.finals.Contest;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.Reference;
import org.espalier.search.policy.AdamRule;
import org.espalier.search.policy.Feedback;
import org.espalier.search.policy.GateRegulariser;
import org.espalier.search.supernet.NamedLayout;
import org.espalier.search.supernet.SharedDescent;
import org.espalier.storage.Bytes;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;
import org.espalier.training.PlannedWork;

/**
 * Searches the augmentation policy by which a network learns best what serves unchanged images; see
 * the package.
 *
 * @param settings of the search
 * @param data fingerprint of the {@link LabelledData}
 */
public record AugmentSearch(AugmentSettings settings, String data)
    implements CandidateSearch<AugmentState, AugmentView, AugmentItem, AugmentResult> {
  private static final long POLICY = 61;
  private static final long WEIGHTS = 62;
  private static final long DRAWS = 63;
  private static final long ITEMS = 64;
  private static final long BATCHES = 65;

  /** Bytes of a value in a view, item, result or state, at most, and of what is around them. */
  private static final long VALUE = 12;

  /** Images in the report. */
  private static final int SHOWN = 6;

  private static final long FRAME = 16 << 10;

  /** Adam's decays for levels (Li et al., "DADA", ECCV 2020, section 4). */
  private static final double BETA1 = 0.5;

  private static final double BETA2 = 0.999;

  public AugmentSearch {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(data, "data");
  }

  /** The whole search, with its trainings. */
  public FinalsSearch<AugmentState, AugmentView, AugmentItem, AugmentResult> whole() {
    return new FinalsSearch<>(this, settings.finals(), Contest.of(0), Optional.empty(), data);
  }

  @Override
  public AugmentState start(SearchContext context) {
    LabelledData loaded = context.data().load(data, LabelledData.class);
    PolicyForm form = settings.form(loaded.images().shape());
    NetworkSpec network =
        settings.network(loaded.images().shape(), loaded.images().classes().size());
    Floats weights = NamedLayout.of(network).initial(Seeds.generator(context.seed(), WEIGHTS));
    LearningSettings how = settings.learning();
    Split split = Splits.split(loaded, settings.split());
    Draft draft =
        new Draft(
            settings
                .policy()
                .start(
                    form.choices(),
                    how.rounds() - how.warmUpRounds(),
                    Seeds.generator(context.seed(), POLICY)),
            Levels.start(
                form.operations(),
                settings.firstLevel(),
                new AdamRule(settings.levelRate(), BETA1, BETA2, 1e-8, 0)));
    return new AugmentState(
        context.seed(),
        loaded.images().shape(),
        loaded.images().classes().size(),
        samples(loaded, split),
        Course.of(split),
        new SharedDescent(weights, Floats.of(new float[weights.size()])),
        draft,
        List.of(),
        0);
  }

  private static AugmentState.Samples samples(LabelledData loaded, Split split) {
    List<Bytes> images = new ArrayList<>();
    byte[] image = new byte[loaded.images().shape().size()];
    for (int i = 0; i < Math.min(SHOWN, split.train().length); i++) {
      loaded.images().read(split.train()[i], image);
      images.add(Bytes.of(image.clone()));
    }
    return new AugmentState.Samples(loaded.images().maxValue(), images);
  }

  private PolicyForm form(AugmentState state) {
    return settings.form(state.images());
  }

  private NetworkSpec network(AugmentState state) {
    return settings.network(state.images(), state.classes());
  }

  private int batchSize(AugmentState state) {
    return Math.min(settings.learning().batchSize(), state.course().trainingSize());
  }

  /** Draws of an item. */
  private int draws(AugmentState state) {
    return settings.learning().stepsPerItem()
        * Math.min(settings.learning().draws(), batchSize(state));
  }

  private RandomGenerator drawing(AugmentState state) {
    return Seeds.generator(state.seed(), DRAWS, state.round());
  }

  @Override
  public List<AugmentItem> plan(AugmentState state) {
    LearningSettings how = settings.learning();
    int count = draws(state);
    List<List<Integer>> draws =
        state
            .draft()
            .choices()
            .sample(form(state).choices(), how.itemsPerRound() * count, drawing(state));
    boolean rewarded = how.learns(state.round());
    long cost = how.stepsPerItem() * stepWork(state, rewarded);
    List<AugmentItem> items = new ArrayList<>();
    for (int item = 0; item < how.itemsPerRound(); item++) {
      items.add(
          new AugmentItem(
              Seeds.mix(state.seed(), ITEMS, state.round(), item),
              cost,
              "round %s, steps of item %s".formatted(state.round() + 1, item + 1),
              ((long) state.round() * how.itemsPerRound() + item) * how.stepsPerItem(),
              draws.subList(item * count, (item + 1) * count),
              rewarded));
    }
    return items;
  }

  /**
   * Planned work of a step: forward and backward for it, and if it is judged for unchanged images,
   * and twice more for its own, backward only where levels learn through pixels.
   */
  private long stepWork(AugmentState state, boolean rewarded) {
    long macs = new AugmentCandidates(settings).plain(state).macs();
    long batch = batchSize(state);
    long step = PlannedWork.training(batch, macs);
    if (!rewarded) {
      return step;
    }
    long unchanged =
        Math.min(settings.learning().validationBatch(), state.course().validationSize());
    long again =
        settings.levelSlope().throughPixels()
            ? PlannedWork.training(2 * batch, macs)
            : PlannedWork.evaluation(2 * batch, macs);
    return PlannedWork.sum(PlannedWork.sum(step, again), PlannedWork.training(unchanged, macs));
  }

  @Override
  public AugmentView view(AugmentState state) {
    return new AugmentView(
        state.weights().values(),
        state.draft().levels().values(),
        Seeds.mix(state.seed(), BATCHES),
        settings.learning().learningRate(state.round()));
  }

  @Override
  public SumShape sums(AugmentState state) {
    List<SumShape.Block> blocks = new ArrayList<>(layout(state).sums().blocks());
    blocks.add(new SumShape.Block(AugmentWorker.LEVELS, form(state).operations()));
    return new SumShape(blocks);
  }

  private NamedLayout layout(AugmentState state) {
    return NamedLayout.of(network(state));
  }

  @Override
  public Contribution<AugmentResult> perform(
      AugmentView view, AugmentItem item, ItemContext context) {
    LabelledData loaded = context.data(data, LabelledData.class);
    return context
        .borrow(
            "augment %s %s".formatted(data, settings),
            AugmentWorker.class,
            () -> new AugmentWorker(settings, loaded))
        .perform(view, item, context);
  }

  @Override
  public AugmentState advance(AugmentState state, RoundResult<AugmentItem, AugmentResult> round) {
    List<AugmentResult> results =
        round.values(AugmentItem.class, AugmentResult.class).stream()
            .map(RoundResult.Valued::value)
            .toList();
    if (results.isEmpty()) {
      throw new InputException(
          "no item of round %s stayed finite: lower learning.learningRate, %s now"
              .formatted(state.round() + 1, settings.learning().learningRate()));
    }
    Draft draft =
        settings.learning().learns(state.round())
            ? learned(state, round, results.size())
            : state.draft();
    SharedDescent moved =
        state
            .weights()
            .stepped(
                layout(state),
                round.totals(),
                (block, items) -> number -> items,
                settings.learning().momentum());
    AugmentState.Log log =
        new AugmentState.Log(
            results.stream().mapToDouble(AugmentResult::loss).average().orElseThrow(),
            deviation(results),
            draft.in(form(state)),
            draft.applied(form(state)),
            draft.levels().values());
    long planned = round.items().stream().mapToLong(each -> each.item().plannedCost()).sum();
    AugmentState after = state.after(moved, draft, log, planned);
    return finished(after) ? after.withoutWeights() : after;
  }

  private Draft learned(
      AugmentState state, RoundResult<AugmentItem, AugmentResult> round, int items) {
    PolicyForm form = form(state);
    List<Optional<Feedback>> feedback = new ArrayList<>();
    for (RoundResult.Performed<AugmentItem, AugmentResult> each : round.items()) {
      List<List<Integer>> draws = each.item().draws();
      for (int i = 0; i < draws.size(); i++) {
        feedback.add(
            each.outcome() instanceof Outcome.Value<AugmentResult> value
                ? Optional.of(Feedback.of(draws.get(i), value.value().rewards().get(i)))
                : Optional.empty());
      }
    }
    double[] slopes = new double[form.operations()];
    Totals totals = round.totals();
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = totals.of(AugmentWorker.LEVELS).get(i) / ((double) items * draws(state));
    }
    return state.draft().learned(form, feedback, count(form), drawing(state), slopes);
  }

  /**
   * Keeps so many sub-policies in as are handed over: the derivative of {@code weight * ((sum of
   * gates - kept) / all)^2}. Says nothing where gates add up to 1.
   */
  private GateRegulariser count(PolicyForm form) {
    int all = form.subPolicies().size();
    return gates -> {
      double sum = Arrays.stream(gates[PolicyForm.TAKEN]).sum();
      double off = sum - Math.min(settings.kept(), all);
      double[][] gradient =
          Arrays.stream(gates).map(row -> new double[row.length]).toArray(double[][]::new);
      Arrays.fill(gradient[PolicyForm.TAKEN], 2 * settings.countWeight() * off / all / all);
      return gradient;
    };
  }

  private static double deviation(List<AugmentResult> results) {
    double[] rewards =
        results.stream()
            .flatMap(each -> each.rewards().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    double squares = 0;
    for (double reward : rewards) {
      squares += reward * reward;
    }
    return StrictMath.sqrt(squares / Math.max(1, rewards.length));
  }

  @Override
  public boolean finished(AugmentState state) {
    return state.round() >= settings.learning().rounds();
  }

  private LearnedPolicy found(AugmentState state) {
    return state.draft().policy(form(state), settings.kept());
  }

  @Override
  public List<Candidate> candidates(AugmentState state) {
    return List.of(new AugmentCandidates(settings).of(state, found(state)));
  }

  @Override
  public List<Reference> references(AugmentState state) {
    return new AugmentCandidates(settings).references(state);
  }

  @Override
  public List<Candidate> random(AugmentState state, int count, RandomGenerator random) {
    return new AugmentCandidates(settings).random(state, count, random);
  }

  @Override
  public Candidate largest(AugmentState state) {
    return new AugmentCandidates(settings).plain(state);
  }

  @Override
  public Progress progress(AugmentState state) {
    LearningSettings how = settings.learning();
    long ahead = 0;
    for (int round = state.round(); round < how.rounds(); round++) {
      ahead += (long) how.itemsPerRound() * how.stepsPerItem() * stepWork(state, how.learns(round));
    }
    return new Progress("policy", state.work(), state.work() + ahead, List.of());
  }

  @Override
  public RoundBytes largestRound(AugmentState state) {
    long weights = layout(state).size();
    long items = settings.learning().itemsPerRound();
    long draws = draws(state);
    PolicyForm form = form(state);
    long choices = 1L + form.operations();
    return new RoundBytes(
        FRAME + Float.BYTES * weights + VALUE * form.operations(),
        items * (FRAME + VALUE * draws * (choices + 1)),
        sums(state).bytes(),
        items * (FRAME + VALUE * draws));
  }

  @Override
  public List<Section> report(AugmentState state, List<Reference> finals) {
    return told(state).sections(found(state));
  }

  @Override
  public List<Section> soFar(AugmentState state) {
    return told(state).rounds();
  }

  private AugmentReport told(AugmentState state) {
    return new AugmentReport(form(state), state, settings.finals().retrain().augmentation().fill());
  }

  @Override
  public List<Artefact> artefacts(AugmentState state) {
    return List.of(AugmentCandidates.artefact(found(state)));
  }

  @Override
  public SearchCodecs<AugmentState, AugmentView, AugmentItem, AugmentResult> codecs() {
    return SearchCodecs.ofRecords(
        AugmentState.class, AugmentView.class, AugmentItem.class, AugmentResult.class);
  }
}
