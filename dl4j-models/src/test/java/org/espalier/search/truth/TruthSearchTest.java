package org.espalier.search.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.espalier.data.SplitSettings;
import org.espalier.network.ReadyMade;
import org.espalier.search.DataLoader;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchContext;
import org.espalier.search.finals.FinalsItem;
import org.espalier.search.finals.FinalsResult;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.finals.ListedCandidates.Listing;
import org.espalier.search.finals.ListedCandidates.NoItem;
import org.espalier.search.finals.ListedCandidates.NoResult;
import org.espalier.search.finals.ListedCandidates.NoView;
import org.espalier.search.finals.Training;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.SearchContractTest;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.space.WidthChoices;
import org.espalier.training.Optimiser;
import org.espalier.training.TrainingSettings;
import org.junit.jupiter.api.Test;

class TruthSearchTest
    extends SearchContractTest<
        FinalsState<Listing>, Optional<NoView>, FinalsItem<NoItem>, FinalsResult<NoResult>> {
  @Override
  protected FinalsSearch<Listing, NoView, NoItem, NoResult> search() {
    return search(0.05, List.of(1, 2));
  }

  @Override
  protected FinalsSearch<Listing, NoView, NoItem, NoResult> failingSearch() {
    return search(1e30, List.of(1, 2));
  }

  private static FinalsSearch<Listing, NoView, NoItem, NoResult> search(
      double learningRate, List<Integer> widths) {
    TrainingSettings training =
        TrainingSettings.defaults()
            .withEpochs(2)
            .withBatchSize(16)
            .withOptimiser(new Optimiser.Sgd(learningRate, 0.9));
    TruthSettings settings =
        new TruthSettings(
            new TruthSpace.Widths(ReadyMade.Family.PLAIN3, WidthChoices.ofWidths(widths)),
            2,
            200_000L,
            SplitSettings.of(null, 0.2, 0.2, 1L),
            training);
    return new TruthSearch(settings, TinyWidthSearch.fingerprint()).whole();
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }

  @Test
  void everyNetworkIsTrainedWithEverySeed() {
    FinalsState<Listing> start = search().start(new SearchContext(1, data()));

    assertThat(start.trials()).hasSize(8 * 2).doesNotHaveDuplicates();
    assertThat(start.trials()).extracting(Training::seed).doesNotHaveDuplicates();
    assertThat(start.trials())
        .extracting(training -> training.candidate().description())
        .containsSubsequence("[1, 1, 1]", "[1, 1, 1]", "[2, 1, 1]")
        .endsWith("[2, 2, 2]", "[2, 2, 2]");
  }

  @Test
  void spacesTooLargeToTrainAreRefused() {
    List<Integer> widths = java.util.stream.IntStream.rangeClosed(1, 17).boxed().toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> search(0.05, widths).start(new SearchContext(1, data())))
        .withMessageContaining("4,913 networks")
        .withMessageContaining("4,096");
  }

  @Test
  void allNetworksAreHandedOver() {
    FinalsState<Listing> start = search().start(new SearchContext(1, data()));
    var driver =
        new SearchDriver<>(
            search(),
            new LocalRounds(search(), worker()),
            DriverSettings.DEFAULT,
            new SearchListener<FinalsState<Listing>>() {});

    FinalsState<Listing> end = driver.run(Position.start(start)).state();

    List<FoundNetwork> networks = search().result(end).networks();

    assertThat(networks).hasSize(16).allMatch(network -> network.values().size() > 0);
  }
}
