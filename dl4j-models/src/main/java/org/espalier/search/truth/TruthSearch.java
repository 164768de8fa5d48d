package org.espalier.search.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.espalier.data.LabelledData;
import org.espalier.data.Splits;
import org.espalier.network.NetworkSpec;
import org.espalier.search.Contribution;
import org.espalier.search.FoundNetwork;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.Findings;
import org.espalier.search.finals.Retraining;
import org.espalier.search.finals.Role;
import org.espalier.search.finals.Stretch;
import org.espalier.search.finals.Stretched;
import org.espalier.search.finals.Training;
import org.espalier.search.finals.TrainingBytes;
import org.espalier.search.space.Candidate;
import org.espalier.search.space.WidthSpace;

/**
 * Trains every network of a small space from scratch, several times: the truth by which searches
 * are judged. Hands over all of them, network by network and seed by seed, but those whose training
 * failed.
 */
public final class TruthSearch implements Search<TruthState, TruthView, Stretch, Stretched> {
  private static final Role ROLE = new Role("network", 1, true);
  private static final int PER_ROUND = 32;

  private final TruthSettings settings;
  private final Retraining retraining;
  private final String data;

  /**
   * A search.
   *
   * @param settings of it
   * @param data fingerprint of the {@link LabelledData}
   */
  public TruthSearch(TruthSettings settings, String data) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.data = Objects.requireNonNull(data, "data");
    retraining = new Retraining(data, settings.split(), settings.itemWork());
  }

  @Override
  public TruthState start(SearchContext context) {
    LabelledData loaded = context.data().load(data, LabelledData.class);
    WidthSpace space =
        WidthSpace.of(
            settings.family(),
            loaded.images().shape(),
            loaded.images().classes().size(),
            settings.choices());
    if (space.size() > TruthSettings.MOST_NETWORKS) {
      throw new IllegalArgumentException(
          "the space has %,d networks; at most %,d can all be trained"
              .formatted(space.size(), TruthSettings.MOST_NETWORKS));
    }
    List<Training> trainings = new ArrayList<>();
    for (int network = 0; network < space.size(); network++) {
      Candidate candidate = Candidate.of(space, space.widths(space.picks(network)));
      for (int seed = 0; seed < settings.seeds(); seed++) {
        int number = network * settings.seeds() + seed;
        trainings.add(Retraining.begin(context.seed(), ROLE, number, candidate));
      }
    }
    Course course = Course.of(Splits.split(loaded, settings.split()));
    return new TruthState(space, course, trainings, 0);
  }

  @Override
  public List<Stretch> plan(TruthState state) {
    return state.trainings().stream()
        .filter(Training::running)
        .limit(PER_ROUND)
        .map(training -> retraining.stretch(state.course(), training, settings.training()))
        .toList();
  }

  @Override
  public TruthView view(TruthState state) {
    return new TruthView(state.space());
  }

  @Override
  public Contribution<Stretched> perform(TruthView view, Stretch item, ItemContext context) {
    NetworkSpec spec = view.space().network(item.training().candidate().widths());
    return retraining.perform(item, spec, settings.training(), context);
  }

  @Override
  public TruthState advance(TruthState state, RoundResult<Stretch, Stretched> round) {
    long planned = round.items().stream().mapToLong(each -> each.item().plannedCost()).sum();
    List<Training> trainings = Retraining.after(state.trainings(), round.items());
    return new TruthState(state.space(), state.course(), trainings, state.work() + planned);
  }

  @Override
  public boolean finished(TruthState state) {
    return state.trainings().stream().noneMatch(Training::running);
  }

  @Override
  public SearchResult result(TruthState state) {
    List<FoundNetwork> networks =
        state.trainings().stream()
            .filter(Training::finished)
            .map(training -> network(state, training))
            .toList();
    return new SearchResult(networks, List.of());
  }

  private FoundNetwork network(TruthState state, Training training) {
    long macs = training.candidate().macs();
    long work = state.course().work(settings.training(), macs, 0, training.step());
    return Findings.network(state.space(), training, 0, work);
  }

  @Override
  public Progress progress(TruthState state) {
    long ahead =
        Retraining.workAhead(state.course(), state.trainings(), training -> settings.training());
    long finished = state.trainings().stream().filter(Training::finished).count();
    return new Progress(
        "truth",
        state.work(),
        state.work() + ahead,
        List.of(new Progress.Measure("networks", finished)));
  }

  @Override
  public RoundBytes largestRound(TruthState state) {
    Candidate widest = state.trainings().get(state.trainings().size() - 1).candidate();
    long training =
        TrainingBytes.of(widest.parameters(), widest.widths().size(), settings.training().epochs());
    long items = PER_ROUND * training;
    return new RoundBytes(TrainingBytes.of(state.space()), items, 0, items);
  }

  @Override
  public SearchCodecs<TruthState, TruthView, Stretch, Stretched> codecs() {
    return SearchCodecs.ofRecords(
        TruthState.class, TruthView.class, Stretch.class, Stretched.class);
  }
}
