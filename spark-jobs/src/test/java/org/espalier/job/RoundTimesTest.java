package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTimesTest {
  @Test
  void whatSlotsDoNotSpendInsideItemsIsOutside() {
    // 2 slots for 10 s and 4 for 10 s are 60 s of slots, of which 45 were spent inside items.
    RoundTimes times = RoundTimes.of(List.of(round(10, 15, 2), round(10, 30, 4)));

    assertThat(times.slots()).isEqualTo(3);
    assertThat(times.outside()).isCloseTo(0.25, within(1e-12));
    assertThat(times.toMap()).containsEntry("shareOutsideItemsPercent", 25.0);
    assertThat(times.describe())
        .isEqualTo(
            "rounds took 20.0 s on 3 slots, of whose time 25.0 % was spent outside of items");
  }

  @Test
  void withoutRoundsThereIsNothing() {
    RoundTimes times = RoundTimes.of(List.of());

    assertThat(times.slots()).isZero();
    assertThat(times.outside()).isZero();
  }

  private static JsonNode round(double wall, double items, int slots) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("wallSeconds", wall)
        .put("itemSeconds", items)
        .put("slots", slots);
  }
}
