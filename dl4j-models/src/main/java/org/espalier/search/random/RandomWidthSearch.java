package org.espalier.search.random;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.espalier.data.LabelledData;
import org.espalier.data.Split;
import org.espalier.data.Splits;
import org.espalier.network.NetworkSpec;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.Retraining;
import org.espalier.search.finals.Role;
import org.espalier.search.finals.Stretch;
import org.espalier.search.finals.Stretched;
import org.espalier.search.finals.Training;
import org.espalier.search.finals.TrainingBytes;
import org.espalier.search.space.Candidate;
import org.espalier.search.space.FeasibleWidths;
import org.espalier.search.space.UniformWidths;
import org.espalier.search.space.WidthSpace;
import org.espalier.tensor.Seeds;
import org.espalier.training.TrainingSettings;

/**
 * Random search over widths under a budget. Candidates are drawn uniformly from the networks within
 * the budget and trained shortly; the best one on the validation part is retrained, and so is the
 * baseline, the family's usual widths scaled by one factor to the same budget, with the same
 * settings. Strong for its simplicity (Li and Talwalkar, UAI 2019), hence what other methods must
 * beat at equal planned work.
 *
 * @param settings of the search
 * @param data fingerprint of the {@link LabelledData}
 */
public record RandomWidthSearch(RandomWidthSettings settings, String data)
    implements Search<RandomWidthState, RandomWidthView, Stretch, Stretched> {
  static final Role TRIAL = new Role("trial", 1, false);
  static final Role FOUND = new Role("found", 2, true);
  static final Role UNIFORM = new Role("uniform widths", 3, true);

  private static final long SAMPLE = 1;

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
            settings.choices());
    List<List<Integer>> drawn =
        FeasibleWidths.sample(
            space,
            settings.budget(),
            settings.candidates(),
            Seeds.generator(context.seed(), SAMPLE));
    List<Training> trials = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      Candidate candidate = Candidate.of(space, space.widths(drawn.get(i)));
      trials.add(Retraining.begin(context.seed(), TRIAL, i, candidate));
    }
    return new RandomWidthState(
        context.seed(),
        0,
        RandomWidthState.Phase.SEARCH,
        space,
        Course.of(split),
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
        .map(training -> retraining().stretch(state.course(), training, how(training)))
        .toList();
  }

  private Retraining retraining() {
    return new Retraining(data, settings.split(), settings.itemWork());
  }

  @Override
  public RandomWidthView view(RandomWidthState state) {
    return new RandomWidthView(state.space());
  }

  @Override
  public Contribution<Stretched> perform(RandomWidthView view, Stretch item, ItemContext context) {
    NetworkSpec spec = view.space().network(item.training().candidate().widths());
    return retraining().perform(item, spec, how(item.training()), context);
  }

  @Override
  public RandomWidthState advance(RandomWidthState state, RoundResult<Stretch, Stretched> round) {
    List<Training> trainings = Retraining.after(state.current(), round.items());
    long work = round.items().stream().mapToLong(item -> item.item().plannedCost()).sum();
    return state.phase() == RandomWidthState.Phase.SEARCH
        ? afterSearch(state, trainings, work)
        : afterRetraining(state, trainings, work);
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
              retrainings.add(Retraining.begin(state.seed(), FOUND, number, trial.candidate())));
      retrainings.add(Retraining.begin(state.seed(), UNIFORM, number, state.uniform()));
    }
    return retrainings;
  }

  private TrainingSettings how(Training training) {
    return training.role().equals(TRIAL) ? settings.trial() : settings.retrain();
  }

  @Override
  public boolean finished(RandomWidthState state) {
    return state.phase() == RandomWidthState.Phase.DONE;
  }

  @Override
  public SearchResult result(RandomWidthState state) {
    return RandomWidthReport.of(state, settings);
  }

  @Override
  public Progress progress(RandomWidthState state) {
    long ahead = Retraining.workAhead(state.course(), state.current(), this::how);
    if (state.phase() == RandomWidthState.Phase.SEARCH) {
      // The found network is not known yet; it will take about the budget, as the uniform one does.
      long one = state.course().work(settings.retrain(), state.uniform().macs());
      ahead += 2 * settings.retrainings() * one;
    }
    long done = state.searchWork() + state.retrainWork();
    return RandomWidthReport.progress(state, done, done + ahead);
  }

  @Override
  public RoundBytes largestRound(RandomWidthState state) {
    long parameters =
        LongStream.concat(
                LongStream.of(state.uniform().parameters()),
                state.trials().stream().mapToLong(trial -> trial.candidate().parameters()))
            .max()
            .orElseThrow();
    int epochs = Math.max(settings.trial().epochs(), settings.retrain().epochs());
    long items =
        Math.min(
            settings.candidatesPerRound(),
            Math.max(state.trials().size(), 2 * settings.retrainings()));
    long training = TrainingBytes.of(parameters, state.uniform().widths().size(), epochs);
    return new RoundBytes(TrainingBytes.of(state.space()), items * training, 0, items * training);
  }

  @Override
  public SearchCodecs<RandomWidthState, RandomWidthView, Stretch, Stretched> codecs() {
    return SearchCodecs.ofRecords(
        RandomWidthState.class, RandomWidthView.class, Stretch.class, Stretched.class);
  }
}
