package org.espalier.search.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.espalier.tensor.NativeRuntime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableGameTest {
  @TempDir private static Path folder;

  private static NetworkTable table;

  @BeforeAll
  static void read() throws IOException {
    NativeRuntime.start();
    table = TableReader.read(Parts.copy(Parts.NAS_BENCH_201, folder)).get(0);
  }

  static List<Entrant> entrants() {
    return Entrant.all();
  }

  @Test
  void randomSearchFindsWhatTheTableSaysThatItMust() {
    List<Integer> queries = List.of(1, 10, 50);
    TableGame game = new TableGame(Contest.free(table));
    List<List<Double>> found = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    for (int seed = 0; seed < 400; seed++) {
      List<OptionalInt> play = game.play(entrant("random"), seed, queries);
      for (int i = 0; i < 3; i++) {
        found.get(i).add(table.truth(play.get(i).getAsInt()));
      }
    }

    // Beyond 4 standard errors for one of three: a false alarm in 5,000 seeds.
    for (int i = 0; i < 3; i++) {
      Spread spread = Spread.of(found.get(i));
      assertThat(spread.mean()).isCloseTo(expected(queries.get(i)), within(4 * spread.error()));
    }
  }

  /** The mean truth of the one that is seen as best of so many draws. */
  private static double expected(int draws) {
    List<Integer> ranked =
        table.numbers().boxed().sorted(Comparator.comparingDouble(table::seen)).toList();
    double sum = 0;
    double before = 0;
    for (int rank = 0; rank < ranked.size(); rank++) {
      double until = Math.pow((rank + 1.0) / ranked.size(), draws);
      sum += (until - before) * table.truth(ranked.get(rank));
      before = until;
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("entrants")
  void equalSeedsFindEqualNetworksAndNothingOverTheLimit(Entrant entrant) {
    List<Integer> queries = List.of(5, 20, 30);
    List<Contest> limited = Contest.limited(table);
    for (Contest contest : List.of(limited.get(0), limited.get(4), limited.get(6))) {
      TableGame game = new TableGame(contest);

      List<OptionalInt> found = game.play(entrant, 7, queries);

      assertThat(found).hasSize(3).allMatch(OptionalInt::isPresent);
      assertThat(found).allMatch(each -> contest.allows(each.getAsInt()));
      assertThat(game.play(entrant, 7, queries)).isEqualTo(found);
      // Later never seen as worse.
      assertThat(table.seen(found.get(2).getAsInt()))
          .isGreaterThanOrEqualTo(table.seen(found.get(0).getAsInt()));
    }
  }

  @Test
  void theOnlyNetworkWithinALimitIsFound() {
    Contest one = new Contest(table, "one", table.limited("publishedFlops", 7_943_872));

    for (String name : List.of("random", "evolution", "asng", "regression")) {
      List<OptionalInt> found = new TableGame(one).play(entrant(name), 3, List.of(1, 12));

      assertThat(found.get(0)).hasValue(table.number(List.of(0, 0, 0, 0, 0, 0)));
      assertThat(found.get(1)).isEqualTo(found.get(0));
    }
  }

  @Test
  void regressionSeesMoreThanEvolutionAndThatMoreThanRandomSearch() {
    assertThat(mean("evolution")).isGreaterThan(mean("random"));
    assertThat(mean("regression")).isGreaterThan(mean("evolution"));
  }

  /** The accuracy that is seen of what is found with 40 queries. */
  private static double mean(String name) {
    TableGame game = new TableGame(Contest.free(table));
    List<Double> found = new ArrayList<>();
    for (int seed = 0; seed < 60; seed++) {
      found.add(table.seen(game.play(entrant(name), seed, List.of(40)).get(0).getAsInt()));
    }
    return Spread.of(found).mean();
  }

  @Test
  void limitsAreWhatShareOfTheNetworksTheySay() {
    List<Contest> limited = Contest.limited(table);

    assertThat(limited)
        .extracting(Contest::limit)
        .contains("40 M publishedFlops", "100 M publishedFlops")
        .filteredOn(limit -> limit.endsWith("ms on raspi4"))
        .hasSize(3);
    for (Contest contest : limited) {
      int best = contest.best();
      assertThat(contest.allows(best)).isTrue();
      int asked =
          new TableGame(contest).play(entrant("random"), 1, List.of(5000)).get(0).getAsInt();
      assertThat(table.seen(contest.seenAsBest())).isGreaterThanOrEqualTo(table.seen(asked));
      assertThat(
              table
                  .numbers()
                  .filter(contest::allows)
                  .allMatch(number -> table.truth(number) <= table.truth(best)))
          .isTrue();
    }
    List<Contest> measured =
        limited.stream().filter(each -> each.limit().endsWith("edgegpu")).toList();
    assertThat(measured.get(0).share()).isCloseTo(0.1, within(0.01));
    assertThat(measured.get(1).share()).isCloseTo(0.25, within(0.01));
    assertThat(measured.get(2).share()).isCloseTo(0.5, within(0.01));
    assertThat(Contest.free(table).share()).isEqualTo(1);
  }

  @Test
  void spreadsAreTheUsualOnes() {
    Spread spread = Spread.of(List.of(1.0, 2.0, 4.0, 5.0));

    assertThat(spread.mean()).isEqualTo(3);
    assertThat(spread.deviation()).isCloseTo(Math.sqrt(10.0 / 3), within(1e-14));
    assertThat(spread.error()).isCloseTo(Math.sqrt(10.0 / 12), within(1e-14));
    assertThat(Spread.of(List.of(2.0)).deviation()).isZero();
    assertThat(spread.errorTo(spread)).isCloseTo(Math.sqrt(20.0 / 12), within(1e-14));
  }

  private static Entrant entrant(String name) {
    return Entrant.all().stream()
        .filter(entrant -> entrant.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
