package org.espalier.search.finals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.espalier.data.LabelledData;
import org.espalier.network.ReadyMade.Family;
import org.espalier.report.Section;
import org.espalier.search.Assessment;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.ListedCandidates.Listing;
import org.espalier.search.finals.ListedCandidates.NoItem;
import org.espalier.search.finals.ListedCandidates.NoResult;
import org.espalier.search.finals.ListedCandidates.NoView;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.WarmCache;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;
import org.espalier.training.Schedule;
import org.espalier.training.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Around a method that knows one candidate. */
class FinalsSearchTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, Integer.MAX_VALUE})
  void workIsForecastAsItComes(int candidates) {
    assertForecast(candidates, Optional.of("usual"));
  }

  @Test
  void baselinesThatAMethodHasNotAreNotForecast() {
    assertForecast(1, Optional.empty());
  }

  @Test
  void aLongWarmUpLeavesTheWorkOfAnEpochAsItIs() {
    TrainingSettings usual = TinyWidthSearch.settings().finals().retrain().withEpochs(2);
    var warm = search(usual.withSchedule(new Schedule.Cosine(2.0, null)));
    var cold = search(usual.withSchedule(new Schedule.Cosine(0.0, null)));

    Progress progress = warm.progress(run(warm));

    assertThat(progress.workDone()).isEqualTo(cold.progress(run(cold)).workDone()).isPositive();
    assertThat(warm.largestRound(warm.start(context())))
        .isEqualTo(cold.largestRound(cold.start(context())));
  }

  @Test
  void everyLookAtACandidateIsKeptWithItsWork() {
    var search = search(1, Optional.of("usual"));
    FinalsState<Listing> end = run(search);

    List<Assessment> looks = search.result(end).candidates();

    assertThat(looks)
        .extracting(look -> look.phase() + ": " + look.label())
        .containsExactly(
            "trial: candidate 0",
            "retrain: found 0",
            "retrain: usual 0",
            "retrain: found 1",
            "retrain: usual 1");
    // The one candidate is the reference too, so every look is at what was found.
    assertThat(looks).allMatch(look -> look.chosen() && look.score().isPresent());
    assertThat(looks.stream().mapToLong(Assessment::work).sum())
        .isEqualTo(search.progress(end).workDone());
  }

  @Test
  void aMethodGetsItsCandidatesListedForNothing() {
    var method = new DoesNothing();

    assertThat(method.assessed(false)).isEmpty();
    assertThat(method.assessed(true))
        .extracting(look -> look.phase() + ": " + look.label() + " " + look.description())
        .containsExactly("search: candidate 1 [1, 4, 4]", "search: candidate 2 [1, 4, 8]");
    assertThat(method.soFar(false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"found", "random search"})
  void aReferenceNamedLikeSomethingElseIsRefused(String name) {
    assertThatThrownBy(() -> search(1, Optional.of(name)).start(context()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be named '" + name + "'");
  }

  private static void assertForecast(int candidates, Optional<String> reference) {
    var search = search(candidates, reference);
    Progress first = search.progress(search.start(context()));
    Progress last = search.progress(run(search));

    assertThat(first.workDone()).isZero();
    assertThat(first.workPlanned()).isEqualTo(last.workDone()).isPositive();
    assertThat(last.workPlanned()).isEqualTo(last.workDone());
  }

  private static SearchContext context() {
    return new SearchContext(1, TinyWidthSearch.data());
  }

  private static FinalsSearch<Listing, NoView, NoItem, NoResult> search(TrainingSettings retrain) {
    FinalsSettings tiny = TinyWidthSearch.settings().finals();
    return new FinalsSearch<>(
        new One(Optional.of("usual")),
        new FinalsSettings(
            List.of(Baseline.UNIFORM_LONGER),
            tiny.itemWork(),
            1,
            tiny.split(),
            tiny.trial(),
            retrain),
        Contest.of(1),
        Optional.empty(),
        TinyWidthSearch.fingerprint());
  }

  private static FinalsSearch<Listing, NoView, NoItem, NoResult> search(
      int candidates, Optional<String> reference) {
    FinalsSettings tiny = TinyWidthSearch.settings().finals();
    FinalsSettings settings =
        new FinalsSettings(
            List.of(Baseline.UNIFORM, Baseline.RANDOM),
            tiny.itemWork(),
            2,
            tiny.split(),
            tiny.trial(),
            tiny.retrain());
    return new FinalsSearch<>(
        new One(reference),
        settings,
        Contest.of(candidates),
        Optional.empty(),
        TinyWidthSearch.fingerprint());
  }

  private static FinalsState<Listing> run(FinalsSearch<Listing, NoView, NoItem, NoResult> search) {
    try (WarmCache cache = new WarmCache(100)) {
      var worker = new PlainWorker(TinyWidthSearch.data(), cache, "one");
      var driver =
          new SearchDriver<>(
              search,
              new LocalRounds(search, worker),
              DriverSettings.DEFAULT,
              new SearchListener<>() {});
      return driver.run(driver.start(context())).state();
    }
  }

  /** A network, which may be the reference too. */
  private record One(Optional<String> reference) implements ListedCandidates {
    @Override
    public Listing start(SearchContext context) {
      LabelledData data = context.data().load(TinyWidthSearch.fingerprint(), LabelledData.class);
      WidthSpace space =
          WidthSpace.of(Family.PLAIN3, data.images(), WidthChoices.ofShares(List.of(0.5, 1.0)));
      Candidate one = space.candidateOf(space.narrowest());
      return new Listing(
          List.of(one), reference.map(name -> new Reference(name, one)).stream().toList());
    }

    @Override
    public List<Section> report(Listing state, List<Reference> finals) {
      return List.of();
    }
  }

  /** Writes none but the methods that every method must write; finished if its state says so. */
  private record DoesNothing() implements CandidateSearch<Boolean, NoView, NoItem, NoResult> {
    @Override
    public Boolean start(SearchContext context) {
      return false;
    }

    @Override
    public List<NoItem> plan(Boolean state) {
      return List.of();
    }

    @Override
    public NoView view(Boolean state) {
      throw new IllegalStateException("there are no rounds");
    }

    @Override
    public Contribution<NoResult> perform(NoView view, NoItem item, ItemContext context) {
      throw new IllegalStateException("there are no items");
    }

    @Override
    public Boolean advance(Boolean state, RoundResult<NoItem, NoResult> round) {
      return true;
    }

    @Override
    public boolean finished(Boolean state) {
      return state;
    }

    @Override
    public List<Candidate> candidates(Boolean state) {
      return List.of(Networks.candidate(4, 4), Networks.candidate(4, 8));
    }

    @Override
    public List<Reference> references(Boolean state) {
      return List.of();
    }

    @Override
    public List<Candidate> random(Boolean state, int count, RandomGenerator random) {
      return List.of();
    }

    @Override
    public Candidate largest(Boolean state) {
      return Networks.candidate(4, 8);
    }

    @Override
    public Progress progress(Boolean state) {
      return new Progress("nothing", 0, 0, List.of());
    }

    @Override
    public RoundBytes largestRound(Boolean state) {
      return new RoundBytes(0, 0, 0, 0);
    }

    @Override
    public List<Section> report(Boolean state, List<Reference> finals) {
      return List.of();
    }

    @Override
    public SearchCodecs<Boolean, NoView, NoItem, NoResult> codecs() {
      throw new IllegalStateException("nothing travels");
    }
  }
}
