package org.espalier.search.width;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade.Family;
import org.espalier.search.RoundResult;
import org.espalier.search.space.Choice;
import org.espalier.search.space.WidthSpace;
import org.espalier.storage.Floats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearnedMapsTest {
  private static final WidthSpace SPACE =
      new WidthSpace(
          Family.PLAIN3,
          new ImageShape(5, 5, 1),
          3,
          List.of(
              new Choice("layer1", List.of(0), List.of(2, 4, 8)),
              new Choice("layer2", List.of(1), List.of(3)),
              new Choice("layer3", List.of(2), List.of(2, 6))));

  private static LearnedMaps after(int steps, Sharing.Learned sharing) {
    return stepped(LearnedMaps.start(SPACE, sharing, 7), steps, sharing);
  }

  /** As a round does: each layer by items of its own. */
  private static LearnedMaps stepped(LearnedMaps maps, int steps, Sharing.Learned sharing) {
    return maps.parted(
        maps.partings(steps, 1).stream()
            .map(item -> new RoundResult.Valued<>(item, maps.perform(item, sharing)))
            .toList());
  }

  @Test
  void theStartIsOrdinalButForNoise() {
    Sharing.Learned sharing = new Sharing.Learned(null, null, null, null);
    AffineMaps ordinal = AffineMaps.of(SPACE, sharing, 0);

    LearnedMaps start = LearnedMaps.start(SPACE, sharing, 7);

    assertThat(start.rows()).containsExactly(14, 3, 8);
    float[] entries = start.maps().output(0, 1).matrix();
    assertThat(entries).containsExactly(ordinal.output(0, 1).matrix(), within(6e-3f));
    assertThat(entries).isNotEqualTo(ordinal.output(0, 1).matrix());
    assertThat(start.maps().input(0, 1).matrix()).isNotEqualTo(entries);
    assertThat(start.maps().level().normalised()).isCloseTo(1, within(1e-3));
  }

  @ParameterizedTest
  @EnumSource(Sharing.Learned.Norm.class)
  void stepsTakeTheLevelToZeroWhereThereIsRoom(Sharing.Learned.Norm norm) {
    Sharing.Learned sharing = new Sharing.Learned(null, null, norm, null);

    AffineMaps maps = after(2000, sharing).maps();

    assertThat(maps.level().normalised()).isLessThan(0.05);
    assertThat(maps.levels().get(1)).isEqualTo(new SharingLevel(0, 0, 0));
    for (int pick = 0; pick < 3; pick++) {
      // Each candidate by itself stays orthonormal: ||P^T P||_F^2 is its width.
      AffineMap map = maps.output(0, pick);
      assertThat(map.overlap(map)).isCloseTo(map.columns(), within(0.05 * map.columns()));
    }
  }

  @Test
  void theFloorHoldsWhereThereIsTooLittleRoom() {
    Sharing.Learned sharing = new Sharing.Learned(null, null, null, 0.7);

    AffineMaps maps = after(2000, sharing).maps();

    SharingLevel level = maps.levels().get(0);
    assertThat(level.floor()).isCloseTo((14 * 14 / 10.0 - 14) / 2, within(1e-12));
    assertThat(level.level()).isBetween(level.floor(), 2 * level.floor());
  }

  @Test
  void stepsAreFunctionsOfTheMapsAndTheSeed() {
    Sharing.Learned sharing = new Sharing.Learned(null, null, null, null);

    assertThat(after(3, sharing)).isEqualTo(stepped(after(2, sharing), 1, sharing));
    assertThat(LearnedMaps.start(SPACE, sharing, 8)).isNotEqualTo(after(0, sharing));
  }

  @Test
  void stepsAreItemsOfEachLayerWithPlannedWork() {
    LearnedMaps maps = after(0, new Sharing.Learned(null, null, null, null));

    List<WidthRound.Parting> items = maps.partings(10, 1);

    assertThat(items).hasSize(2 * SPACE.family().usualWidths().size());
    // Layer 1: 14 columns of 14 rows.
    assertThat(items.get(0).plannedCost()).isEqualTo(10 * 14 * 14 * 14);
    assertThat(maps.partings(20, 1).get(0).plannedCost()).isEqualTo(20 * 14 * 14 * 14);
  }

  @Test
  void aStepGoesDownTheGradientOfTheOverlap() {
    // One layer of two candidates of one column each: p = (cos a, sin a), q = (cos b, sin b).
    List<List<Integer>> widths = List.of(List.of(1, 1));
    Floats columns = Floats.of((float) Math.cos(0.2), (float) Math.sin(0.2), 1, 0);
    Sharing.Learned sharing = new Sharing.Learned(0.5, 0.02, Sharing.Learned.Norm.L2, null);

    float[] after =
        stepped(new LearnedMaps(widths, List.of(2), columns, columns), 1, sharing)
            .outputs()
            .toArray();

    // p - 0.01 * 4 (p.q) q, then length 1.
    double x = Math.cos(0.2) - 0.04 * Math.cos(0.2);
    double y = Math.sin(0.2);
    double length = Math.hypot(x, y);
    assertThat(after[0]).isCloseTo((float) (x / length), within(1e-6f));
    assertThat(after[1]).isCloseTo((float) (y / length), within(1e-6f));
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    assertThatThrownBy(
            () -> new LearnedMaps(List.of(List.of(1)), List.of(2), Floats.of(1), Floats.of(1, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1, 2 and 1");
  }
}
