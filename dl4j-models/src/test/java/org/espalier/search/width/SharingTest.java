package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.storage.SealedTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharingTest {
  private static final List<Integer> WIDTHS = List.of(4, 8, 16);

  static Stream<Sharing> strategies() {
    return Stream.of(
        new Sharing.Ordinal(),
        new Sharing.Independent(),
        new Sharing.Overlap(0.3),
        Sharing.Transition.complete(),
        new Sharing.Learned(null, null, null, null));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void columnsAreOrthonormal(Sharing sharing) {
    for (double angle : new double[] {0, 0.4, Math.PI / 4, 1.2, Math.PI / 2}) {
      for (AffineMap map : sharing.maps(WIDTHS, angle)) {
        float[] entries = map.matrix();
        for (int a = 0; a < map.columns(); a++) {
          for (int b = 0; b < map.columns(); b++) {
            double product = 0;
            for (int row = 0; row < map.rows(); row++) {
              product += entries[row * map.columns() + a] * entries[row * map.columns() + b];
            }
            assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-6));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void theMapsAreAsHighAsTheLayerShares(Sharing sharing) {
    assertThat(sharing.maps(WIDTHS, 0.5))
        .extracting(AffineMap::rows)
        .containsOnly(sharing.rows(WIDTHS));
    assertThat(sharing.maps(WIDTHS, 0.5)).extracting(AffineMap::columns).isEqualTo(WIDTHS);
  }

  @ParameterizedTest
  @CsvSource({"1, 4, 4, 8", "0.75, 3, 1, 6", "0.5, 2, 0, 4", "0.25, 1, 0, 2", "0, 0, 0, 0"})
  void overlapsOfSlicesAreTheRowsInCommon(
      double share, double firstSecond, double firstThird, double secondThird) {
    List<AffineMap> maps = new Sharing.Overlap(share).maps(WIDTHS, 0);

    assertThat(maps.get(0).overlap(maps.get(1))).isEqualTo(firstSecond);
    assertThat(maps.get(0).overlap(maps.get(2))).isEqualTo(firstThird);
    assertThat(maps.get(1).overlap(maps.get(2))).isEqualTo(secondThird);
    assertThat(SharingLevel.of(maps).level()).isEqualTo(firstSecond + firstThird + secondThird);
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 10, 1", "0.8, 10, 2", "0.7, 10, 3", "0.6, 10, 4", "0.4, 10, 6", "0.1, 10, 9",
    "0.95, 20, 1", "0.85, 20, 3", "0.9, 100, 10", "0.99, 100, 1", "0.9, 9, 0", "0.9, 19, 1",
    "0.5, 7, 3", "0, 7, 7", "1, 7, 0"
  })
  void theSecondCandidateBeginsWhereTheShareSaysInWholeRows(double share, int width, int start) {
    Sharing overlap = new Sharing.Overlap(share);

    assertThat(overlap.rows(List.of(width, width))).isEqualTo(start + width);
  }

  @Test
  void ordinalSharesAllAndIndependentNothing() {
    SharingLevel ordinal = SharingLevel.of(new Sharing.Ordinal().maps(WIDTHS, 0));
    SharingLevel independent = SharingLevel.of(new Sharing.Independent().maps(WIDTHS, 0));

    assertThat(ordinal.level()).isEqualTo(4 + 4 + 8);
    assertThat(ordinal.normalised()).isEqualTo(1);
    assertThat(independent).isEqualTo(new SharingLevel(0, 0, 0));
    assertThat(new Sharing.Ordinal().rows(WIDTHS)).isEqualTo(16);
    assertThat(new Sharing.Independent().rows(WIDTHS)).isEqualTo(28);
    assertThat(Sharing.Transition.complete().rows(WIDTHS)).isEqualTo(44);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.7853981633974483, 1.3, 1.5707963267948966})
  void theTransitionsLevelIsTheFourthPowerOfTheCosine(double angle) {
    SharingLevel level = SharingLevel.of(Sharing.Transition.complete().maps(WIDTHS, angle));

    assertThat(level.normalised()).isCloseTo(Math.pow(Math.cos(angle), 4), within(1e-14));
  }

  @Test
  void theTransitionIsExactAtBothEnds() {
    AffineMap.Banded start =
        (AffineMap.Banded) Sharing.Transition.complete().maps(WIDTHS, 0).get(1);
    AffineMap.Banded end =
        (AffineMap.Banded) Sharing.Transition.complete().maps(WIDTHS, Math.PI / 2).get(1);

    assertThat(start.bands()).containsExactly(new AffineMap.Band(0, 1));
    assertThat(end.bands()).containsExactly(new AffineMap.Band(16 + 4, 1));
  }

  @Test
  void overlapsOfBandsAreThoseOfTheirMatrices() {
    List<AffineMap> maps = new ArrayList<>(Sharing.Transition.complete().maps(WIDTHS, 0.6));
    // Bands that meet those of others at several shifts.
    maps.add(
        new AffineMap.Banded(
            44, 6, List.of(new AffineMap.Band(1, 0.6), new AffineMap.Band(9, -0.8))));

    for (AffineMap one : maps) {
      for (AffineMap other : maps) {
        AffineMap dense = new AffineMap.Dense(one.rows(), one.columns(), one.matrix());
        assertThat(one.overlap(other)).isCloseTo(dense.overlap(other), within(1e-6));
      }
    }
  }

  @Test
  void tooFewRowsLeaveAFloorUnderTheLevel() {
    // 4 + 8 + 16 columns in 20 rows: pairs 0 + 0 + 4, all together (28^2 / 20 - 28) / 2.
    List<AffineMap> slices =
        List.of(
            AffineMap.Banded.slice(20, 4, 16),
            AffineMap.Banded.slice(20, 8, 0),
            AffineMap.Banded.slice(20, 16, 4));

    SharingLevel level = SharingLevel.of(slices);

    assertThat(level.floor()).isCloseTo(5.6, within(1e-12));
    assertThat(level.level()).isEqualTo(4 + 0 + 4);
    assertThat(SharingLevel.of(slices.subList(0, 1))).isEqualTo(new SharingLevel(0, 0, 0));
  }

  @Test
  void theAngleRisesAsHalfACosine() {
    Sharing transition = Sharing.Transition.complete();

    assertThat(transition.angle(-1)).isEqualTo(0);
    assertThat(transition.angle(0.25)).isCloseTo(Math.PI / 4 * (1 - Math.sqrt(0.5)), within(1e-15));
    assertThat(transition.angle(0.5)).isCloseTo(Math.PI / 4, within(1e-15));
    assertThat(transition.angle(2)).isEqualTo(Math.PI / 2);
    assertThat(new Sharing.Ordinal().angle(0.5)).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.25, 0.9, 1})
  void theTransitionStopsAtItsLastLevel(double level) {
    Sharing transition = new Sharing.Transition(level);

    SharingLevel end = SharingLevel.of(transition.maps(WIDTHS, transition.angle(1)));

    assertThat(end.normalised()).isCloseTo(level, within(1e-14));
  }

  @Test
  void strategiesAreReadByTheirType() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper().registerModule(SealedTypes.module());

    assertThat(mapper.readValue("{\"type\": \"transition\"}", Sharing.class))
        .isEqualTo(Sharing.Transition.complete());
    assertThat(mapper.readValue("{\"type\": \"overlap\", \"share\": 0.75}", Sharing.class))
        .isEqualTo(new Sharing.Overlap(0.75));
    assertThat(mapper.readValue("{\"type\": \"learned\", \"norm\": \"L2\"}", Sharing.class))
        .isEqualTo(new Sharing.Learned(0.2, 5e-3, Sharing.Learned.Norm.L2, 1.0));
  }

  @Test
  void whatIsNoMapIsRefused() {
    assertThatThrownBy(() -> new Sharing.Overlap(1.1))
        .hasMessage("share must be in [0, 1], got 1.1");
    assertThatThrownBy(() -> Sharing.Transition.complete().maps(WIDTHS, 2))
        .hasMessage("angle must be in [0, pi/2], got 2.0");
    assertThatThrownBy(() -> new Sharing.Transition(-0.1))
        .hasMessage("endLevel must be in [0, 1], got -0.1");
    assertThatThrownBy(() -> new Sharing.Learned(0.0, null, null, null))
        .hasMessage("rate must be above 0, got 0.0");
    assertThatThrownBy(() -> AffineMap.Banded.slice(4, 3, 2))
        .hasMessage("3 columns from row 2 do not fit into 4 rows");
    assertThatThrownBy(
            () ->
                new AffineMap.Banded(
                    9, 3, List.of(new AffineMap.Band(0, 0.6), new AffineMap.Band(2, 0.8))))
        .hasMessageStartingWith("bands share rows");
    assertThatThrownBy(() -> new AffineMap.Banded(9, 3, List.of(new AffineMap.Band(0, 0.9))))
        .hasMessageStartingWith("columns must have length 1");
    assertThatThrownBy(() -> new AffineMap.Dense(2, 2, 1, 0, 0))
        .hasMessage("a map [2, 2] cannot have 3 entries");
  }
}
