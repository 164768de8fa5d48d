package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ImageShape;
import org.espalier.search.FoundNetwork;
import org.espalier.search.Search;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.WorkItem;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.finals.Candidate;
import org.espalier.search.method.SearchData;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.WarmCache;
import org.espalier.settings.SettingException;
import org.junit.jupiter.api.Test;

/** Cell search within several budgets, whose sums travel side by side. */
class CellBudgetsTest {
  private static final CellSettings SETTINGS =
      TinyCellSearch.withShares(TinyCellSearch.settings(0.05), List.of(0.5));

  /** Enough for the cheapest cells to get wider. */
  private static final long MOST = 30_000;

  @Test
  void eachBudgetGivesTheNetworksThatItGivesAlone() {
    SearchResult together =
        run(new CellMethod().search(SETTINGS, SearchData.of(TinyWidthSearch.fingerprint())));
    List<CellSettings> budgets = SETTINGS.eachBudget();

    assertThat(together.best())
        .extracting(FoundNetwork::within)
        .containsExactly("12,000 MACs", "6,000 MACs");
    for (int i = 0; i < 2; i++) {
      String within = budgets.get(i).budget().describe();
      long most = budgets.get(i).budget().macs();
      SearchResult alone = run(TinyCellSearch.search(budgets.get(i)));
      assertThat(together.networks())
          .filteredOn(network -> network.within().equals(within))
          .isEqualTo(alone.networks().stream().map(each -> each.within(within)).toList())
          .allMatch(network -> NetworkCost.of(network.spec()).macs() <= most);
    }
  }

  @Test
  void whatIsHandedOverFillsTheBudgetUnlessToldOtherwise() {
    CellSettings wide =
        TinyCellSearch.settings(
            0.05, SamplerSettings.defaults(), TinyCellSearch.guard(), MOST, List.of());
    CellSettings narrow = TinyCellSearch.withoutFilling(wide);
    CellState.Images images = new CellState.Images(new ImageShape(6, 6, 1), 3);
    List<List<Integer>> everything = StageNets.everything(narrow, images);
    CellState.Race race = new CellState.Race(everything, everything);
    StageNets filling = new StageNets.Cache(wide).of(images, 0, race);
    StageNets asGiven = new StageNets.Cache(narrow).of(images, 0, race);
    List<Integer> cheap = List.of(1, 1, 3); // Two skip connections and a convolution of 1x1.

    Candidate filled = filling.candidate(cheap);
    GatedSpace space = filling.handedOver().whole();
    int channels = Integer.parseInt(filled.description().replaceAll(".*, (\\d+) channels", "$1"));
    Candidate wider = space.with(space.skeleton().cells(), channels + 1).candidate(cheap);

    assertThat(asGiven.candidate(cheap)).isEqualTo(space.candidate(cheap));
    assertThat(channels).isGreaterThan(space.skeleton().channels());
    assertThat(filled.macs()).isLessThanOrEqualTo(MOST);
    assertThat(filled.parameters()).isLessThanOrEqualTo(filling.largest().parameters());
    assertThat(wider.macs() > MOST || wider.parameters() > filling.largest().parameters()).isTrue();
  }

  @Test
  void channelsFollowTheSquareRootOfTheShare() {
    CellSettings half = SETTINGS.eachBudget().get(1);

    assertThat(half.budget().macs()).isEqualTo(6_000);
    assertThat(half.channels()).isEqualTo(3); // 4 times the square root of 0.5 is 2.83.
    assertThat(SETTINGS.eachBudget().get(0).channels()).isEqualTo(4);
  }

  @Test
  void sharesOfOneBudgetAreRefused() {
    CellSettings twice = TinyCellSearch.withShares(SETTINGS, List.of(0.5, 0.5));

    assertThatThrownBy(twice::eachBudget)
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("must give different budgets, got [0.5, 0.5]");
    assertThatThrownBy(() -> TinyCellSearch.withShares(SETTINGS, List.of(1.0)))
        .isInstanceOf(SettingException.class);
  }

  private static <S, V, W extends WorkItem, R> SearchResult run(Search<S, V, W, R> search) {
    var driver =
        new SearchDriver<>(
            search,
            new LocalRounds(
                search, new PlainWorker(TinyWidthSearch.data(), new WarmCache(3), "here")),
            DriverSettings.DEFAULT,
            new SearchListener<S>() {});
    SearchContext context = new SearchContext(1, TinyWidthSearch.data());
    return search.result(driver.run(Position.start(search.start(context))).state());
  }
}
