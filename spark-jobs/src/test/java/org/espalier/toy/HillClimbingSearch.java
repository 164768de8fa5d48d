package org.espalier.toy;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.espalier.cost.NetworkCost;
import org.espalier.data.LabelledData;
import org.espalier.data.Splits;
import org.espalier.network.ReadyMade;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Outcome;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SumShape;
import org.espalier.search.Sums;
import org.espalier.search.WorkItem;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.CandidateSearch;
import org.espalier.search.finals.Contest;
import org.espalier.search.finals.Course;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.Reference;
import org.espalier.search.finals.Retraining;
import org.espalier.search.finals.Training;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.space.UniformWidths;
import org.espalier.search.space.WidthSpace;
import org.espalier.tensor.Seeds;
import org.espalier.training.TrainingSettings;

/**
 * Climbs from a few drawn networks: each round trains neighbours of the best network so far for an
 * epoch, first those to which accuracy has pulled most, until none is left.
 */
record HillClimbingSearch(HillClimbingSettings settings, String data)
    implements CandidateSearch<
        HillClimbingSearch.Climb,
        HillClimbingSearch.Ground,
        HillClimbingSearch.Attempt,
        HillClimbingSearch.Score> {
  static final ReadyMade.Family FAMILY = ReadyMade.Family.PLAIN3;
  private static final Training.Role ATTEMPT = new Training.Role("attempt", 5, false);
  private static final long START = 1;
  private static final long ITEM = 2;
  private static final int ITEM_BYTES = 1 << 10;
  private static final String PULL = "pull";

  /** Where a climb is: networks tried, and for each choice how accuracy pulls to wide layers. */
  record Climb(int round, Ground ground, List<Tried> tried, List<Double> pull) {
    /** The best first, then the first. */
    List<Tried> ranked() {
      return tried.stream().sorted(Comparator.comparingDouble(each -> -each.accuracy())).toList();
    }

    double promise(List<Integer> picks) {
      return IntStream.range(0, picks.size()).mapToDouble(i -> pull.get(i) * picks.get(i)).sum();
    }
  }

  /** What stays the same, all that executors need. */
  record Ground(long seed, WidthSpace space, Course course) {
    Candidate candidate(List<Integer> picks) {
      return space.candidate(picks);
    }
  }

  /** A network and its accuracy, a share; 0 if its training failed. */
  record Tried(List<Integer> picks, double accuracy) {}

  /** A network to be trained. */
  record Attempt(long seed, long plannedCost, List<Integer> picks) implements WorkItem {
    @Override
    public String label() {
      return "attempt " + picks;
    }
  }

  /** Its accuracy on the validation part, a share. */
  record Score(double accuracy) {}

  FinalsSearch<Climb, Ground, Attempt, Score> whole() {
    return new FinalsSearch<>(this, settings.finals(), Contest.of(2), settings.limit(), data);
  }

  @Override
  public Climb start(SearchContext context) {
    LabelledData loaded = context.data().load(data, LabelledData.class);
    WidthSpace space = WidthSpace.of(FAMILY, loaded.images(), settings.choices());
    Course course = Course.of(Splits.split(loaded, settings.split()));
    List<Double> pull = Collections.nCopies(space.choices().size(), 0.0);
    return new Climb(0, new Ground(context.seed(), space, course), List.of(), pull);
  }

  @Override
  public List<Attempt> plan(Climb state) {
    Ground ground = state.ground();
    List<Attempt> attempts = new ArrayList<>();
    for (List<Integer> picks : state.round() == 0 ? drawn(ground) : neighbours(state)) {
      long seed = Seeds.mix(ground.seed(), ITEM, state.round(), attempts.size());
      attempts.add(new Attempt(seed, work(ground, ground.candidate(picks)), picks));
    }
    return attempts;
  }

  private List<List<Integer>> drawn(Ground ground) {
    RandomGenerator random = Seeds.generator(ground.seed(), START);
    return FeasibleCandidates.sample(
        PricedChoices.of(ground.space(), settings.budget()), settings.attempts(), random);
  }

  private List<List<Integer>> neighbours(Climb state) {
    WidthSpace space = state.ground().space();
    List<List<Integer>> tried = state.tried().stream().map(Tried::picks).toList();
    List<Integer> best = state.ranked().get(0).picks();
    List<List<Integer>> found = new ArrayList<>();
    for (int choice = 0; choice < best.size(); choice++) {
      for (int pick : new int[] {best.get(choice) - 1, best.get(choice) + 1}) {
        List<Integer> picks = new ArrayList<>(best);
        picks.set(choice, pick);
        if (pick >= 0
            && pick < space.choices().get(choice).widths().size()
            && !tried.contains(picks)
            && settings.budget().allows(NetworkCost.of(space.network(picks)))) {
          found.add(picks);
        }
      }
    }
    found.sort(Comparator.comparingDouble(picks -> -state.promise(picks)));
    return found.stream().limit(settings.attempts()).toList();
  }

  private TrainingSettings training() {
    return settings.finals().trial().withEpochs(1);
  }

  private long work(Ground ground, Candidate candidate) {
    return ground.course().work(training(), candidate.macs());
  }

  @Override
  public Ground view(Climb state) {
    return state.ground();
  }

  @Override
  public SumShape sums(Climb state) {
    return new SumShape(List.of(new SumShape.Block(PULL, state.pull().size())));
  }

  @Override
  public Contribution<Score> perform(Ground view, Attempt item, ItemContext context) {
    Candidate candidate = view.candidate(item.picks());
    Training begun = Retraining.begin(view.seed(), ATTEMPT, 0, candidate, training());
    // In one stretch: an epoch of these networks is far less work than an item may be.
    Retraining retraining = new Retraining(data, settings.split(), Long.MAX_VALUE);
    Contribution<Score> scored =
        retraining
            .perform(retraining.stretch(view.course(), begun), context)
            .map(standing -> new Score(standing.trained().accuracy()));
    return scored.outcome() instanceof Outcome.Value<Score> value
        ? Contribution.of(value.value(), pull(view, item, value.value().accuracy()))
        : scored;
  }

  private static Sums pull(Ground ground, Attempt item, double accuracy) {
    float[] pull = new float[item.picks().size()];
    for (int i = 0; i < pull.length; i++) {
      double middle = (ground.space().choices().get(i).widths().size() - 1) / 2.0;
      pull[i] = (float) (accuracy * (item.picks().get(i) - middle));
    }
    return Sums.of(PULL, pull);
  }

  @Override
  public Climb advance(Climb state, RoundResult<Attempt, Score> round) {
    List<Tried> tried = new ArrayList<>(state.tried());
    for (RoundResult.Performed<Attempt, Score> each : round.items()) {
      double accuracy =
          each.outcome() instanceof Outcome.Value<Score> value ? value.value().accuracy() : 0;
      tried.add(new Tried(each.item().picks(), accuracy));
    }
    DoubleBuffer more = round.totals().of(PULL);
    List<Double> pull = state.pull().stream().map(before -> before + more.get()).toList();
    return new Climb(state.round() + 1, state.ground(), tried, pull);
  }

  @Override
  public boolean finished(Climb state) {
    return state.round() > 0 && (state.round() == settings.rounds() || neighbours(state).isEmpty());
  }

  @Override
  public List<Candidate> candidates(Climb state) {
    return state.ranked().stream()
        .filter(each -> each.accuracy() > 0)
        .map(each -> state.ground().candidate(each.picks()))
        .toList();
  }

  @Override
  public List<Reference> references(Climb state) {
    return List.of(UniformWidths.reference(state.ground().space(), settings.budget()));
  }

  @Override
  public List<Candidate> random(Climb state, int count, RandomGenerator random) {
    return FeasibleCandidates.sample(
            PricedChoices.of(state.ground().space(), settings.budget()), count, random)
        .stream()
        .map(picks -> state.ground().candidate(picks))
        .toList();
  }

  @Override
  public Candidate largest(Climb state) {
    WidthSpace space = state.ground().space();
    return space.candidateOf(space.widest());
  }

  @Override
  public Progress progress(Climb state) {
    long done =
        state.tried().stream()
            .mapToLong(each -> work(state.ground(), state.ground().candidate(each.picks())))
            .sum();
    Candidate usual = references(state).get(0).candidate();
    long left = finished(state) ? 0 : settings.rounds() - state.round();
    return new Progress(
        "climb", done, done + left * settings.attempts() * work(state.ground(), usual), List.of());
  }

  @Override
  public RoundBytes largestRound(Climb state) {
    long bytes = (long) settings.attempts() * ITEM_BYTES;
    return new RoundBytes(
        codecs().view().encode(state.ground()).length, bytes, sums(state).bytes(), bytes);
  }

  @Override
  public List<Section> report(Climb state, List<Reference> finals) {
    List<List<String>> rows = new ArrayList<>();
    for (Tried each : state.ranked()) {
      String accuracy = String.format(Locale.ROOT, "%.2f", 100 * each.accuracy());
      rows.add(List.of(state.ground().candidate(each.picks()).description(), accuracy));
    }
    return List.of(
        new Table("Networks of the climb", List.of("widths", "accuracy after an epoch, %"), rows));
  }

  @Override
  public SearchCodecs<Climb, Ground, Attempt, Score> codecs() {
    return SearchCodecs.ofRecords(Climb.class, Ground.class, Attempt.class, Score.class);
  }
}
