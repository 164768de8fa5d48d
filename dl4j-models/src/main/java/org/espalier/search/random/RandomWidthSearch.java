package org.espalier.search.random;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.espalier.data.LabelledData;
import org.espalier.data.Split;
import org.espalier.data.Splits;
import org.espalier.network.NetworkSpec;
import org.espalier.network.NetworkSpecs;
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
import org.espalier.tensor.Seeds;
import org.espalier.training.Trainer;
import org.espalier.training.TrainingData;
import org.espalier.training.TrainingSettings;

/**
 * Random search over widths under a budget of MACs. Candidates are drawn uniformly from the
 * networks within the budget and trained shortly; the best one on the validation part is retrained,
 * and so is the baseline, the family's usual widths scaled by one factor to the same budget, with
 * the same settings. Strong for its simplicity (Li and Talwalkar, UAI 2019), hence what other
 * methods must beat at equal planned work.
 *
 * @param settings of the search
 * @param data fingerprint of the {@link LabelledData}
 */
public record RandomWidthSearch(RandomWidthSettings settings, String data)
    implements Search<RandomWidthState, RandomWidthView, Stretch, Stretched> {
  private static final long SAMPLE = 1;
  private static final long TRAIN = 2;
  private static final long ITEM = 3;

  public RandomWidthSearch {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(data, "data");
  }

  @Override
  public RandomWidthState start(SearchContext context) {
    LabelledData loaded = context.data().load(data, LabelledData.class);
    Split split = Splits.split(loaded, settings.split());
    WidthSpace space =
        WidthSpace.of(
            settings.family(),
            loaded.images().shape(),
            loaded.images().classes().size(),
            settings.shares(),
            settings.multiple());
    List<List<Integer>> drawn =
        FeasibleWidths.sample(
            space,
            settings.budget(),
            settings.candidates(),
            Seeds.generator(context.seed(), SAMPLE));
    List<Training> trials = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      Candidate candidate = Candidate.of(space, drawn.get(i));
      trials.add(begin(context.seed(), Training.Role.TRIAL, i, candidate));
    }
    return new RandomWidthState(
        context.seed(),
        0,
        RandomWidthState.Phase.SEARCH,
        space,
        new Course(split.train().length, split.validation().length),
        Candidate.of(space, UniformWidths.within(space, settings.budget())),
        trials,
        List.of(),
        0,
        0);
  }

  @Override
  public List<Stretch> plan(RandomWidthState state) {
    return state.current().stream()
        .filter(Training::running)
        .limit(settings.candidatesPerRound())
        .map(training -> stretch(state.course(), training))
        .toList();
  }

  private Stretch stretch(Course course, Training training) {
    TrainingSettings how = how(training.role());
    long macs = training.candidate().macs();
    long end = course.stretchEnd(how, macs, training.step(), settings.itemWork());
    return new Stretch(
        Seeds.mix(training.seed(), ITEM, training.step()),
        course.work(how, macs, training.step(), end),
        training,
        end);
  }

  @Override
  public RandomWidthView view(RandomWidthState state) {
    return new RandomWidthView(state.space());
  }

  @Override
  public Contribution<Stretched> perform(RandomWidthView view, Stretch item, ItemContext context) {
    Training training = item.training();
    NetworkSpec spec = view.space().network(training.candidate().widths());
    String key = "%s %s %d".formatted(NetworkSpecs.hash(spec), training.role(), training.seed());
    return context
        .borrow(key, WarmTrainer.class, () -> trainer(spec, training, context))
        .train(item, context);
  }

  private WarmTrainer trainer(NetworkSpec spec, Training training, ItemContext context) {
    LabelledData loaded = context.data(data, LabelledData.class);
    TrainingData parts = TrainingData.of(loaded, Splits.split(loaded, settings.split()));
    return new WarmTrainer(new Trainer(spec, how(training.role()), parts, training.seed()));
  }

  @Override
  public RandomWidthState advance(RandomWidthState state, RoundResult<Stretch, Stretched> round) {
    Map<String, RoundResult.Performed<Stretch, Stretched>> performed =
        round.items().stream()
            .collect(Collectors.toMap(item -> item.item().training().label(), Function.identity()));
    List<Training> trainings =
        state.current().stream()
            .map(
                training ->
                    performed.containsKey(training.label())
                        ? after(training, performed.get(training.label()).outcome())
                        : training)
            .toList();
    long work = round.items().stream().mapToLong(item -> item.item().plannedCost()).sum();
    return state.phase() == RandomWidthState.Phase.SEARCH
        ? afterSearch(state, trainings, work)
        : afterRetraining(state, trainings, work);
  }

  private static Training after(Training training, Outcome<Stretched> outcome) {
    return outcome instanceof Outcome.Value<Stretched> value
        ? training.after(value.value())
        : training.failed(((Outcome.Failure<Stretched>) outcome).reason());
  }

  private RandomWidthState afterSearch(RandomWidthState state, List<Training> trials, long work) {
    boolean more = trials.stream().anyMatch(Training::running);
    return new RandomWidthState(
        state.seed(),
        state.round() + 1,
        more ? RandomWidthState.Phase.SEARCH : RandomWidthState.Phase.RETRAIN,
        state.space(),
        state.course(),
        state.uniform(),
        trials,
        more ? List.of() : retrainings(state, best(trials)),
        state.searchWork() + work,
        0);
  }

  private RandomWidthState afterRetraining(
      RandomWidthState state, List<Training> retrainings, long work) {
    boolean more = retrainings.stream().anyMatch(Training::running);
    return new RandomWidthState(
        state.seed(),
        state.round() + 1,
        more ? RandomWidthState.Phase.RETRAIN : RandomWidthState.Phase.DONE,
        state.space(),
        state.course(),
        state.uniform(),
        state.trials(),
        retrainings,
        state.searchWork(),
        state.retrainWork() + work);
  }

  /** Highest validation accuracy, then lowest validation loss, then first drawn. */
  private static Optional<Training> best(List<Training> trials) {
    return trials.stream()
        .filter(Training::finished)
        .min(
            Comparator.comparingDouble((Training trial) -> -trial.trained().accuracy())
                .thenComparingDouble(trial -> trial.trained().loss())
                .thenComparingInt(Training::number));
  }

  /** Of the best candidate, unless every trial failed, and of the baseline. */
  private List<Training> retrainings(RandomWidthState state, Optional<Training> best) {
    List<Training> retrainings = new ArrayList<>();
    for (int i = 0; i < settings.retrainings(); i++) {
      int number = i;
      best.ifPresent(
          trial ->
              retrainings.add(begin(state.seed(), Training.Role.FOUND, number, trial.candidate())));
      retrainings.add(begin(state.seed(), Training.Role.UNIFORM, number, state.uniform()));
    }
    return retrainings;
  }

  private static Training begin(long seed, Training.Role role, int number, Candidate candidate) {
    return Training.begin(role, number, candidate, Seeds.mix(seed, TRAIN, role.key(), number));
  }

  private TrainingSettings how(Training.Role role) {
    return role == Training.Role.TRIAL ? settings.trial() : settings.retrain();
  }

  @Override
  public boolean finished(RandomWidthState state) {
    return state.phase() == RandomWidthState.Phase.DONE;
  }

  @Override
  public SearchResult result(RandomWidthState state) {
    return RandomWidthReport.of(state);
  }

  @Override
  public Progress progress(RandomWidthState state) {
    long ahead = ahead(state, state.current());
    if (state.phase() == RandomWidthState.Phase.SEARCH) {
      // The found network is not known yet; it will take about the budget, as the uniform one does.
      Course course = state.course();
      long steps = course.totalSteps(settings.retrain());
      long one = course.work(settings.retrain(), state.uniform().macs(), 0, steps);
      ahead += 2 * settings.retrainings() * one;
    }
    long done = state.searchWork() + state.retrainWork();
    return RandomWidthReport.progress(state, done, done + ahead);
  }

  private long ahead(RandomWidthState state, List<Training> trainings) {
    long ahead = 0;
    for (Training training : trainings) {
      if (training.running()) {
        TrainingSettings how = how(training.role());
        long end = state.course().totalSteps(how);
        ahead += state.course().work(how, training.candidate().macs(), training.step(), end);
      }
    }
    return ahead;
  }

  @Override
  public RoundBytes largestRound(RandomWidthState state) {
    return TrainingBytes.largestRound(state, settings);
  }

  @Override
  public SearchCodecs<RandomWidthState, RandomWidthView, Stretch, Stretched> codecs() {
    return SearchCodecs.ofRecords(
        RandomWidthState.class, RandomWidthView.class, Stretch.class, Stretched.class);
  }
}
