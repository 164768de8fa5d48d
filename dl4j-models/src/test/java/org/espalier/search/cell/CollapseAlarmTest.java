package org.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.cost.Budget;
import org.espalier.report.Text;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.policy.GateSettings;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.DriverSettings;
import org.espalier.search.rounds.LocalRounds;
import org.espalier.search.rounds.PlainWorker;
import org.espalier.search.rounds.Position;
import org.espalier.search.rounds.SearchDriver;
import org.espalier.search.rounds.SearchListener;
import org.espalier.search.rounds.WarmCache;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.supernet.RankingSettings;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.search.supernet.TuningSettings;
import org.junit.jupiter.api.Test;

class CollapseAlarmTest {
  private static final int ROUNDS = 12;

  /**
   * A search of one stage without auxiliary skip connections, where nothing limits skip
   * connections.
   */
  private static CellSettings settings() {
    CellSettings tiny = TinyCellSearch.settings(0.05);
    return new CellSettings(
        new CellSpaceSettings.Small(),
        Budget.ofMacs(1_000_000),
        null,
        null,
        1,
        4,
        null,
        new SamplerSettings(null, null, new GateSettings(null, 0.03, null, null, null, null)),
        null,
        null,
        List.of(new Stage(1, 5, 0.0, ROUNDS)),
        3,
        0.0,
        new SupernetSettings(ROUNDS, 0.1, 2, 2, 16, 0.05, null, null, null, 2, 18, null),
        new GuardSettings(
            null, false, null, 3, null, null, null, null, null, null, null, null, null, null),
        new RankingSettings(4, 1, null, 16, 100, new TuningSettings(0, 1, null, null), 1),
        null,
        new FinalsSettings(
            List.of(),
            4_000_000L,
            1,
            tiny.finals().split(),
            tiny.finals().trial(),
            tiny.finals().retrain().withEpochs(1)));
  }

  /**
   * What comes of a search.
   *
   * @param lessons that all skip connections are good, before it begins
   */
  private static SearchResult run(int lessons) {
    var search = new CellSearch(settings(), TinyWidthSearch.fingerprint()).whole();
    FinalsState<CellState> start = search.start(new SearchContext(1, TinyWidthSearch.data()));
    CellState own = start.own();
    PricedChoices choices = new StageNets.Cache(settings()).of(own).choices();
    CellState planted =
        own.with(own.shared(), TinyCellSearch.drawnToSkips(own.policy(), choices, lessons));
    var worker = new PlainWorker(TinyWidthSearch.data(), new WarmCache(4), "test");
    var driver =
        new SearchDriver<>(
            search,
            new LocalRounds(search, worker),
            DriverSettings.DEFAULT,
            new SearchListener<FinalsState<CellState>>() {});
    return search.result(
        driver
            .run(
                Position.start(
                    new FinalsState<>(
                        start.seed(),
                        start.phase(),
                        planted,
                        start.course(),
                        start.trials(),
                        start.finals(),
                        start.work())))
            .state());
  }

  private static List<String> words(SearchResult result) {
    return result.sections().stream()
        .filter(Text.class::isInstance)
        .map(section -> ((Text) section).text())
        .filter(text -> text.contains("ollapse"))
        .toList();
  }

  @Test
  void aPlantedCollapseIsToldInResultAndReport() {
    SearchResult result = run(300);

    assertThat(result.remarks())
        .containsExactly(
            "Collapse into skip connections (more than 2 in the most probable cell): "
                + "stage 1 was taken back once and ended early.");
    assertThat(words(result)).isEqualTo(result.remarks());
    assertThat(result.best()).hasSize(1);
  }

  @Test
  void withoutOneThereIsNoRemark() {
    SearchResult result = run(0);

    assertThat(result.remarks()).isEmpty();
    assertThat(words(result)).hasSize(1).allMatch(text -> text.startsWith("No collapse"));
  }
}
