package org.espalier.search.cell.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.cost.Budget;
import org.espalier.cost.InfeasibleBudgetException;
import org.espalier.cost.Latency;
import org.espalier.cost.LayerCost;
import org.espalier.cost.Limit;
import org.espalier.cost.NetworkCost;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WidestNetworkTest {
  private static final DenseCellSpace SMALL = TestSpaces.smallCells();
  private static final List<Integer> CELL = List.of(4, 1, 3);

  static List<GatedSpace> spaces() {
    return TestSpaces.small();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void oneChannelMoreWouldBeOverBudget(GatedSpace space) {
    List<Integer> picks = space.sizes().stream().map(size -> size - 1).toList();
    GatedSpace eleven = space.with(2 + space.skeleton().cells(), 11);
    Budget budget = Budget.ofMacs(NetworkCost.of(eleven.network(picks)).macs());

    GatedSpace widest =
        WidestNetwork.within(eleven.with(eleven.skeleton().cells(), 3), picks, budget);

    int channels = widest.skeleton().channels();
    GatedSpace wider = widest.with(widest.skeleton().cells(), channels + 1);
    assertThat(channels).isGreaterThanOrEqualTo(11);
    assertThat(budget.allows(NetworkCost.of(widest.network(picks)))).isTrue();
    assertThat(budget.allows(NetworkCost.of(wider.network(picks)))).isFalse();
    assertThat(widest.skeleton().cells()).isEqualTo(2 + space.skeleton().cells());
  }

  @Test
  void aBudgetBelowTheNarrowestIsRefusedWithItsCost() {
    long narrowest = NetworkCost.of(SMALL.with(1, 1).network(CELL)).macs();

    assertThatThrownBy(() -> WidestNetwork.within(SMALL, CELL, Budget.ofMacs(narrowest - 1)))
        .isInstanceOf(InfeasibleBudgetException.class)
        .hasMessageContaining(Long.toString(narrowest).replaceAll("(\\d)(\\d{3})$", "$1,$2"));
    assertThat(WidestNetwork.within(SMALL, CELL, Budget.ofMacs(narrowest)).skeleton().channels())
        .isEqualTo(1);
  }

  @Test
  void timesThatWereMeasuredForSomeWidthsDecideAmongThese() {
    Map<String, Double> times = new HashMap<>();
    Latency nothing = Latency.ofEntries(Map.of("none", 0.0));
    for (int channels : new int[] {2, 5, 6}) {
      for (LayerCost layer : NetworkCost.of(SMALL.with(1, channels).network(CELL)).layers()) {
        String signature = nothing.decidedBy(layer).toString();
        if (!signature.isEmpty()) {
          times.put(signature, (double) layer.output().channels());
        }
      }
    }
    Latency measured = Latency.ofEntries(times);
    long five = measured.of(NetworkCost.of(SMALL.with(1, 5).network(CELL)));

    assertThat(widest(measured, five / 1000.0)).isEqualTo(5);
    assertThat(widest(measured, five / 1000.0 - 1)).isEqualTo(2);
    assertThat(widest(measured, 1e6)).isEqualTo(6);
    assertThatThrownBy(() -> widest(nothing, 1e6))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("knows the layers of no network of this cell with 1 to 16 channels");
  }

  private static int widest(Latency latency, double most) {
    return WidestNetwork.within(SMALL, CELL, Budget.of(new Limit(latency, most)))
        .skeleton()
        .channels();
  }
}
