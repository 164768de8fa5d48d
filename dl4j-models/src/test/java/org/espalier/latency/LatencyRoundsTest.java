package org.espalier.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.espalier.cost.LatencyTable;
import org.espalier.cost.LayerCost;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.DartsSpace.OperationSet;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.space.Space;
import org.espalier.search.space.WidthChoices;
import org.espalier.search.space.WidthSpace;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LatencyRoundsTest {
  private static final LatencyTable.Device DEVICE =
      new LatencyTable.Device("fake", 1, "fake 1", "no time", "today");
  private static final Skeleton TINY = new Skeleton(1, 3, new ImageShape(8, 8, 1), 10);
  private static final Space SMALL = new CellSpaceSettings.Small().of(TINY);

  @TempDir private Path folder;

  static Stream<Space> spaces() {
    return Stream.of(
        SMALL,
        new CellSpaceSettings.NasBench201().of(TINY),
        new CellSpaceSettings.Darts(OperationSet.ALL).of(TINY.of(3, 5)),
        new CellSpaceSettings.Chain(2, null, null).of(TINY),
        WidthSpace.of(
            ReadyMade.Family.SEPARABLE,
            new ImageShape(8, 8, 3),
            10,
            WidthChoices.ofWidths(List.of(3, 4, 6))));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void everyOperationOfEveryNetworkIsMeasured(Space space) {
    LatencyPlan plan = LatencyPlan.of(space, 0, 0, 1);
    RandomGenerator random = Seeds.generator(7);

    for (int i = 0; i < 50; i++) {
      List<Integer> picks = space.sizes().stream().map(random::nextInt).toList();
      for (LayerCost layer : NetworkCost.of(space.network(picks)).layers()) {
        layer.signature().ifPresent(signature -> assertThat(plan.needed()).contains(signature));
      }
    }
    assertThat(plan.byName().keySet()).containsAll(plan.needed());
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void whatCopiesTakeBesidesIsNoPartOfAnOperation(Space space) {
    LatencyPlan plan = LatencyPlan.of(space, 0, 0, 1);

    LatencyTable table = measure(plan, new FakeStopwatch(Map.of()), 1);

    plan.byName()
        .forEach(
            (signature, operation) ->
                assertThat(table.operations().get(signature).microseconds())
                    .as(signature)
                    .isEqualTo(FakeStopwatch.time(operation.layer()), within(1e-9)));
    assertThat(table.correction().network()).isEqualTo(FakeStopwatch.CALL);
    assertThat(table.correction().factors()).isEmpty();
    assertThat(table.correction().overheads()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void sumsThatAreRightAreNotCorrected(Space space) {
    LatencyTable table = measure(LatencyPlan.of(space, 10, 8, 3), new FakeStopwatch(Map.of()), 2);

    table
        .correction()
        .factors()
        .forEach((kind, factor) -> assertThat(factor).as(kind).isEqualTo(1, within(1e-6)));
    assertThat(table.check())
        .hasSize(8)
        .allSatisfy(
            each -> {
              assertThat(each.error()).isLessThan(1e-6);
              assertThat(each.sum()).isEqualTo(each.measured() - FakeStopwatch.CALL, within(1e-6));
            });
  }

  @Test
  void whatADeviceComputesOnTheWayIsLearntFromOtherNetworksThanItIsCheckedOn() {
    LatencyPlan plan = LatencyPlan.of(SMALL, 20, 20, 3);
    Map<String, Double> otherwise = Map.of("maxPooling", 0.2, "convolution", 1.8);

    LatencyTable table = measure(plan, new FakeStopwatch(otherwise), 1);

    assertThat(table.correction().networks()).isEqualTo(20);
    assertThat(table.correction().factors().get("maxPooling"))
        .isLessThan(table.correction().factors().get("convolution"));
    assertThat(worst(table, true)).isLessThan(worst(table, false) / 2);
    List<List<Integer>> wholes = List.copyOf(plan.wholes().values());
    assertThat(wholes).doesNotHaveDuplicates().hasSize(40);
  }

  @Test
  void timeBetweenOperationsIsLearntByTheirNumber() {
    LatencyPlan plan =
        LatencyPlan.of(new CellSpaceSettings.Chain(2, null, null).of(TINY), 30, 15, 3);
    FakeStopwatch device = new FakeStopwatch(Map.of());
    device.overhead = 0.4;

    LatencyTable table = measure(plan, device, 1);

    assertThat(table.correction().overheads().values())
        .anySatisfy(overhead -> assertThat(overhead).isGreaterThan(0.1));
    assertThat(worst(table, false)).isGreaterThan(0.2);
    assertThat(worst(table, true)).isLessThan(0.02);
  }

  private static double worst(LatencyTable table, boolean corrected) {
    return table.check().stream()
        .mapToDouble(each -> corrected ? each.error() : each.errorOfSum())
        .max()
        .orElseThrow();
  }

  @Test
  void aSmallSpaceIsSharedByBothParts() {
    LatencyPlan plan = LatencyPlan.of(SMALL, 300, 100, 1);

    int learnt = (int) plan.wholes().keySet().stream().filter(n -> n.startsWith("learn")).count();
    assertThat(plan.networks()).isBetween(40, 125);
    assertThat(learnt).isEqualTo(plan.networks() * 3 / 4);
  }

  @Test
  void aMeasurementThatEndedIsGoneOnWith() throws IOException {
    LatencyPlan plan = LatencyPlan.of(SMALL, 2, 2, 1);
    int models = plan.models().size();
    FakeStopwatch interrupted = new FakeStopwatch(Map.of());
    interrupted.most = 2 * models + 3 * models + 5;
    List<Integer> rounds = new ArrayList<>();

    assertThatThrownBy(() -> measure(plan, interrupted, 10, rounds)).hasMessage("switched off");
    Path kept = folder.resolve("table.json.rounds");
    Files.writeString(kept, Files.readString(kept) + "1.0 2.0");
    LatencyTable table = measure(plan, new FakeStopwatch(Map.of()), 10, rounds);

    assertThat(rounds).containsExactly(0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(table).isEqualTo(measure(plan, new FakeStopwatch(Map.of()), 10, rounds));
    assertThat(Files.readAllLines(kept)).hasSize(11);
  }

  @Test
  void roundsOfAnotherPlanAreNotTaken() throws IOException {
    List<Integer> rounds = new ArrayList<>();
    LatencyTable unused =
        measure(LatencyPlan.of(SMALL, 2, 2, 1), new FakeStopwatch(Map.of()), 3, rounds);

    measure(LatencyPlan.of(SMALL, 2, 2, 2), new FakeStopwatch(Map.of()), 2, rounds);

    assertThat(rounds).containsExactly(0, 1, 2, 3, 0, 1, 2);
    assertThat(Files.readAllLines(folder.resolve("table.json.rounds"))).hasSize(3);
  }

  @Test
  void networksOfWhichADeviceComputesLessThanTheLayersSayAreNotDrawn() {
    Space cells = new CellSpaceSettings.NasBench201().of(TINY);
    Set<List<Integer>> drawn = Set.copyOf(LatencyPlan.of(cells, 200, 0, 1).wholes().values());

    assertThat(drawn).hasSize(200);
    // No edge leads to the output.
    assertThat(drawn).noneMatch(picks -> Collections.max(picks.subList(3, 6)) == 0);
    // The first node gives zeros, and operations other than skips read it.
    assertThat(drawn)
        .noneMatch(picks -> picks.get(0) == 0 && (picks.get(2) > 1 || picks.get(4) > 1));
    // The first node has an operation, and nothing reads it.
    assertThat(drawn)
        .noneMatch(picks -> picks.get(0) > 1 && picks.get(2) == 0 && picks.get(4) == 0);
  }

  @Test
  void ofDisturbedRoundsTheUndisturbedCount() {
    Measured one = new Measured(10, 10, 90, 10, 10);
    Measured several = new Measured(18, 70, 18, 18, 18);

    LatencyTable.Time time = Measured.copy(one, several, 0.5);

    assertThat(time.microseconds()).isEqualTo(1.5);
    assertThat(time.low()).isEqualTo(1.5);
    assertThat(time.high()).isEqualTo(1.5);
    assertThat(Measured.copy(several, one, 0).microseconds()).isPositive();
  }

  private LatencyTable measure(LatencyPlan plan, FakeStopwatch stopwatch, int rounds) {
    return measure(plan, stopwatch, rounds, new ArrayList<>());
  }

  /** Notes how many rounds there are at the beginning and after each. */
  private LatencyTable measure(
      LatencyPlan plan, FakeStopwatch stopwatch, int rounds, List<Integer> done) {
    return new LatencyRounds(plan, stopwatch, folder.resolve("table.json"))
        .measure(
            rounds,
            DEVICE,
            new LatencyRounds.Listener() {
              @Override
              public void ready(int models, int before) {
                done.add(before);
              }

              @Override
              public void round(int now) {
                done.add(now);
              }
            });
  }
}
