package org.espalier.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RangeTest {
  record Oven(
      @Range(min = 1, max = 3) int trays,
      @Range(above = 0, below = 300.5) Double heat,
      @Range(max = 0) Double loss,
      @Range(min = 7) Long hours,
      List<@Range(min = 0, below = 1) Double> shares,
      Map<String, List<@Range(min = 2) Integer>> shelves,
      String name) {
    Oven {
      Checks.ranges(Oven.class, trays, heat, loss, hours, shares, shelves, name);
    }
  }

  private static Oven oven(int trays, Double heat, Double loss, Long hours) {
    return new Oven(trays, heat, loss, hours, List.of(), Map.of(), "");
  }

  @Test
  void boundsBelongToTheRangeUnlessItIsAboveOrBelowThem() {
    assertThatCode(() -> oven(1, 1e-9, 0.0, 7L)).doesNotThrowAnyException();
    assertThatCode(() -> oven(3, 300.4, -1e9, Long.MAX_VALUE)).doesNotThrowAnyException();
    assertRefused(() -> oven(0, 1.0, 0.0, 7L), "trays must be from 1 to 3, got 0");
    assertRefused(() -> oven(4, 1.0, 0.0, 7L), "trays must be from 1 to 3, got 4");
    assertRefused(() -> oven(1, 0.0, 0.0, 7L), "heat must be in (0, 300.5), got 0.0");
    assertRefused(() -> oven(1, 300.5, 0.0, 7L), "heat must be in (0, 300.5), got 300.5");
    assertRefused(() -> oven(1, 1.0, 0.1, 7L), "loss must be at most 0, got 0.1");
    assertRefused(() -> oven(1, 1.0, 0.0, 6L), "hours must be at least 7, got 6");
  }

  @Test
  void whatIsNotFiniteIsInNoRange() {
    assertRefused(() -> oven(1, Double.NaN, 0.0, 7L), "heat must be in (0, 300.5), got NaN");
    assertRefused(
        () -> oven(1, 1.0, Double.NEGATIVE_INFINITY, 7L), "loss must be at most 0, got -Infinity");
  }

  @Test
  void elementsOfListsAndMappingsHaveTheirRange() {
    assertRefused(
        () -> new Oven(1, 1.0, 0.0, 7L, List.of(0.5, 1.0), Map.of(), ""),
        "shares must be in [0, 1), got 1.0");
    assertRefused(
        () -> new Oven(1, 1.0, 0.0, 7L, List.of(), Map.of("top", List.of(3, 1)), ""),
        "shelves.top must be at least 2, got 1");
  }

  @Test
  void whatIsLeftOutIsInEveryRange() {
    assertThatCode(() -> new Oven(1, null, null, null, null, null, null))
        .doesNotThrowAnyException();
  }

  private static void assertRefused(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(SettingException.class).hasMessage(message);
  }
}
